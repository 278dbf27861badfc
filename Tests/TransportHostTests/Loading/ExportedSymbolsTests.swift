import ChildProcess
import Foundation
import Testing
import TransportHost

@Suite struct `The file of a plugin` {
  @Test(arguments: BuiltPlugins.good)
  func `exports its entry and nothing else`(_ name: String) throws {
    let path = BuiltPlugins.path(of: name)
    try #require(PluginSearch.isFile(path))
    #expect(try PluginFile(path: path).exportedSymbols() == ["jf_plugin_entry_v1"])
  }

  @Test func `is caught when it exports more`() throws {
    let path = BuiltPlugins.path(of: "bad-no-entry")
    #expect(try PluginFile(path: path).exportedSymbols().contains("fixture_answer"))
  }

  @Test func `is caught when it looks for libraries in somebody's directory`() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/libx.so"
      try touch(path, Array("junk\0/opt/swift/usr/lib:$ORIGIN\0\(directory)/a.c\0".utf8))
      let file = PluginFile(path: path)
      #expect(try file.strings(naming: [directory]) == ["\(directory)/a.c"])
      #expect(
        PluginFile.foreignEntries(ofRunPath: "/opt/swift/usr/lib:$ORIGIN") == ["/opt/swift/usr/lib"]
      )
      #expect(PluginFile.foreignEntries(ofRunPath: "$ORIGIN:$ORIGIN/../lib").isEmpty)
    }
  }

  #if !DEBUG
  @Test(arguments: BuiltPlugins.good)
  func `names nothing of the machine that built it`(_ name: String) throws {
    let file = PluginFile(path: BuiltPlugins.path(of: name))
    #expect(try file.runPath().flatMap(PluginFile.foreignEntries(ofRunPath:)).isEmpty)
    let root = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/")
    #expect(try file.strings(naming: [String(root.dropFirst()), NSHomeDirectory()]).isEmpty)
  }
  #endif
}

/// What can be read off a plugin's file without loading it.
struct PluginFile {
  let path: String

  /// Every symbol that the file defines for others, by the toolchain's `nm`.
  func exportedSymbols() throws -> [String] {
    try ChildProcess.run("nm", ["-D", "--defined-only", path]).checked().text.split(separator: "\n")
      .compactMap { line in line.split(separator: " ").last.map(String.init) }
  }

  /// The run paths, by `readelf`.
  func runPath() throws -> [String] {
    try ChildProcess.run("readelf", ["-d", path]).checked().text.split(separator: "\n")
      .filter { $0.contains("RUNPATH") || $0.contains("RPATH") }
      .compactMap { line in
        guard let open = line.firstIndex(of: "["), let close = line.lastIndex(of: "]") else {
          return nil
        }
        return String(line[line.index(after: open)..<close])
      }
  }

  /// The entries of a run path that are no places beside the file itself.
  static func foreignEntries(ofRunPath path: String) -> [String] {
    path.split(separator: ":").map(String.init).filter { !$0.hasPrefix("$ORIGIN") }
  }

  /// The texts in the file that name one of these directories.
  func strings(naming directories: [String]) throws -> [String] {
    let content = try Data(contentsOf: URL(fileURLWithPath: path))
    guard directories.contains(where: { content.range(of: Data($0.utf8)) != nil }) else {
      return []
    }
    return
      content
      .split { !(0x20...0x7E).contains($0) }
      .map { String(decoding: $0, as: UTF8.self) }
      .filter { text in directories.contains { text.contains($0) } }
  }
}
