import EntraCredential
import Testing
import TransportSDK

@Suite struct `A chain of ways to sign in` {
  @Test
  func
    `tries what the machine offers, in the order of the entry, and says why each was passed over`()
  {
    let run = SignIn("{}", on: FakeHost())
    #expect(run.token == nil)
    #expect(
      run.outcomes == [
        "workload_identity skipped", "managed_identity skipped", "azure_cli skipped",
      ])
    #expect(
      run.failure?.message == """
        no way to sign in is set up on this machine. \
        workload_identity: the entry has no federated_token_file, and AZURE_FEDERATED_TOKEN_FILE is \
        not set. \
        managed_identity: no instance metadata service at 169.254.169.254: connection refused. \
        azure_cli: the command az cannot be run (no such program). Install the Azure CLI and run `az \
        login`.
        """)
    #expect(run.failure?.pointer == "/entra/source")
    #expect(run.failure?.code == .configInvalid)
  }

  @Test func `keeps another order`() {
    let run = SignIn(#"{"source":["azure_cli","managed_identity"]}"#, on: FakeHost())
    #expect(run.outcomes == ["azure_cli skipped", "managed_identity skipped"])
    #expect(run.effects.first?.hasPrefix("az account") == true)
  }

  @Test func `ends at the first source that gives a token`() {
    let host = FakeHost()
    host.replies = [.probed, .token]
    let run = SignIn("{}", on: host)
    #expect(run.outcomes == ["workload_identity skipped", "managed_identity chosen"])
    #expect(!run.effects.contains { $0.hasPrefix("az ") })
    #expect(run.token?.pointer == "/access_token")
  }

  @Test func `goes on to the person where the machine has no identity`() {
    let host = FakeHost()
    host.command = .json(0, #"{"accessToken":"t","expires_on":1800000300}"#)
    let run = SignIn("{}", on: host)
    #expect(
      run.outcomes == ["workload_identity skipped", "managed_identity skipped", "azure_cli chosen"])
    #expect(run.token == IssuedToken(at: "/accessToken", lifetime: .seconds(300)))
  }

  @Test func `does not go on from a source that is set up and fails`() {
    let host = FakeHost()
    host.variables = [
      "AZURE_FEDERATED_TOKEN_FILE": "f", "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c",
    ]
    host.files = ["f"]
    host.replies = [.json(400, #"{"error":"invalid_client","error_codes":[700016]}"#)]
    host.command = .json(0, #"{"accessToken":"t"}"#)
    let run = SignIn("{}", on: host)
    #expect(run.outcomes == ["workload_identity failed"])
    #expect(run.report.first?.reason == run.failure?.message)
    #expect(run.failure?.pointer == "/entra/client_id")
  }

  @Test(arguments: ["AZURE_TENANT_ID", "AZURE_CLIENT_ID"])
  func `goes on from a workload identity of which a part is missing`(variable: String) {
    let host = FakeHost()
    host.variables = [
      "AZURE_FEDERATED_TOKEN_FILE": "f", "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c",
    ]
    host.variables[variable] = nil
    host.files = ["f"]
    host.command = .json(0, #"{"accessToken":"t"}"#)
    let run = SignIn(#"{"source":["workload_identity","azure_cli"]}"#, on: host)
    #expect(run.outcomes == ["workload_identity skipped", "azure_cli chosen"])
    #expect(run.report.first?.reason.hasSuffix("\(variable) is not set") == true)
  }

  @Test func `of all sources ends within 64 steps, however each fails`() {
    let host = FakeHost()
    host.variables = ["IDENTITY_ENDPOINT": "http://127.0.0.1/t"]
    host.replies = [.probed, .json(410, "")]
    let run = SignIn(
      """
      {"source":["client_secret","certificate","workload_identity","azure_cli","managed_identity"]}
      """, on: host)
    #expect(run.failure?.code == .upstreamFailed)
    #expect(run.steps <= 30)
    #expect(run.outcomes.last == "managed_identity failed")
    #expect(run.outcomes.count == 5)
  }
}

@Suite struct `A sign-in that nobody waits for any more` {
  private static let entries = [
    ClientSecretSettings.settings,
    #"{"tenant":"t","client_id":"c","certificate":{"$secret":9}}"#,
    #"{"source":["workload_identity","managed_identity","azure_cli"]}"#,
  ]

  /// Lives as long as the flow's services, and so shows when the flow is gone.
  private final class Witness: Sendable {}

  @Test(arguments: entries)
  func `can be let go at every step`(settings: String) {
    func machine() -> FakeHost {
      let host = FakeHost()
      host.algorithms = [.rs256]
      host.replies = [.json(500, ""), .token]
      return host
    }
    let whole = SignIn(settings, on: machine()).steps
    #expect(whole > 3)
    for limit in 0...whole {
      let host = machine()
      weak var gone: Witness?
      do {
        let witness = Witness()
        gone = witness
        let services = host.services
        let flow = EntraCredential.makeFlow(
          Array(#"{"entra":\#(settings)}"#.utf8), asked: "", scope: SignIn.scope,
          host: HostServices(
            unixTime: { [witness] in
              withExtendedLifetime(witness) {}
              return services.unixTime
            }, random: services.random))
        var result: EffectResult?
        var report = TokenReport()
        for _ in 0..<limit {
          guard case .needs(let effect)? = try? flow?.step(after: result, report: &report) else {
            break
          }
          result = host.perform(effect)
        }
      }
      #expect(gone == nil)
    }
  }

  @Test(arguments: entries)
  func `repeats no effect and no report`(settings: String) {
    let host = FakeHost()
    host.replies = [.probed, .json(500, ""), .token]
    let run = SignIn(settings, on: host)
    #expect(run.effects.count == run.steps - 1)
    #expect(Set(run.report.map(\.name)).count == run.report.count)
  }
}
