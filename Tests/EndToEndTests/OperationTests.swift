import Foundation
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `Operations on stored responses` {
  @Test(arguments: EmulatedUpstream.allCases)
  func `get, input_items and delete reach what create stored`(upstream: EmulatedUpstream)
    async throws
  {
    let host = try Upstreams().host()
    let created = try await host.respond(to: .text("Hello", model: upstream.rawValue))
    let id = try #require(created.id)

    func ask(_ operation: String, _ query: [(name: String, value: String)] = []) async throws
      -> [String: Any]
    {
      let answer = try await host.respond(
        to: CallRequest(
          operation: operation, provider: upstream.rawValue, responseID: id, query: query))
      return try #require(
        try JSONSerialization.jsonObject(with: Data(answer.response)) as? [String: Any])
    }
    #expect(try await ask("get")["id"] as? String == id)
    let items = try await ask("input_items", [("limit", "1")])
    #expect((items["data"] as? [Any])?.count == 1)
    #expect(try await ask("delete")["deleted"] as? Bool == true)
    let error = await #expect(throws: CallError.self) { _ = try await ask("get") }
    #expect(error?.code == .notFound || error?.code == .stateLost)
  }

  @Test(arguments: [EmulatedUpstream.openai, .azureOpenAI])
  func `models are listed`(upstream: EmulatedUpstream) async throws {
    let host = try Upstreams().host()
    let answer = try await host.respond(
      to: CallRequest(operation: "models", provider: upstream.rawValue))
    #expect(String(decoding: answer.response, as: UTF8.self).contains("gpt-5"))
  }

  @Test func `an operation that an upstream lacks is refused before the wire`() async throws {
    let upstreams = try Upstreams()
    let host = try upstreams.host()
    let error = await #expect(throws: CallError.self) {
      try await host.respond(
        to: CallRequest(operation: "unheard_of", provider: "openai"))
    }
    #expect(error?.code == .operationUnsupported)
    #expect(upstreams.requests.isEmpty)
  }
}
