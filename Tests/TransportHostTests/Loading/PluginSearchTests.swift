import Foundation
import Testing
import TransportHost

@Suite struct `The search for a plugin` {
  private func search(
    directories: [String] = [], _ environment: [String: String] = [:],
    executable: String? = "/opt/jackfield/bin/jackfield"
  ) -> PluginSearch {
    PluginSearch(
      directories: directories, environment: { environment[$0] }, executable: executable)
  }

  @Test func `goes from the nearest place to the furthest`() {
    let search = search(
      directories: ["/embedder/a", "/embedder/b"],
      [
        "JACKFIELD_PLUGIN_PATH": "/listed/a:/listed/b", "XDG_DATA_HOME": "/data",
        "HOME": "/home/user",
      ])
    #expect(
      search.places.map(\.directory) == [
        "/embedder/a", "/embedder/b", "/listed/a", "/listed/b", "/data/jackfield/plugins",
        "/opt/jackfield/bin", "/opt/jackfield/bin/../lib/jackfield/plugins",
        "/usr/local/lib/jackfield/plugins", "/usr/lib/jackfield/plugins",
      ])
  }

  @Test(arguments: [
    (["HOME": "/home/user"], "/home/user/.local/share/jackfield/plugins"),
    (["HOME": "/home/user", "XDG_DATA_HOME": ""], "/home/user/.local/share/jackfield/plugins"),
    (["HOME": "/home/user", "XDG_DATA_HOME": "data"], "/home/user/.local/share/jackfield/plugins"),
    (["XDG_DATA_HOME": "/data"], "/data/jackfield/plugins"),
  ])
  func `knows where a user's data lies`(_ environment: [String: String], _ directory: String) {
    #expect(search(environment, executable: nil).places.dropFirst().first?.directory == directory)
  }

  @Test func `does without what the environment does not say`() {
    #expect(
      search(executable: nil).places.compactMap(\.directory) == [
        "/usr/local/lib/jackfield/plugins", "/usr/lib/jackfield/plugins",
      ])
  }

  @Test func `never looks in the working directory`() {
    let search = search(
      directories: ["", ".", "plugins", "../plugins"],
      [
        "JACKFIELD_PLUGIN_PATH": ".::plugins:/listed", "XDG_DATA_HOME": "share", "HOME": "home",
      ], executable: "jackfield")
    #expect(search.places.compactMap(\.directory).allSatisfy { $0.hasPrefix("/") })
    #expect(search.places.contains { $0.directory == "/listed" })
  }

  @Test func `takes the first file of the right name`() throws {
    try withTemporaryDirectory { directory in
      try touch(directory + "/a/libother.so")
      try touch(directory + "/a/libacme.so/not-a-file")
      try touch(directory + "/b/libacme.so")
      try touch(directory + "/c/libacme.so")
      let search = search(directories: ["a", "b", "c"].map { directory + "/" + $0 })
      #expect(search.find("acme") == directory + "/b/libacme.so")
      #expect(search.find("absent") == nil)
    }
  }

  @Test func `lists every place when it finds nothing, also those that it ignored`() {
    let search = search(
      directories: ["/embedder", "mine"],
      ["JACKFIELD_PLUGIN_PATH": "/listed:there", "HOME": "/home/user"])
    let registry = PluginRegistry(search: search, paths: [:], linked: [])
    let error = #expect(throws: PluginError.self) { try registry.library("acme") }
    #expect(error?.kind == .unavailable)
    #expect(
      error?.message == """
        cannot load plugin "acme": no libacme.so in /embedder (given by the program), \
        "mine" (given by the program; ignored, it is not absolute), \
        /listed ($JACKFIELD_PLUGIN_PATH), \
        "there" ($JACKFIELD_PLUGIN_PATH; ignored, it is not absolute), \
        /home/user/.local/share/jackfield/plugins (the user's data), \
        /opt/jackfield/bin (beside the program), \
        /opt/jackfield/bin/../lib/jackfield/plugins (the installation), \
        /usr/local/lib/jackfield/plugins (the system), /usr/lib/jackfield/plugins (the system). \
        Install it in one of these places, or name its file under plugins in the configuration.
        """)
  }

  @Test func `names the one that was meant, of those that can be found`() throws {
    try withTemporaryDirectory { directory in
      try touch(directory + "/libacme.so")
      let registry = PluginRegistry(
        search: search(directories: [directory]), paths: ["other": "/other.so"], linked: [])
      for (written, meant) in [("amce", "acme"), ("ohter", "other")] {
        let error = #expect(throws: PluginError.self) { try registry.library(written) }
        let words = "cannot load plugin \"\(written)\" (did you mean \"\(meant)\"?): no lib"
        #expect(error?.message.hasPrefix(words) == true, "\(error?.message ?? "")")
      }
      let error = #expect(throws: PluginError.self) { try registry.library("foreign") }
      #expect(error?.message.contains("did you mean") == false)
    }
  }

  @Test func `says that the variable is unset`() {
    #expect(search().description.hasPrefix("$JACKFIELD_PLUGIN_PATH (unset), "))
  }
}

