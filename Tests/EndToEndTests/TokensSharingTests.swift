import Foundation
import ProviderConfiguration
import RawUpstream
import Testing
import TransportHost
import UpstreamEmulator

/// B.3: one token for all calls, asked for once, and before it ends.
@Suite struct `One token for many calls (B.3)` {
  private let door: Door
  private let place: TokenPlace
  private let host: TransportHost

  init() throws {
    let door = Door()
    self.door = door
    place = try TokenPlace {
      $0.federatedAssertion = {
        door.pass()
        return "foreign-token"
      }
    }
    try place.write("foreign-token", to: "federated")
    host = try place.host(SignIn.workload.credential, SignIn.workload.variables)
  }

  /// How often a token was asked for.
  private var asked: Int { place.tokens.requestCount(.login) }

  @Test(.timeLimit(.minutes(1)))
  func `is asked for once, when it has ended, by twenty calls at once`() async throws {
    _ = try await host.ask(.azureFoundry)
    #expect(asked == 1)
    place.clock.advance(by: .seconds(3600))
    let answers = await host.ask(.azureFoundry, times: 20)
    #expect(
      try answers.map { try $0.get().attempts.map(\.outcome) }
        == .init(repeating: ["ok"], count: 20))
    #expect(asked == 2)
    #expect(Set(place.sent) == Set(place.tokens.issuer.issued))
    #expect(place.sent.count == 21)
  }

  @Test(.timeLimit(.minutes(1)))
  func `is renewed before its end, while the old one still serves`() async throws {
    _ = try await host.ask(.azureFoundry)
    // Renewed after 80 % of its life at the latest.
    place.clock.advance(by: .seconds(2880))
    door.close()
    for answer in await host.ask(.azureFoundry, times: 20) { _ = try answer.get() }
    try await eventually { door.arrived == 2 }
    #expect(Set(place.sent) == [place.tokens.issuer.issued[0]], "the new one is still on its way")
    door.open()
    while place.sent.last != place.tokens.issuer.issued.last || place.tokens.issuer.issued.count < 2
    {
      _ = try await host.ask(.azureFoundry)
    }
    #expect(asked == 2)
  }

  @Test func `serves to its end where the token service fails meanwhile`() async throws {
    _ = try await host.ask(.azureFoundry)
    place.tokens.setFaults([try .ofTokens("429")])
    place.clock.advance(by: .seconds(2880))
    _ = try await host.ask(.azureFoundry)
    place.clock.advance(by: .seconds(700))
    _ = try await host.ask(.azureFoundry)
    place.clock.advance(by: .seconds(700))
    #expect(await host.failure(.azureFoundry)?.code == .rateLimited)
    #expect(Set(place.sent).count == 1)
  }

  @Test(.timeLimit(.minutes(1)))
  func `and which was revoked is renewed once for twenty calls`() async throws {
    let place = try TokenPlace()
    let door = Door()
    let issuer = place.tokens.issuer
    let server = try RawServer { connection in
      while let (head, _) = connection.readRequest() {
        guard let first = issuer.issued.first, head.contains(first) else {
          let answer = ScriptedUpstream.response()
          connection.respond(answer, headers: "content-type: application/json\r\n")
          continue
        }
        door.pass()
        connection.respond("{}", status: "401 Unauthorized")
      }
    }
    let host = try place.host(
      SignIn.secret.credential, SignIn.secret.variables,
      baseURLs: [.azureFoundry: "\(server.url)/api/projects/p/openai/v1"])
    // None is refused before all hold the same token.
    door.close()
    async let calls = host.ask(.azureFoundry, times: 20)
    try await eventually { door.arrived == 20 }
    door.open()
    let answers = try await calls.map { try $0.get() }
    #expect(answers.allSatisfy { $0.attempts.map(\.outcome) == ["auth", "ok"] })
    #expect(answers.allSatisfy { $0.attempts.map(\.status) == [401, 200] })
    #expect(answers.allSatisfy { $0.attempts.map(\.next) == ["token renewed", nil] })
    #expect(place.tokens.requestCount(.login) == 2)
  }

  @Test(.timeLimit(.minutes(1)), arguments: EmulatedUpstream.withTokens)
  func `whose successor is refused too is the error, without a third`(upstream: EmulatedUpstream)
    async throws
  {
    let place = try TokenPlace(upstreams: { $0.tokens = nil })
    let host = try place.host(SignIn.secret.credential, SignIn.secret.variables)
    let first = try #require(await host.failure(upstream))
    #expect(first.code == .auth)
    #expect(first.attempts.map(\.outcome) == ["auth", "auth"])
    #expect(first.attempts.map(\.next) == ["token renewed", nil])
    #expect(first.source?.description.hasPrefix("providers.yaml:") == true)
    for answer in await host.ask(upstream, times: 20) {
      guard case .failure(let error) = answer else { continue }
      #expect(error.code == .auth)
    }
    #expect(place.tokens.requestCount(.login) == 2, "a new one would be refused as well")
  }

  @Test(.timeLimit(.minutes(1)))
  func `is of no concern to a call that is cancelled while others wait for it`() async throws {
    door.close()
    let given = Task { await host.failure(.azureFoundry) }
    try await eventually { door.arrived == 1 }
    let waiting = Task { try await host.ask(.azureFoundry) }
    let other = Task { await host.failure(.azureFoundry) }
    given.cancel()
    other.cancel()
    #expect(await given.value?.code == .cancelled)
    #expect(await other.value?.code == .cancelled)
    #expect(place.requests.isEmpty)
    door.open()
    #expect(try await waiting.value.attempts.map(\.outcome) == ["ok"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `is not waited for when its only call is cancelled, and had by the next`() async throws {
    door.close()
    let call = Task { await host.failure(.azureFoundry) }
    try await eventually { door.arrived == 1 }
    call.cancel()
    // The token service has not answered: the call does not wait for it.
    let error = await call.value
    #expect(error?.code == .cancelled)
    #expect(error?.attempts.isEmpty == true)
    door.open()
    _ = try await host.ask(.azureFoundry)
    #expect(place.requests.count == 1)
    #expect(place.sent == [place.tokens.issuer.issued.last])
  }
}

