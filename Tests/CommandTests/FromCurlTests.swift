import ChildProcess
import Foundation
import Testing

@Suite struct `The from-curl command` {
  struct Row: Sendable, CustomTestStringConvertible {
    let command: String
    let plugin: String
    let lines: [String]
    var testDescription: String { command }
  }

  static let rows = [
    Row(
      command: """
        curl https://api.openai.com/v1/responses -H "Content-Type: application/json" \\
          -H "Authorization: Bearer $MY_KEY" -d '{"model": "gpt-5", "input": "Hi"}'
        """, plugin: "openai",
      lines: [
        "  openai: { env: MY_KEY }", "    plugin: openai", "    auth: { key: openai }", "  gpt-5:",
        "      - { provider: openai, model: gpt-5 }", "#   body     same  byte for byte",
      ]),
    Row(
      command: """
        curl -sS -X POST "https://contoso.openai.azure.com/openai/v1/responses" \\
          -H "api-key: ${MY_KEY}" -H 'x-team: a b' \\
          --json '{"model":"prod","input":[{"role":"user","content":"Hi"}]}'
        """, plugin: "azure-openai",
      lines: [
        "  azure-openai: { env: MY_KEY }", "    options: { resource: contoso }",
        "    auth: { key: azure-openai }", #"    headers: { x-team: "a b" }"#,
        "#   body     same  up to 2 reported edits",
      ]),
    Row(
      command: """
        curl "https://r.services.ai.azure.com/api/projects/p/openai/v1/responses" \\
          -H "Authorization: Bearer $(az account get-access-token)" \\
          -d '{"model":"Kimi-K2","input":"Hi"}'
        """, plugin: "azure-foundry",
      lines: [
        "    auth: { bearer: azure-foundry }", "  Kimi-K2:", "#   body     same  byte for byte",
      ]),
    Row(
      command: "curl 'https://api.openai.com/v1/responses/resp_1/input_items?limit=5'"
        + " -H 'authorization: bearer x'", plugin: "openai",
      lines: [
        "#   method   same  GET",
        "#   url      same  https://api.openai.com/v1/responses/resp_1/input_items?limit=5",
        "#   body     none",
      ]),
  ]

  @Test(arguments: rows) func `derives the entry and proves it`(row: Row) throws {
    let outcome = try Workplace().run("from-curl", row.command)
    #expect(outcome.status == 0, "\(outcome.text)\(outcome.errorText)")
    for line in row.lines {
      #expect(outcome.text.split(separator: "\n").contains(Substring(line)), "\(outcome.text)")
    }
    let piped = try Workplace().run("from-curl", input: row.command + "\n")
    #expect(piped.output == outcome.output)
  }

  @Test(arguments: rows) func `what it prints is a configuration that check accepts`(
    row: Row
  ) throws {
    let yaml = try Workplace().run("from-curl", row.command).text
    let place = try Workplace(yaml)
    let checked = try place.run("check", "--json")
    #expect(checked.status == 0, "\(checked.text)")
    let object = try Workplace().run("from-curl", row.command, "--json").json()
    #expect(object["plugin"] as? String == row.plugin)
    #expect(yaml.contains(try #require(object["yaml"] as? String)))
    let proof = try #require(object["proof"] as? [String: Any])
    #expect(proof["holds"] as? Bool == true)
    #expect(Set(proof.keys) == ["holds", "method", "url", "headers", "body"])
  }

  @Test func `the entry of an emulated upstream's curl calls it`() throws {
    let emulators = try Emulators()
    for (name, base) in emulators.baseURLs {
      let header = name == "openai" ? "Authorization: Bearer $TEST_KEY" : "api-key: $TEST_KEY"
      let path = base.replacing("/openai/v1", with: name == "openai" ? "" : "/openai/v1")
      let command =
        #"curl \#(path)/responses -H "\#(header)" -d '{"model":"gpt-5","input":"Hi"}'"#
      let derived = try Workplace().run("from-curl", command)
      #expect(derived.status == 0, "\(derived.text)\(derived.errorText)")
      let answer = try Workplace(derived.text).run("call", "gpt-5", "Hi")
      #expect(answer.text == "You said: Hi", "\(name): \(answer.errorText)")
    }
  }

  @Test func `a body in a file is read, as curl reads it`() throws {
    let place = try Workplace()
    try place.files.write("{\"model\":\"gpt-5\",\n\"input\":\"Hi\"}\n", to: "body.json")
    let command = "curl https://api.openai.com/v1/responses -H 'authorization: Bearer x' -d @"
    let read = try place.run("from-curl", command + "body.json", "--json")
    let proof = try #require(try read.json()["proof"] as? [String: Any])
    #expect((proof["body"] as? [String: Any])?["identical"] as? Bool == true)
    #expect(try place.run("from-curl", command + "missing.json").status == 2)
    #expect(try place.run("from-curl", command + "-", input: "{}").status == 2)
  }

  @Test func `words that a shell has split are taken behind two hyphens`() throws {
    let outcome = try Workplace().run(
      "from-curl", "--json", "--", "curl", "https://api.openai.com/v1/responses", "-H",
      "Authorization: Bearer \(Emulators.key)", "-d", #"{"model":"gpt-5","input":"Hi"}"#)
    #expect(outcome.status == 0)
    #expect(!outcome.text.contains(Emulators.key))
  }

  @Test func `a request of no known kind is refused`() throws {
    let outcome = try Workplace().run("from-curl", "curl https://h.example/index.html", "--json")
    #expect(outcome.status == 2)
    #expect(
      (try outcome.errorField("message") as? String)?.contains("no plugin recognizes") == true)
  }
}
