import Testing
import TransportSDK

/// What a refusal offers besides its words: retries, tokens, ids.
@Suite struct `A refusal offers` {
  private static let strictBase = "https://r.services.ai.azure.com/api/projects/p"

  static let hints: [(Int, String, String, TransportFailure.Retry)] = [
    (400, wrapped(nil, "odd"), "true", .yes), (503, "", "false", .no), (429, "", "true", .yes),
    (429, "", "maybe", .unsaid), (429, wrapped("insufficient_quota", "x"), "true", .no),
    (400, wrapped("content_filter", "x"), "true", .no),
    (429, wrapped("insufficient_quota", "x"), "", .no), (409, "", "", .yes),
    (409, "", "false", .no),
    (500, "", "", .unsaid), (408, "", "", .unsaid),
  ]

  @Test(arguments: Plugin.allCases, hints)
  func `the upstream's own word on another try, but for quota and filter (E.2)`(
    plugin: Plugin, row: (status: Int, body: String, header: String, retry: TransportFailure.Retry)
  ) throws {
    let headers = row.header.isEmpty ? [] : [(name: "x-should-retry", value: row.header)]
    #expect(try classify(row.status, row.body, headers, by: plugin).retry == row.retry)
  }

  @Test func `a delay with a retry that the status alone would not give (E.3)`() throws {
    let headers = [(name: "x-should-retry", value: "true"), (name: "retry-after", value: "3")]
    #expect(try classify(400, "", headers, by: .openai).retryAfter == .seconds(3))
    #expect(try classify(400, "", [headers[1]], by: .openai).retryAfter == nil)
  }

  // MARK: - Tokens

  private static func audience(_ text: String) -> String {
    #"{"statusCode":401,"message":"Unauthorized. Access token is missing, invalid, audience is incorrect (\#(text)), or have expired."}"#
  }

  static let audiences: [(Plugin, String, String)] = [
    (.azureFoundry, "https://ai.azure.com", "https://ai.azure.com/.default"),
    (.azureOpenAI, "https://ai.azure.com", "https://ai.azure.com/.default"),
    (
      .azureOpenAI, "https://cognitiveservices.azure.com",
      "https://cognitiveservices.azure.com/.default"
    ),
    (
      .azureOpenAI, "https://cognitiveservices.azure.com or https://ai.azure.com/",
      "https://ai.azure.com/.default"
    ),
    (
      .azureFoundry, "https://cognitiveservices.azure.com, https://ai.azure.com",
      "https://cognitiveservices.azure.com/.default"
    ),
    (.azureOpenAI, "https://ai.azure.us", "https://ai.azure.us/.default"),
    (.azureOpenAI, "https://AI.Azure.com", "https://ai.azure.com/.default"),
    (.azureOpenAI, "https://ai.azure.com.evil.example", ""),
    (.azureOpenAI, "https://management.azure.com", ""), (.azureOpenAI, "http://ai.azure.com", ""),
    (.azureOpenAI, "", ""),
  ]

  @Test(arguments: audiences)
  func `the scope whose audience a 401 names, if the plugin knows it (E.2, B.2)`(
    plugin: Plugin, text: String, scope: String
  ) throws {
    let settings = TransportSettings(
      provider: "a", baseURL: plugin.baseURL, authentication: .bearer)
    let failure = try classify(401, Self.audience(text), by: plugin, settings: settings)
    #expect(failure.code == .auth)
    #expect(failure.tokenScope == scope)
    let keyed = try classify(401, Self.audience(text), by: plugin)
    #expect(keyed.tokenScope.isEmpty, "a key has no scope")
  }

  @Test func `no scope where the audience stands in another refusal`() throws {
    let settings = TransportSettings(
      provider: "a", baseURL: Plugin.azureFoundry.baseURL, authentication: .bearer)
    let failure = try classify(
      403, #"{"message":"audience https://ai.azure.com"}"#, by: .azureFoundry, settings: settings)
    #expect(failure.tokenScope.isEmpty)
  }

  // MARK: - State

  static let states: [(Int, String, String)] = [
    (400, wrapped(nil, "Item with id 'fc_68Ab' not found."), "fc_68Ab"),
    (400, wrapped(nil, "İtem: ITEM with ID `rs_Ä1` not found."), "rs_"),
    (404, wrapped(nil, "Previous response with id 'resp_1-x' not found."), "resp_1-x"),
    (400, wrapped("previous_response_not_found", "gone"), "resp_parent"),
    (400, wrapped(nil, "Item with id 'rs_1' not found. Items are not persisted"), "rs_1"),
  ]

  @Test(arguments: Plugin.allCases, states)
  func `the id that was not found (E.2, E.4)`(
    plugin: Plugin, row: (status: Int, body: String, id: String)
  ) throws {
    let failure = try classify(
      row.status, row.body, by: plugin, notes: ["parent:resp_parent", "inline-replay"])
    #expect(failure.stateID == row.id)
    #expect(failure.amendment == "inline-replay")
    #expect(!failure.isLasting)
  }

  @Test(arguments: Plugin.strict, [Operation.get, .delete, .cancel, .inputItems])
  func `the response that cannot be read yet (E.2)`(plugin: Plugin, operation: Operation) throws {
    let bodies = ["", wrapped(nil, "Response with id 'resp_1' not found."), "not found"]
    for body in bodies {
      let failure = try classify(404, body, by: plugin, operation: operation, responseID: "resp_1")
      #expect(failure.code == .stateNotReady)
      #expect(failure.stateID == "resp_1")
      #expect(failure.message.contains("`resp_1`"))
    }
    let lost = try classify(
      404, gateway("404", "Resource not found"), by: plugin, operation: operation,
      responseID: "resp_1")
    #expect(lost.code == .notFound, "a path that does not exist is no response")
  }

  @Test func `no wait where nothing lags`() throws {
    let failure = try classify(404, "", by: .openai, operation: .get, responseID: "resp_1")
    #expect(failure.code == .notFound)
    for plugin in Plugin.allCases {
      let facts = try #require(Entry(plugin, baseURL: plugin.baseURL).transport).facts
      #expect(facts.stateLag == (plugin == .openai ? .zero : .seconds(60)))
    }
  }

  @Test(arguments: Plugin.strict)
  func `a wait for the parent whose call is not found, and none without a parent (E.2)`(
    plugin: Plugin
  ) throws {
    let body = wrapped(nil, "No tool call found for function call output with call_id call_1.")
    let chained = try classify(400, body, by: plugin, notes: ["parent:resp_1"])
    #expect(chained.code == .stateNotReady)
    #expect(chained.stateID == "resp_1")
    #expect(chained.amendment.isEmpty)
    #expect(try classify(400, body, by: plugin).code == .requestInvalid)
  }

  @Test func `nothing to wait for in a lock`() throws {
    let failure = try classify(
      409, wrapped(nil, "busy"), by: .azureOpenAI, notes: ["inline-replay"])
    #expect(failure.code == .stateNotReady)
    #expect(failure.stateID.isEmpty)
    #expect(failure.amendment.isEmpty)
  }
}