@Suite struct `An explicit path` {
  @Test(arguments: [
    ("/abs/libacme.so", "/abs/libacme.so"), ("/abs/libacme", "/abs/libacme.so"),
    ("/abs/libacme.so.1", "/abs/libacme.so.1"), ("/abs/libacme.sonic", "/abs/libacme.sonic.so"),
    ("/has.so/acme", "/has.so/acme.so"),
  ])
  func `that is absolute stays, with the suffix of the platform`(_ path: String, _ result: String) {
    #expect(PluginSearch.resolve(path, besides: "/etc/providers.yaml") == result)
  }

  @Test func `that is relative counts from the configuration, not from the working directory`()
    throws
  {
    try withTemporaryDirectory { directory in
      try touch(directory + "/etc/providers.yaml")
      let file = directory + "/etc/providers.yaml"
      #expect(
        PluginSearch.resolve("plugins/libacme.so", besides: file)
          == directory + "/etc/plugins/libacme.so")
      #expect(PluginSearch.resolve("libacme", besides: file) == directory + "/etc/libacme.so")
      #expect(
        PluginSearch.resolve("../libacme.so", besides: file) == directory + "/etc/../libacme.so")
    }
  }

  @Test func `of a file in the working directory becomes absolute`() {
    let here = PluginSearch.resolve("libacme.so", besides: "providers.yaml")
    #expect(here.hasPrefix("/") && here.hasSuffix("/libacme.so"))
  }

  @Test func `is not searched further`() throws {
    let search = PluginSearch(
      directories: [BuiltPlugins.directory], environment: { _ in nil }, executable: nil)
    let registry = PluginRegistry(
      search: search, paths: ["good-minimal": "/nowhere/libgood-minimal.so"], linked: [])
    let error = #expect(throws: PluginError.self) { try registry.library("good-minimal") }
    #expect(error?.kind == .unavailable)
    #expect(
      error?.message == """
        cannot load plugin "good-minimal": its path in the configuration is \
        "/nowhere/libgood-minimal.so", and no file is there. Correct the path, or leave it out to \
        have it searched for.
        """)
  }
}

@Suite struct `The registry of plugins` {
  private let search = PluginSearch(
    directories: [BuiltPlugins.directory], environment: { _ in nil }, executable: nil)

  @Test func `loads a plugin by its name, and names its file without loading it`() throws {
    let registry = PluginRegistry(search: search, paths: [:], linked: [])
    #expect(registry.file(of: "good-json") == BuiltPlugins.path(of: "good-json"))
    #expect(registry.file(of: "absent") == nil)
    #expect(try registry.library("good-json").id == "good-json")
  }

  @Test func `remembers a failure, and others do not suffer from it`() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/late.so"
      let registry = PluginRegistry(search: search, paths: ["late": path], linked: [])
      #expect(throws: PluginError.self) { try registry.library("late") }
      try touch(path, Array("still no library".utf8))
      let again = #expect(throws: PluginError.self) { try registry.library("late") }
      #expect(again?.message.contains("no file is there") == true, "it was tried a second time")
      #expect(again?.code == .pluginUnavailable)
      #expect(try registry.library("good-minimal").id == "good-minimal")
    }
  }

  @Test func `loads once for eight threads that ask at once`() async throws {
    let registry = PluginRegistry(search: search, paths: [:], linked: [])
    let ids = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<64 {
        group.addTask {
          try registry.library(["good-minimal", "good-json"][number % 2]).id
        }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(ids == ["good-minimal", "good-json"])
  }
}
