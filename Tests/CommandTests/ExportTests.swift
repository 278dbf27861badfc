import ChildProcess
import Foundation
import Testing

@Suite struct `The export command` {
  private static let patterns = """
    version: 1
    providers: { openai: { plugin: openai } }
    models: { "openai/*": { targets: [{ provider: openai, model: "{1}" }] } }

    """

  @Test func `prints the settings of each tool with the first model and the address`() throws {
    let place = try Workplace()
    for tool in ["codex", "openai", "openclaw"] {
      let outcome = try place.run("export", tool, "--listen", "[::1]:9000")
      #expect(outcome.status == 0)
      #expect(outcome.error.isEmpty)
      #expect(outcome.text.contains("\"http://[::1]:9000/v1\""))
      #expect(outcome.text.contains("gpt-5\""))
      #expect(outcome.text.contains("JACKFIELD_TOKEN"))
    }
    let named = try place.run("export", "codex", "--model", "on-openai").text
    #expect(named.contains("model = \"on-openai\"\n"))
    #expect(try place.run("export", "codex", "--model", "default").status == 0)
  }

  @Test func `lists every model of the file for OpenClaw, as JSON`() throws {
    let text = try Workplace().run("export", "openclaw").text
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [String: Any]])
    let providers = try #require(object["models"]?["providers"] as? [String: [String: Any]])
    let models = try #require(providers["jackfield"]?["models"] as? [[String: String]])
    #expect(
      models.map { $0["id"] } == ["gpt-5", "on-openai", "on-azure-openai", "on-azure-foundry"])
  }

  @Test func `gives variables to a shell, whatever it is, without a configuration`() throws {
    let files = try Scratch()
    let script = """
      eval "$(\(Program.directory.path)/jackfield export env --listen '[::1]:9000')"
      printf '%s\\n' "$OPENAI_BASE_URL" "$OPENAI_API_KEY" "$OPENAI_HOST"
      """
    for shell in ["/bin/sh", "/bin/bash"] {
      let outcome = try ChildProcess.run(
        shell, ["-c", script], in: files.directory.path,
        environment: ["HOME": files.directory.path, "JACKFIELD_TOKEN": "a 'token"])
      #expect(outcome.text == "http://[::1]:9000/v1\na 'token\nhttp://[::1]:9000\n")
    }
  }

  @Test func `prints no token, though it has one`() throws {
    let place = try Workplace()
    for tool in ["codex", "openai", "openclaw", "env"] {
      for json in [[], ["--json"]] {
        let outcome = try Program.jackfield.run(
          ["export", tool] + json,
          environment: ["JACKFIELD_TOKEN": Emulators.key, "TEST_KEY": Emulators.key],
          in: place.files.directory)
        #expect(outcome.status == 0)
        #expect(!outcome.text.contains(Emulators.key))
      }
    }
  }

  @Test func `leaves patterns out with a hint, and takes a name that one matches`() throws {
    let text = Self.patterns.replacing(
      "models: {", with: "models: { main: { targets: [{ provider: openai, model: m }] },")
    let mixed = try Workplace(text).run("export", "codex")
    #expect(mixed.text.contains("model = \"main\"\n"))
    #expect(
      mixed.errorText == """
        left out, since a tool needs names: openai/*. The gateway takes any name that matches; \
        --model adds one.

        """)
    let place = try Workplace(Self.patterns)
    let nameless = try place.run("export", "openclaw")
    #expect(nameless.status == 2)
    #expect(nameless.errorText.contains("only patterns: openai/*. Name a model"))
    let named = try place.run("export", "openclaw", "--model", "openai/gpt-5", "--json").json()
    #expect(named["models"] as? [String] == ["openai/gpt-5"])
    #expect(named["patterns_left_out"] as? [String] == ["openai/*"])
    #expect(try place.run("export", "env").error.isEmpty)
  }

  @Test func `refuses a model that the gateway would not know, and a file without models`() throws {
    let unknown = try Workplace().run("export", "codex", "--model", "gpt-6", "--json")
    #expect(unknown.status == 3)
    #expect(try unknown.errorField("code") as? String == "model_not_found")
    let empty = try Workplace("version: 1\nproviders: { p: { plugin: openai } }\n")
    #expect(try empty.run("export", "codex").status == 3)
    #expect(try empty.run("export", "env").status == 0)
  }

  @Test func `says all of it as JSON`() throws {
    let place = try Workplace()
    let plain = try place.run("export", "codex").text
    let object = try place.run("export", "codex", "--json").json()
    #expect(
      object.keys.sorted() == [
        "base_url", "file", "model", "models", "patterns_left_out", "text", "token_variable",
        "tool",
      ])
    #expect(object["text"] as? String == plain)
    #expect(object["file"] as? String == "~/.codex/config.toml")
    #expect(object["token_variable"] as? String == "JACKFIELD_TOKEN")
    #expect(object["base_url"] as? String == "http://127.0.0.1:8787/v1")
  }
}
