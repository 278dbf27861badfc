import Foundation
import JSONText
import Testing
import TransportSDK

@Suite struct `What a hostile upstream says` {
  /// Refusals of each seed and plugin: 10,800 in all.
  ///
  /// `CLASSIFY_ROUNDS=2800` makes 100,800, in a minute.
  private static let rounds =
    ProcessInfo.processInfo.environment["CLASSIFY_ROUNDS"].flatMap(Int.init) ?? 300

  @Test(arguments: Plugin.allCases, 1...12 as ClosedRange<UInt64>)
  func `is explained within bounds, whatever it is`(plugin: Plugin, seed: UInt64) throws {
    var upstream = HostileUpstream(seed: seed)
    let transport = try #require(
      Entry(plugin, TransportSettings(provider: plugin.rawValue, baseURL: plugin.baseURL)).transport
    )
    for _ in 0..<Self.rounds {
      let body = upstream.body()
      let head = ResponseHead(
        status: upstream.status(), headers: upstream.headers(), operation: "create", model: "m",
        responseID: "", notes: upstream.notes())
      let failure = transport.classify(head, body: body.span)
      try check(failure, body)
    }
  }

  private func check(_ failure: TransportFailure, _ body: [UInt8]) throws {
    func show() -> Comment { "\(failure)\n\(String(decoding: body.prefix(3000), as: UTF8.self))" }
    // jf_failure.h: an amendment has at most 1 KiB, a hint is not negative.
    if failure.amendment.utf8.count > 1024 { Issue.record(show()) }
    if failure.message.isEmpty || failure.message.utf8.count > 8 << 10 { Issue.record(show()) }
    if let wait = failure.retryAfter, wait < .zero { Issue.record(show()) }
    if failure.stateID.utf8.count > 4 << 10 { Issue.record(show()) }
    // Q15: a scope outside of the plugin's own would hand its tokens to whoever is named.
    let scopes = [
      "", "https://ai.azure.com/.default", "https://cognitiveservices.azure.com/.default",
    ]
    if !scopes.contains(failure.tokenScope) { Issue.record(show()) }
  }

  @Test(arguments: Plugin.allCases, 1...6 as ClosedRange<UInt64>)
  func `changes no more of a request than optional fields`(plugin: Plugin, seed: UInt64) throws {
    var upstream = HostileUpstream(seed: seed &+ 1000)
    var requests = RandomRequest(seed: seed)
    for _ in 0..<250 {
      let text = requests.text()
      let amendments = (0..<1 + upstream.next(5)).map { _ in upstream.amendment() }
      let prepared = Prepared(text, by: plugin, amendments: amendments)
      let comment: Comment = "\(amendments)\n\(text)\n\(prepared.body)"
      guard prepared.failure == nil else { continue }
      let bytes = Array(prepared.body.utf8)
      let root = try #require(try? JSONText.validate(bytes.span), comment)
      #expect(root.member("model", in: bytes.span) != nil, comment)
      #expect(root.member("input", in: bytes.span)?.kind == .array, comment)
    }
  }

  @Test(
    arguments: Plugin.allCases,
    [
      "drop-param:../../", "drop-param:input[999999999999]", "drop-param:model", "drop-param:input",
      "drop-param:tools", "drop-param:", "drop-param:e\u{301}", "drop-param:include[]",
      "drop-reasoning:", "drop-reasoning:zzzz", "drop-reasoning:ffffffffffffffffffffffff",
      "drop-param:temperature.x", "no-such-thing", "",
    ]) func `an amendment that nobody offers changes nothing`(
      plugin: Plugin, amendment: String
    )
  {
    let text = #"{"model":"m","input":"Hi","tools":[],"temperature":1,"include":["x"]}"#
    #expect(
      Prepared(text, by: plugin, amendments: [amendment]).body
        == Prepared(text, by: plugin).body)
  }

  @Test(arguments: Plugin.strict)
  func `a field of endless name is no amendment`(plugin: Plugin) throws {
    let name = "include[\(String(repeating: "y", count: 2000))]"
    let failure = try classify(
      400,
      #"{"error":{"message":"Unsupported parameter","type":"invalid_request_error","#
        + #""param":"\#(name)","code":"unsupported_parameter"}}"#, by: plugin)
    #expect(failure.amendment == "")
  }
}
