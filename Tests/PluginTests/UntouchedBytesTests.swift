import Foundation
import JSONText
import Testing
import TransportSDK

@Suite struct `Any request` {
  static let seeds = Array(UInt64(1)...400)

  @Test(arguments: Plugin.strict)
  func `becomes what a naive reading of the rules says`(plugin: Plugin) throws {
    for seed in Self.seeds {
      var random = RandomRequest(seed: seed)
      let text = random.text()
      let prepared = Prepared(text, by: plugin)
      let sent = try JSONSerialization.jsonObject(with: Data(prepared.body.utf8)) as? NSDictionary
      let expected = try NaiveRules.apply(to: text)
      #expect(sent == expected, "seed \(seed): \(text)\n→ \(prepared.body)")
      #expect(prepared.edits.isEmpty == (prepared.body == text), "seed \(seed)")
    }
  }

  /// What every request is amended with at once, though no host would.
  static let amendments = [
    "newest-reasoning", "drop-reasoning:af63df4c8601f1a5", "inline-replay", "drop-duplicates",
    "drop-param:temperature", "drop-param:include", "drop-param:store", "drop-param:input[].phase",
  ]

  @Test(arguments: Plugin.allCases, amendments.map { [$0] } + [amendments])
  func `is amended once and no further, and stays JSON`(
    plugin: Plugin, amendments: [String]
  ) throws {
    for seed in Self.seeds {
      var random = RandomRequest(seed: seed)
      let text = random.text()
      let once = Prepared(text, by: plugin, amendments: amendments)
      #expect(once.failure == nil)
      #expect(once.edits.isEmpty == (once.body == text), "seed \(seed): \(text)")
      _ = try JSONSerialization.jsonObject(with: Data(once.body.utf8))
      let twice = Prepared(once.body, by: plugin, amendments: amendments)
      #expect(twice.body == once.body, "seed \(seed): \(text)")
      #expect(twice.edits.isEmpty, "seed \(seed): \(once.body)")
    }
  }

  @Test(arguments: Plugin.strict)
  func `needs no edit a second time`(plugin: Plugin) {
    for seed in Self.seeds {
      var random = RandomRequest(seed: seed)
      let once = Prepared(random.text(), by: plugin)
      let twice = Prepared(once.body, by: plugin)
      #expect(twice.edits.isEmpty, "seed \(seed): \(once.body)")
      #expect(twice.body == once.body, "seed \(seed)")
    }
  }

  @Test(arguments: Plugin.allCases)
  func `keeps every byte that lies outside of the reported edits`(plugin: Plugin) throws {
    for seed in Self.seeds {
      var random = RandomRequest(seed: seed)
      let text = random.text()
      let body = Array(text.utf8)
      let exchange = try exchange(body, plugin)
      let rope = try #require(exchange.body)
      for change in changes(in: rope, length: body.count) {
        #expect(
          exchange.edits.contains { explains($0, change, in: body) },
          "seed \(seed): \(text) changed at \(change) without a report")
      }
      #expect(exchange.edits.isEmpty == (rope.pieces == [.input(0..<body.count)]))
    }
  }

  private func exchange(_ body: [UInt8], _ plugin: Plugin) throws -> ExchangeDraft {
    var report = SettingsReport()
    let transport = try plugin.type.init(
      settings: TransportSettings(provider: "p", baseURL: plugin.baseURL), report: &report)
    let request = TransportRequest(
      operation: .create, members: try JSONText.index(body.span).members)
    var exchange = ExchangeDraft()
    try transport.prepare(request, body: body.span, exchange: &exchange)
    return exchange
  }

  /// The ranges of the input that are gone or before which something was put.
  private func changes(in rope: JSONRope, length: Int) -> [Range<Int>] {
    var changes: [Range<Int>] = []
    var offset = 0
    var hasLiteral = false
    for piece in rope.pieces {
      switch piece {
      case .literal: hasLiteral = true
      case .input(let range):
        if hasLiteral || range.lowerBound > offset { changes.append(offset..<range.lowerBound) }
        offset = range.upperBound
        hasLiteral = false
      }
    }
    if hasLiteral || offset < length { changes.append(offset..<length) }
    return changes
  }

  private func explains(_ edit: ExchangeDraft.Edit, _ change: Range<Int>, in body: [UInt8]) -> Bool
  {
    switch edit.action {
    // An addition stands right behind the bracket of its container.
    case .add: change == edit.offset + 1..<edit.offset + 1
    case .remove: change.contains(edit.offset)
    case .replace:
      // Either the value is gone, or it stays and something was put around it.
      change.contains(edit.offset) || change == edit.offset..<edit.offset
        || change.isEmpty && value(at: edit.offset, in: body)?.upperBound == change.lowerBound
    }
  }

  private func value(at offset: Int, in body: [UInt8]) -> Range<Int>? {
    var reader = JSONReader(at: offset)
    return reader.skip(in: body.span)?.range
  }
}
