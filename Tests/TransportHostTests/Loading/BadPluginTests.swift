import Foundation
import Testing
import TransportHost

@Suite struct `A bad plugin ends in one typed error` {
  @Test(arguments: Defect.all)
  func `the message says what is wrong`(_ defect: Defect) {
    let outcome = Trial.run(
      opening: BuiltPlugins.path(of: "bad-" + defect.name), expecting: "bad-" + defect.name)
    #expect(outcome == defect.outcome)
  }

  @Test func `every bad plugin that is built has its row, and no row is without a plugin`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: BuiltPlugins.directory)
    let built = files.filter { $0.hasPrefix("libbad-") && $0.hasSuffix(PluginSearch.suffix) }
    let rows = Defect.all.map { "bad-" + $0.name } + FlowDefect.all.map { "bad-flow-" + $0.name }
    #expect(Set(built) == Set(rows.map { PluginSearch.fileName(of: $0) }))
  }

  @Test func `after all of them a good plugin works in the same process`() {
    for defect in Defect.all {
      _ = Trial.run(
        opening: BuiltPlugins.path(of: "bad-" + defect.name), expecting: "bad-" + defect.name)
      let outcome = Trial.run(
        opening: BuiltPlugins.path(of: "good-minimal"), expecting: "good-minimal")
      #expect(outcome == .passed, "after \(defect.name)")
    }
  }

  @Test func `what a plugin adjusted does not hide what it refused`() throws {
    let library = try TransportLibrary(
      opening: BuiltPlugins.path(of: "bad-create-fails-with-pointer"), expecting: nil)
    #expect(throws: SettingsRefused.self) {
      try TransportInstance(library, settings: InstanceSettings(provider: "p"))
    }
  }
}

@Suite struct `What is no library is refused before it can do harm` {
  @Test func `a text file`() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/libtext.so"
      try touch(path, Array(String(repeating: "not a library\n", count: 500).utf8))
      #expect(
        Trial.run(opening: path, expecting: "text")
          == .refused(
            .unavailable, "cannot load plugin \"\(path)\": \(path): invalid ELF header."))
    }
  }

  @Test func `an empty file`() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/libempty.so"
      try touch(path)
      #expect(
        Trial.run(opening: path, expecting: "empty")
          == .refused(.unavailable, "cannot load plugin \"\(path)\": \(path): file too short."))
    }
  }

  /// glibc alone ends the process with SIGBUS at most of these lengths.
  @Test func `a library that was cut off anywhere`() throws {
    let whole = try Array(
      Data(contentsOf: URL(fileURLWithPath: BuiltPlugins.path(of: "good-minimal"))))
    let mapped = try withTemporaryDirectory { directory in
      var lengths = [
        1, 4, 63, 64, 65, 100, 200, 500, 700, 1000, 2000, 4095, 4096, 4097, 6000, 8000,
      ]
      lengths.removeAll { $0 >= whole.count }
      return try lengths.filter { length in
        let path = directory + "/libcut-\(length).so"
        try touch(path, Array(whole.prefix(length)))
        switch Trial.run(opening: path, expecting: "good-minimal") {
        case .refused(.unavailable, _): return false
        case let outcome:
          #expect(outcome == .passed, "\(length) bytes")
          return true
        }
      }
    }
    // Behind the last segment stand only symbols for debuggers; without them it works.
    #expect(mapped.allSatisfy { $0 > 4097 })
  }

  @Test func `the message for a cut-off library says what to do`() throws {
    let whole = try Array(
      Data(contentsOf: URL(fileURLWithPath: BuiltPlugins.path(of: "good-minimal"))))
    try withTemporaryDirectory { directory in
      let path = directory + "/libcut.so"
      try touch(path, Array(whole.prefix(4000)))
      guard case .refused(.unavailable, let message) = Trial.run(opening: path, expecting: "cut")
      else {
        Issue.record("it was not refused as unavailable")
        return
      }
      #expect(message.hasPrefix("cannot load plugin \"\(path)\": it has 4000 bytes of at least "))
      #expect(message.hasSuffix(". It was cut off; copy it again."))
    }
  }

  @Test func `a directory, and a file that is not there`() throws {
    try withTemporaryDirectory { directory in
      for path in [directory, directory + "/libabsent.so"] {
        guard case .refused(.unavailable, _) = Trial.run(opening: path, expecting: "x") else {
          Issue.record("\(path) was not refused as unavailable")
          continue
        }
      }
    }
  }
}
