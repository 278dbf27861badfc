import ChildProcess
import Foundation
import Testing

@Suite struct `No command prints a secret` {
  static let curl = "curl https://api.openai.com/v1/responses"

  /// Commands that meet the canary in the environment or on the command line.
  static let rows: [[String]] = [
    ["check"], ["check", "--json"], ["models"], ["models", "--json"],
    ["explain", "gpt-5", "Hi"], ["explain", "gpt-5", "Hi", "--json"],
    ["explain", "on-azure-openai", "Hi", "--raw-body", "-"],
    ["call", "gpt-5", "Hi", "--trace"], ["call", "gpt-5", "Hi", "--json"],
    ["call", "gpt-5", "Hi", "--events", "--trace"],
    ["call", "on-azure-openai", "Hi"], ["call", "on-azure-foundry", "Hi", "--json"],
    ["from-curl", "\(curl) -H 'Authorization: Bearer CANARY' -d '{\"input\":\"Hi\"}'"],
    ["from-curl", "\(curl) -H 'Authorization: Bearer CANARY'", "--json"],
    ["from-curl", "\(curl) -u user:CANARY -b session=CANARY -d '{}'"],
    ["from-curl", "\(curl)?api-key=CANARY -d '{}'"],
    ["from-curl", "curl https://user:CANARY@api.openai.com/v1/responses -d '{}'"],
    ["from-curl", "\(curl) --frobnicate CANARY"], ["from-curl", "\(curl) 'CANARY"],
    ["from-curl", "\(curl) -H \"api-key: $TEST_KEY\" -H 'x-other: sk-CANARY' -d '{}'"],
    ["from-curl", curl, "-H", "api-key: CANARY"],
    ["from-curl", "\(curl) -H 'api-key: CANARY' -H 'x-api-token: CANARY' -d '{}'"],
    ["from-curl", "CANARY"], ["plugin", "list"], ["plugin", "list", "--json"],
    ["completions", "bash"], ["--help"], ["--version"],
  ]

  @Test(arguments: rows, ["", "401", "500"])
  func `whatever it does`(arguments: [String], fault: String) throws {
    let needsUpstream = arguments[0] == "call"
    guard needsUpstream || fault.isEmpty else { return }
    let emulators = try Emulators(fault.isEmpty ? [] : ["--fault", fault])
    let place = try Workplace(emulators.configuration())
    let outcome = try Program.jackfield.run(
      arguments.map { $0.replacing("CANARY", with: Emulators.key) },
      environment: Configuration.environment, in: place.files.directory)
    #expect(!outcome.text.contains(Emulators.key), "\(outcome.text)")
    #expect(!outcome.errorText.contains(Emulators.key), "\(outcome.errorText)")
  }

  @Test(arguments: [
    "  main: CANARY", "  main: { env: TEST_KEY, value: CANARY }",
    "  main: { env: TEST_KEY } # CANARY\n  bad: [",
  ])
  func `a key written into the configuration is not echoed`(line: String) throws {
    let place = try Workplace(
      Configuration.text().replacing(
        "  main: { env: TEST_KEY }",
        with: line.replacing("CANARY", with: "sk-proj-4711canary4711canary4711")))
    for arguments in [["check"], ["check", "--json"], ["call", "gpt-5", "Hi"]] {
      let outcome = try Program.jackfield.run(
        arguments, environment: Configuration.environment, in: place.files.directory)
      #expect(!outcome.text.contains("4711canary"), "\(outcome.text)")
      #expect(!outcome.errorText.contains("4711canary"), "\(outcome.errorText)")
    }
  }
}
