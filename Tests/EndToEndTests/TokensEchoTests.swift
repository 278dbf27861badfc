import Foundation
import RawUpstream
import Synchronization
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `A token that the upstream sends back` {
  private static let path = "/api/projects/p/openai/v1"

  /// Answers each request with 401, another audience and every token that it was ever sent.
  private static func server(_ words: String) throws -> (RawServer, () -> [String]) {
    let sent = Seen()
    let server = try RawServer { connection in
      while let (head, _) = connection.readRequest() {
        let lines = head.split(separator: "\r\n").map(String.init)
        let line = lines.first { $0.lowercased().hasPrefix("authorization: bearer ") }
        let all = sent.add(line.map { String($0.dropFirst(22)) } ?? "")
        connection.respond(
          #"{"statusCode":401,"message":"\#(words) \#(all)"}"#, status: "401 Unauthorized",
          headers: "content-type: application/json\r\nx-request-id: \(all)\r\n")
      }
    }
    return (server, { sent.tokens })
  }

  private final class Seen: Sendable {
    private let state = Mutex<[String]>([])
    var tokens: [String] { state.withLock(\.self) }
    func add(_ token: String) -> String {
      state.withLock { tokens in
        tokens.append(token)
        return tokens.joined(separator: " ")
      }
    }
  }

  /// The first token may still be good, be it for another audience.
  @Test(arguments: ["audience is incorrect (https://cognitiveservices.azure.com)", "No."])
  func `stands in no text of the error, nor does the one before it`(words: String) async throws {
    let (server, sent) = try Self.server(words)
    let place = try TokenPlace()
    let host = try place.host(
      SignIn.secret.credential, SignIn.secret.variables,
      baseURLs: [.azureFoundry: server.url + Self.path])
    let error = try #require(await host.failure(.azureFoundry))
    #expect(error.code == .auth)
    #expect(error.attempts.count >= 2)
    let said =
      everything(error) + String(decoding: error.json, as: UTF8.self) + everything(host)
    for token in sent() { #expect(!said.contains(token.prefix(token.count / 2 + 1)), "\(token)") }
    #expect(Set(sent()) == Set(place.tokens.issuer.issued))
  }
}
