import ChildProcess
import Foundation
import Testing

@Suite struct `The plugin commands` {
  private func places(_ environment: [String: String] = [:]) throws -> [[String: Any]] {
    let outcome = try Workplace().run("plugin", "list", "--json", environment: environment)
    return try #require(try outcome.json()["places"] as? [[String: Any]])
  }

  @Test func `list shows every place of the search order, there or not`() throws {
    let files = try Scratch()
    let directories = try places([
      "JACKFIELD_PLUGIN_PATH": "/nowhere:\(files.directory.path)", "XDG_DATA_HOME": "/xdg",
    ]).map { $0["directory"] as? String }
    let own = Program.directory.path
    #expect(
      directories == [
        "/nowhere", files.directory.path, "/xdg/jackfield/plugins", own,
        own + "/../lib/jackfield/plugins", "/usr/local/lib/jackfield/plugins",
        "/usr/lib/jackfield/plugins",
      ])
    #expect(try places()[0]["directory"] is NSNull)
  }

  @Test func `list reads manifests and loads nothing`() throws {
    let files = try Scratch()
    // A file that no loader would take.
    try files.write("no library", to: "libfancy.so")
    try files.write(
      #"{"schema":"jackfield.manifest/1","id":"fancy","version":"3.2.1","summary":"Speaks."}"#,
      to: "libfancy.so.json")
    try files.write("no library", to: "libopenai.so")
    let all = try places(["JACKFIELD_PLUGIN_PATH": files.directory.path])
    let found = try #require(all[0]["plugins"] as? [[String: Any]])
    #expect(found.map { $0["id"] as? String } == ["fancy", "openai"])
    #expect(found[0]["version"] as? String == "3.2.1")
    #expect(found[0]["summary"] as? String == "Speaks.")
    #expect(found[1]["problem"] is String)
    let beside = try #require(
      all.first { $0["reason"] as? String == "beside the program" }?["plugins"] as? [[String: Any]])
    let shadowed = beside.first { $0["id"] as? String == "openai" }
    #expect(shadowed?["shadowed"] as? Bool == true)
  }

  @Test(arguments: Configuration.names)
  func `info loads a file and prints what it is`(name: String) throws {
    let file = Program.directory.appendingPathComponent("lib\(name).so").path
    let outcome = try Workplace().run("plugin", "info", file, "--json")
    let object = try outcome.json()
    #expect(object["id"] as? String == name)
    #expect(object["handshake"] as? String == "passed")
    #expect(object["abi"] as? Int == 1)
    #expect((object["manifest"] as? [String: Any])?["id"] as? String == name)
    let rules = try #require(object["rules"] as? [[String: Any]])
    #expect(rules.contains { $0["id"] as? String == "model-name" })
    let text = try Workplace().run("plugin", "info", file).text
    #expect(text.hasPrefix("\(name) "))
    #expect(text.contains("handshake   passed"))
  }

  @Test func `info says why a file is no plugin, and ends with 5`() throws {
    let place = try Workplace()
    try place.files.write("no library", to: "libbroken.so")
    let broken = try place.run("plugin", "info", "libbroken.so", "--json")
    #expect(broken.status == 5)
    #expect(try broken.errorField("code") as? String == "plugin_unavailable")
    let other = try place.run("plugin", "info", "/lib/x86_64-linux-gnu/libyaml-0.so.2", "--json")
    #expect(other.status == 5)
  }
}
