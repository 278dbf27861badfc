import ChildProcess
import Foundation
import Testing

@Suite struct `The configuration` {
  static let small = "version: 1\nproviders: { P: { plugin: openai } }\n"

  /// The provider that `explain` finds, which tells the file that was read.
  private func provider(
    _ files: Scratch, _ arguments: [String] = [], _ environment: [String: String] = [:]
  ) throws -> String? {
    let outcome = try Program.jackfield.run(
      ["explain", "--operation", "models", "--json"] + arguments, environment: environment,
      in: files.directory)
    return (try outcome.json()["route"] as? [[String: Any]])?.first?["provider"] as? String
  }

  @Test func `is the named file, else the working directory's, else the user's`() throws {
    let files = try Scratch()
    for (file, name) in [
      ("xdg/jackfield/providers.yaml", "xdg"), (".config/jackfield/providers.yaml", "home"),
    ] {
      try files.write(Self.small.replacing("P:", with: "\(name):"), to: file)
    }
    let xdg = ["XDG_CONFIG_HOME": files.directory.appendingPathComponent("xdg").path]
    #expect(try provider(files, [], xdg) == "xdg")
    #expect(try provider(files) == "home")
    #expect(try provider(files, [], ["XDG_CONFIG_HOME": "relative"]) == "home")
    try files.write(Self.small.replacing("P:", with: "here:"), to: "providers.yaml")
    #expect(try provider(files, [], xdg) == "here")
    let named = try files.write(Self.small.replacing("P:", with: "named:"), to: "other.yaml")
    #expect(try provider(files, ["--config", named], xdg) == "named")
  }

  @Test func `that is missing is a diagnostic with every place`() throws {
    let files = try Scratch()
    let checked = try Program.jackfield.run(["check", "--json"], in: files.directory)
    #expect(checked.status == 1)
    let diagnostics = try #require(try checked.json()["diagnostics"] as? [[String: Any]])
    #expect(diagnostics.first?["code"] as? String == "file-unreadable")
    let message = try #require(diagnostics.first?["message"] as? String)
    #expect(message.contains("./providers.yaml"))
    #expect(message.contains("/.config/jackfield/providers.yaml"))
    let called = try Program.jackfield.run(["call", "m", "t", "--json"], in: files.directory)
    #expect(called.status == 3)
    #expect(try called.errorField("code") as? String == "config_invalid")
    let named = try Program.jackfield.run(
      ["check", "no-such.yaml", "--json"], in: files.directory)
    #expect(named.text.contains("no-such.yaml"))
    #expect(named.status == 1)
  }

  @Test func `is checked with place, code and suggestion`() throws {
    let place = try Workplace(Configuration.text().replacing("base_url", with: "baseurl"))
    let outcome = try place.run("check", "--json")
    #expect(outcome.status == 1)
    let diagnostics = try #require(try outcome.json()["diagnostics"] as? [[String: Any]])
    let first = try #require(diagnostics.first)
    #expect(
      Set(first.keys) == [
        "file", "line", "column", "end_column", "severity", "code", "message", "suggestion",
      ])
    #expect(first["file"] as? String == "providers.yaml")
    #expect(first["line"] as? Int == 7)
    #expect(first["column"] as? Int == 5)
    #expect(first["end_column"] as? Int == 12)
    #expect(first["severity"] as? String == "error")
    #expect(first["code"] as? String == "unknown-key")
    let suggestion = try #require(first["suggestion"] as? [String: Any])
    #expect(Set(suggestion.keys) == ["text", "line", "column", "end_line", "end_column"])
    #expect(suggestion["text"] as? String == "base_url")
  }

  @Test func `without errors is a success, with an unset variable as a warning`() throws {
    let place = try Workplace()
    let clean = try place.run("check", "--json")
    #expect(clean.status == 0)
    #expect((try clean.json()["diagnostics"] as? [Any])?.isEmpty == true)
    #expect(try place.run("check").text == "providers.yaml: no findings\n")
    let unset = try place.run("check", "--json", environment: [:])
    #expect(unset.status == 0)
    #expect(unset.text.contains(#""severity":"warning","code":"unset-credential""#))
  }

  @Test func `is judged by its plugins unless told otherwise`() throws {
    let text = Configuration.text().replacing(
      "    plugin: openai\n", with: "    plugin: openai\n    options: { resource: x }\n")
    let place = try Workplace(text)
    let judged = try place.run("check", "--json")
    #expect(judged.status == 1)
    #expect(judged.text.contains("rejected-setting"))
    #expect(try place.run("check", "--no-plugins", "--json").status == 0)
  }

  @Test func `lists its models with their targets and lines`() throws {
    let place = try Workplace()
    let models = try #require(
      try place.run("models", "--json").json()["models"] as? [[String: Any]])
    #expect(
      models.map { $0["name"] as? String } == [
        "gpt-5", "on-openai", "on-azure-openai", "on-azure-foundry",
      ])
    #expect(models.first?["aliases"] as? [String] == ["default"])
    #expect(models.first?["source"] as? String == "providers.yaml:18:3")
    let target = try #require((models.first?["targets"] as? [[String: Any]])?.first)
    let words = ["provider", "model", "plugin", "source"].map { target[$0] as? String }
    #expect(words == ["openai", "gpt-5", "openai", "providers.yaml:21:9"])
    #expect(target["order"] as? Int == 1 && target["weight"] as? Int == 1)
    #expect(models.first?["strategy"] as? String == "priority")
    #expect(
      try place.run("models").text.hasPrefix(
        "gpt-5             openai         gpt-5       openai         order 1  providers.yaml:21:9\n"
      ))
  }
}
