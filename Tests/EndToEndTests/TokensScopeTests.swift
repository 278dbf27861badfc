import Foundation
import RawUpstream
import Synchronization
import Testing
import TransportHost
import UpstreamEmulator

/// B.2: the upstream says which audience it takes.
@Suite struct `A token for another audience (B.2)` {
  private static func credential(scope: String) -> String {
    "{ entra: { \(SignIn.application), client_secret: { env: SECRET }, scope: \(scope)/.default } }"
  }

  /// Upstreams and the audience of the other one.
  private static let mistakes: [(EmulatedUpstream, String)] = [
    (.azureFoundry, EmulatedUpstream.azureOpenAI.audience),
    (.azureOpenAI, EmulatedUpstream.azureFoundry.audience),
  ]

  @Test(arguments: mistakes)
  func `is replaced once, which later calls know`(upstream: EmulatedUpstream, wrong: String)
    async throws
  {
    let place = try TokenPlace()
    let host = try place.host(Self.credential(scope: wrong), SignIn.secret.variables)
    let right = "\(upstream.audience)/.default"
    let answer = try await host.ask(upstream)
    #expect(answer.attempts.map(\.outcome) == ["auth", "ok"])
    #expect(answer.attempts.map(\.next) == ["token of the scope \(right)", nil])
    #expect(try await host.ask(upstream).attempts.map(\.outcome) == ["ok"])
    #expect(place.requests.count == 3)
    #expect(scopes(of: place) == ["\(wrong)/.default", right])
    // What was learnt outlives the token.
    place.clock.advance(by: .seconds(3600))
    #expect(try await host.ask(upstream).attempts.map(\.outcome) == ["ok"])
    #expect(scopes(of: place) == ["\(wrong)/.default", right, right])
  }

  @Test(arguments: mistakes)
  func `is replaced once for twenty calls`(upstream: EmulatedUpstream, wrong: String)
    async throws
  {
    let place = try TokenPlace()
    let host = try place.host(Self.credential(scope: wrong), SignIn.secret.variables)
    for answer in await host.ask(upstream, times: 20) {
      #expect(try answer.get().attempts.last?.outcome == "ok")
    }
    #expect(scopes(of: place) == ["\(wrong)/.default", "\(upstream.audience)/.default"])
  }

  @Test func `is replaced by one that is renewed in its turn`() async throws {
    let place = try TokenPlace()
    let host = try place.host(
      Self.credential(scope: EmulatedUpstream.azureOpenAI.audience), SignIn.secret.variables)
    _ = try await host.ask(.azureFoundry)
    place.tokens.issuer.revokeAll()
    let answer = try await host.ask(.azureFoundry)
    #expect(answer.attempts.map(\.next) == ["token renewed", nil])
    #expect(
      scopes(of: place).suffix(2) == .init(repeating: "https://ai.azure.com/.default", count: 2))
  }

  /// A resource that takes both audiences names both, and does so too when the token has merely ended.
  @Test(arguments: EmulatedUpstream.withTokens)
  func `is not the matter where the upstream names several`(upstream: EmulatedUpstream) async throws
  {
    let place = try TokenPlace(upstreams: {
      $0.quirks = [try? Quirk("both-audiences")].compactMap(\.self)
    })
    let host = try place.host(SignIn.secret.credential, SignIn.secret.variables)
    for _ in 0..<3 {
      #expect(try await host.ask(upstream).attempts.last?.outcome == "ok")
      place.tokens.issuer.revokeAll()
    }
    #expect(place.tokens.requestCount(.login) == 3)
  }

  private func scopes(of place: TokenPlace) -> [String] {
    place.tokens.requests.map { $0.parameter("scope") ?? "" }
  }
}

/// An upstream that would have tokens for what it is not: each answer is a 401 of its own words.
@Suite struct `An upstream that asks for a token of somebody else's` {
  private static let prey = [
    "https://vault.example", "https://management.azure.com", "https://graph.microsoft.com",
    "https://ai.azure.com.evil.example", "https://evil.example", "https://xai.azure.com",
    "https://AI.AZURE.COM", "https://vault.azure.net",
  ]

  private static let words =
    prey.map { "audience is incorrect (\($0))" }
    + prey.map { "audience is incorrect (\($0)/.default)" } + [
      "audience is incorrect (https://ai.azure.com@evil.example)",
      "audience is incorrect (https://evil.example/https://management.azure.com)",
      "audience is incorrect (https://evil.example?https://graph.microsoft.com/.default)",
      "audience https://vault.example\\r\\nscope=https://management.azure.com",
      "audience https://ai.azure.com/.default%20https://graph.microsoft.com/.default",
      "audience https://ai.azure.com https://management.azure.com",
    ]

  private static let shapes = [
    #"{"statusCode":401,"message":"Unauthorized. TEXT"}"#,
    #"{"error":{"code":"401","message":"TEXT"}}"#, "TEXT",
  ]

  @Test(.timeLimit(.minutes(1)), arguments: EmulatedUpstream.withTokens)
  func `gets none, whatever its words`(upstream: EmulatedUpstream) async throws {
    let place = try TokenPlace { $0.resources += Self.prey }
    let said = Mutex("")
    let server = try RawServer { connection in
      while connection.readRequest() != nil {
        connection.respond(
          said.withLock(\.self), status: "401 Unauthorized",
          headers: "content-type: application/json\r\nwww-authenticate: Bearer "
            + "resource_id=\"https://vault.azure.net\", scope=\"https://vault.azure.net/.default\"\r\n"
        )
      }
    }
    let path = upstream == .azureFoundry ? "/api/projects/p/openai/v1" : "/openai/v1"
    for shape in Self.shapes {
      for words in Self.words {
        said.withLock { $0 = shape.replacing("TEXT", with: words) }
        let host = try place.host(
          SignIn.secret.credential, SignIn.secret.variables, baseURLs: [upstream: server.url + path]
        )
        let error = try #require(await host.failure(upstream))
        #expect(error.code == .auth, "\(words)")
      }
    }
    let known = Set(EmulatedUpstream.withTokens.map { "\($0.audience)/.default" })
    let asked = Set(place.tokens.requests.compactMap { $0.parameter("scope") })
    #expect(asked.isSubset(of: known), "\(asked.subtracting(known))")
    #expect(place.tokens.requests.allSatisfy { $0.status == 200 })
  }

  /// A helper would print whatever token it is asked for.
  @Test func `is no scope for a helper either`() async throws {
    let place = try TokenPlace()
    let server = try RawServer { connection in
      while connection.readRequest() != nil {
        connection.respond(
          #"{"statusCode":401,"message":"audience is incorrect (https://vault.example)"}"#,
          status: "401 Unauthorized", headers: "content-type: application/json\r\n")
      }
    }
    try place.write(
      "echo \"scope=$JACKFIELD_SCOPE\" >> \(place.folder.path)/asked; echo some-token",
      to: "helper.sh")
    let host = try place.host(
      "{ exec: { command: [/bin/sh, <FOLDER>/helper.sh] } }",
      baseURLs: [.azureFoundry: "\(server.url)/api/projects/p/openai/v1"])
    #expect(await host.failure(.azureFoundry)?.code == .auth)
    let asked = try String(contentsOf: place.folder.appending(path: "asked"), encoding: .utf8)
    #expect(asked == "scope=\nscope=\n")
  }
}
