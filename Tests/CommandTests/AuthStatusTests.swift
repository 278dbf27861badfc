import ChildProcess
import Foundation
import Testing

@Suite struct `Auth status` {
  private static let configuration = """
    version: 1
    credentials:
      helper: { exec: { command: [sh, -c, 'echo "{\\"token\\":\\"hidden-token\\",\\"expires_in\\":3725}"'] } }
      broken: { exec: { command: [sh, -c, "echo the vault is sealed >&2; exit 3"] } }
    providers:
      keyed: { plugin: openai, auth: { key: { env: SET_KEY } } }
      helped: { plugin: openai, auth: { bearer: helper } }
      failing: { plugin: openai, auth: { bearer: broken } }
      unset: { plugin: openai, auth: { key: { env: UNSET_KEY } } }
      open: { plugin: openai, base_url: "http://127.0.0.1:9/v1" }
    """

  private func run(_ arguments: String...) throws -> Program.Outcome {
    let files = try Scratch()
    try files.write(Self.configuration, to: "providers.yaml")
    return try Program.jackfield.run(
      ["auth", "status"] + arguments,
      environment: ["SET_KEY": "hidden-key", "PATH": "/usr/bin:/bin"], in: files.directory)
  }

  @Test func `says for each provider what it has, from where and for how long`() throws {
    let outcome = try run()
    let text = outcome.text
    for part in [
      "keyed  ok  keyed (env)  providers.yaml:6:", "chosen  env SET_KEY  it is set",
      "helped  ok  helper (exec)  providers.yaml:3:3", "expires  in 1 h 2 min",
      "failing  no credential  broken (exec)",
      "its program \"sh\" ended with 3: the vault is sealed. [auth]",
      "the variable UNSET_KEY is empty or unset", "open  sends no credential",
    ] { #expect(text.contains(part), "\(part)\n\(text)\(outcome.errorText)") }
    #expect(!text.contains("hidden-"))
    // The first failure decides, as the table of errors says.
    #expect(outcome.status == 4)
  }

  @Test func `of one provider ends with success where it has a credential`() throws {
    let outcome = try run("helped")
    #expect(outcome.status == 0)
    #expect(!outcome.text.contains("keyed"))
  }

  @Test(arguments: [("unset", 3), ("failing", 4), ("nobody", 3)] as [(String, Int32)])
  func `of one provider ends as its error says`(provider: String, status: Int32) throws {
    #expect(try run(provider).status == status)
  }

  @Test func `is one object with --json, and still without a secret`() throws {
    let outcome = try run("--json")
    #expect(!outcome.text.contains("hidden-"))
    let object = try outcome.json()
    let providers = try #require(object["providers"] as? [[String: Any]])
    #expect(
      providers.map { $0["provider"] as? String } == [
        "keyed", "helped", "failing", "unset", "open",
      ])
    #expect(providers.map { $0["ok"] as? Bool } == [true, true, false, false, true])
    #expect(
      providers[1]["expires_in_s"] as? Int == 3725 || providers[1]["expires_in_s"] as? Int == 3724)
    #expect(providers[1]["kind"] as? String == "exec")
    let error = try #require(providers[2]["error"] as? [String: Any])
    #expect(error["code"] as? String == "auth")
    #expect(providers[4]["credential"] is NSNull)
  }
}