/// A token service that fails is left alone for a while.
@Suite struct `After failures` {
  /// How long it is left alone after the first failure, the second, and so on.
  private static let pauses = [1, 2, 4, 8, 16, 32, 60, 60]

  @Test func `the token service is asked after 1, 2, 4 and at last each 60 seconds`() async throws {
    let place = try TokenPlace { $0.faults = [try .ofTokens("429")] }
    let host = try place.host(SignIn.secret.credential, SignIn.secret.variables)
    for (number, pause) in Self.pauses.enumerated() {
      #expect(await host.failure(.azureOpenAI)?.code == .rateLimited)
      #expect(place.tokens.requestCount(.login) == number + 1)
      place.clock.advance(by: .seconds(pause) - .milliseconds(1))
      for answer in await host.ask(.azureOpenAI, times: 5) {
        #expect(throws: CallError.self) { try answer.get() }
      }
      #expect(place.tokens.requestCount(.login) == number + 1, "it is left alone for \(pause) s")
      place.clock.advance(by: .milliseconds(1))
    }
    place.tokens.setFaults([])
    _ = try await host.ask(.azureOpenAI)
    #expect(place.tokens.requestCount(.login) == Self.pauses.count + 1)
  }

  @Test func `it is asked after as long as it says`() async throws {
    let place = try TokenPlace { $0.faults = [try .ofTokens("429:45")] }
    let host = try place.host(SignIn.secret.credential, SignIn.secret.variables)
    #expect(await host.failure(.azureOpenAI)?.retryAfter == .seconds(45))
    place.clock.advance(by: .seconds(44))
    _ = await host.failure(.azureOpenAI)
    #expect(place.tokens.requestCount(.login) == 1)
    place.clock.advance(by: .seconds(1))
    _ = await host.failure(.azureOpenAI)
    #expect(place.tokens.requestCount(.login) == 2)
  }

  /// One entry of credentials is one token source for each provider that names it.
  @Test func `of one provider's token, another provider's is not held up`() async throws {
    let place = try TokenPlace { $0.faults = [try .ofTokens("429x1")] }
    let host = try place.host(SignIn.secret.credential, SignIn.secret.variables)
    #expect(await host.failure(.azureOpenAI)?.code == .rateLimited)
    _ = try await host.ask(.azureFoundry)
  }

  /// B.3: 5xx once again after a second, 410 of a machine's service after ten; the probe meets one.
  @Test(arguments: [
    (SignIn.secret, "503x1", 2, 1), (SignIn.machine, "410x7#a", 8, 60),
    (SignIn.machine, "503x4", 5, 7),
  ])
  func `that pass, the token comes late (B.3)`(
    way: SignIn, fault: String, requests: Int, seconds: Int
  ) async throws {
    let place = try TokenPlace { $0.faults = [try .ofTokens(fault)] }
    let host = try place.host(way.credential, way.variables)
    _ = try await host.ask(.azureFoundry)
    let endpoint = try #require(way.endpoint)
    #expect(place.tokens.requestCount(endpoint) == requests)
    #expect(place.clock.now == .seconds(seconds))
  }
}
