import Foundation
import Testing
import TransportHost
import UpstreamEmulator

/// State of which nobody can tell who made it, or that nobody has any more.
@Suite struct `State that cannot be followed` {
  private static func followUp(_ id: String?) -> String {
    #""input":"And now?","previous_response_id":"\#(id ?? "")""#
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `ends in an error that names state_key, where a second process does not know the id`(
    upstream: EmulatedUpstream
  ) async throws {
    let resources = try Resources.three(of: upstream)
    let text = resources.configuration(model: "    strategy: priority", isKeyed: false)
    let elsewhere = resources.configuration(
      model: "    strategy: priority", targets: ["c", "b", "a"], isKeyed: false)
    let made = try await resources.host(text).turn(#""input":"Hello""#)
    #expect(made.id?.contains("_jf1") == false, "nothing is tagged without a key")
    let error = await (try resources.host(elsewhere, clock: VirtualClock()))
      .failure(Self.followUp(made.id))
    #expect(error?.code == .stateLost || error?.code == .stateNotReady)
    #expect(
      error?.message.hasSuffix(
        "Nobody here knows which provider made \"\(made.id ?? "")\". A state_key in the file lets ids"
          + " tell, after a restart and in every process.") == true, "\(error?.message ?? "")")
    #expect(resources["b"].requests.isEmpty, "nor is it tried on everybody")
  }

  @Test func `is told before it is sent`() async throws {
    let resources = try Resources.three(of: .openai)
    let host = try resources.host(resources.configuration(isKeyed: false))
    let request = CallRequest(body: Array(#"{"model":"m",\#(Self.followUp("resp_1"))}"#.utf8))
    #expect(
      try host.explain(request).warnings == [
        "Nobody here knows which provider made \"resp_1\". A state_key in the file lets ids tell, after"
          + " a restart and in every process. Whichever target comes first is asked for it."
      ])
    let keyed = try resources.host().explain(request)
    #expect(
      keyed.warnings == [
        "Nobody here knows which provider made \"resp_1\": it carries no tag, and this program did not"
          + " see it made. Whichever target comes first is asked for it."
      ])
  }

  @Test func `needs a name where an operation has nothing but an id that tells nothing`()
    async throws
  {
    let resources = try Resources.three(of: .openai)
    let without = await #expect(throws: CallError.self) {
      try await resources.host(resources.configuration(isKeyed: false)).ask("get", "resp_1")
    }
    #expect(without?.code == .requestInvalid)
    #expect(
      without?.message.hasSuffix(
        "With a state_key in the file the ids of responses tell who made them.") == true)
    let with = await #expect(throws: CallError.self) {
      try await resources.host().ask("get", "resp_1")
    }
    #expect(
      with?.message.hasSuffix("The id carries no tag of state_key that would tell who made it.")
        == true)
  }

  @Test func `is known within a program without a key, as soon as a stream begins`() async throws {
    let resources = try Resources.three(of: .openai)
    let host = try resources.host(resources.configuration(isKeyed: false))
    for _ in 0..<6 {
      let stream = try await host.stream(
        CallRequest(
          body: Array(#"{"model":"m","input":"Hello","stream":true,"background":true}"#.utf8)))
      var id: String?
      for try await event in stream where id == nil {
        let data = try JSONSerialization.jsonObject(with: Data(event.data)) as? [String: Any]
        id = (data?["response"] as? [String: Any])?["id"] as? String
        let got = try await host.ask("get", id)
        #expect(got.id == id)
      }
      let answer = try await host.ask("get", id)
      #expect(answer.provider == stream.result?.provider)
    }
  }

  @Test(arguments: [false, true])
  func `is state_lost where the key was rotated or the id altered, and nobody is asked`(
    isAltered: Bool
  ) async throws {
    let resources = try Resources.three(of: .azureOpenAI)
    let made = try await resources.host().turn(#""input":"Hello""#)
    var id = try #require(made.id)
    if isAltered {
      id = (id.first == "r" ? "s" : "r") + id.dropFirst()
    } else {
      resources.setTags("another-secret-of-tags")
    }
    let before = resources.counts
    let host = try resources.host()
    let error = await host.failure(Self.followUp(id))
    #expect(error?.code == .stateLost)
    #expect(error?.pointer == "/previous_response_id")
    #expect(error?.message.contains("altered, or made under another key") == true)
    #expect(error?.attempts.isEmpty == true)
    let got = await #expect(throws: CallError.self) { try await host.ask("get", id) }
    #expect(got?.code == .stateLost)
    #expect(throws: CallError.self) {
      try host.explain(CallRequest(body: Array(#"{"model":"m",\#(Self.followUp(id))}"#.utf8)))
    }
    #expect(resources.counts == before)
  }

  @Test func `is state_lost where its maker is gone from the file`() async throws {
    let resources = try Resources(["a": .openai, "b": .openai])
    let only = resources.configuration(model: "    strategy: priority")
    let made = try await resources.host(only).turn(#""input":"Hello""#)
    #expect(made.provider == "a")
    let without = only.replacing("  a:\n", with: "  z:\n").replacing(
      "provider: a", with: "provider: z"
    )
    .replacing(resources["a"].listener.baseURL, with: "http://127.0.0.1:1/v1")
    let host = try resources.host(without)
    let error = await host.failure(Self.followUp(made.id))
    #expect(error?.code == .stateLost)
    #expect(
      error?.message
        == "what the request goes on from was made by a provider that is not configured any more, and"
        + " no target of \"m\" can read it. Begin anew, or send the items themselves.")
    let got = await #expect(throws: CallError.self) { try await host.ask("get", made.id) }
    #expect(got?.code == .stateLost)
    #expect(resources.counts == [1, 0])
  }

  @Test func `is found where its maker has another name and the same boundary`() async throws {
    let resources = try Resources(["a": .azureOpenAI, "b": .azureOpenAI])
    let text = resources.configuration(model: "    strategy: priority")
    let made = try await resources.host(text).turn(#""input":"Hello""#)
    let renamed = text.replacing("  a:\n", with: "  east:\n")
      .replacing("provider: a,", with: "provider: east,")
    let host = try resources.host(renamed)
    let answer = try await host.turn(Self.followUp(made.id))
    #expect(answer.provider == "east")
    #expect(try await host.ask("get", made.id).provider == "east")
  }
}
