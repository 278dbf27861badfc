import Testing
import TransportSDK

/// B.3: the command of the Azure CLI.
@Suite struct `Signing in as whoever used az login` {
  private static let command =
    "az account get-access-token --scope https://ai.azure.com/.default --output json"

  private static func run(
    _ status: Int, _ output: String, problem: String = "",
    settings: String = #"{"source":"azure_cli"}"#
  ) -> SignIn {
    let host = FakeHost()
    host.command = EffectResult(status: status, body: Array(output.utf8), problem: problem)
    return SignIn(settings, on: host)
  }

  @Test func `runs the command of B.3, without a shell`() {
    let run = Self.run(
      0, #"{"accessToken":"t","expires_on":1800000300,"expiresOn":"2030-01-01 00:00:00.000000"}"#)
    #expect(run.effects == [Self.command])
    #expect(run.token == IssuedToken(at: "/accessToken", lifetime: .seconds(300)))
    #expect(run.outcomes == ["azure_cli chosen"])
  }

  @Test func `names the tenant of the entry, and not that of the environment`() {
    let host = FakeHost()
    host.variables = ["AZURE_TENANT_ID": "other"]
    host.command = .json(0, #"{"accessToken":"t"}"#)
    #expect(SignIn(#"{"source":"azure_cli"}"#, on: host).effects == [Self.command])
    let named = SignIn(#"{"source":"azure_cli","tenant":"contoso.com"}"#, on: host)
    #expect(named.effects.last == "\(Self.command) --tenant contoso.com")
  }

  @Test(arguments: [
    (#""expires_on":1800000300"#, 300), (#""expires_on":"1800000300""#, 300),
    (#""expiresOn":"1800000300""#, 300), (#""expiresOn":1800000300"#, 300),
    (#""expiresOn":"2027-01-15 09:00:00.000000""#, nil), (#""expires_on":1"#, nil),
    (#""tokenType":"Bearer""#, nil),
  ])
  func `knows the life of a token by a number alone, not by a local time (B.3)`(
    member: String, seconds: Int?
  ) {
    let run = Self.run(0, #"{"accessToken":"t",\#(member)}"#)
    #expect(run.token == IssuedToken(at: "/accessToken", lifetime: seconds.map { .seconds($0) }))
  }

  @Test(arguments: [(127, ""), (127, "no such file"), (126, "not allowed"), (0, "not granted")])
  func `is not available where the command is not installed`(status: Int, problem: String) {
    let run = Self.run(status, "", problem: problem)
    #expect(run.outcomes == ["azure_cli skipped"])
    #expect(run.failure?.code == .configInvalid)
    #expect(
      run.failure?.message.hasSuffix(
        "azure_cli: the command az cannot be run (\(problem.isEmpty ? "it is not there" : problem)). "
          + "Install the Azure CLI and run `az login`.") == true)
  }

  @Test(arguments: [
    ("", "ERROR: Please run 'az login' to setup account."), ("", ""),
    ("", "AADSTS70043: The refresh token has expired. Please run: az login --scope x"),
  ])
  func `is not available where nobody is signed in`(output: String, problem: String) {
    let run = Self.run(1, output, problem: problem)
    #expect(run.outcomes == ["azure_cli skipped"])
    #expect(run.failure?.message.hasSuffix("nobody seems to be signed in. Run `az login`.") == true)
    let named = Self.run(
      1, output, problem: problem, settings: #"{"source":"azure_cli","tenant":"t"}"#)
    #expect(named.failure?.message.hasSuffix("Run `az login --tenant t`.") == true)
  }

  @Test func `is refused for a cause that the command names`() {
    let run = Self.run(
      1, "", problem: "AADSTS500011: The resource principal was not found. Run: az login --scope x")
    #expect(run.outcomes == ["azure_cli failed"])
    #expect(run.failure?.pointer == "/entra/scope")
    #expect(run.failure?.upstreamCode == "AADSTS500011")
  }

  @Test(arguments: ["", "Welcome to Azure!", "{}", #"{"accessToken":""}"#, "<html>"])
  func `says so when the output holds no token`(output: String) {
    let run = Self.run(0, output)
    #expect(run.failure?.code == .protocolError)
    #expect(run.outcomes == ["azure_cli failed"])
  }
}
