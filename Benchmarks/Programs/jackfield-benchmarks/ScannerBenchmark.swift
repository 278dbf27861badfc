import AgentHistory
import Foundation
import JSONText

extension Benchmark {
  /// JSONText on agent histories: the first pass over a body, and the walk of a second.
  static let scanner = Benchmark(
    name: "scanner",
    summary: "JSONText on agent histories of 1 MB, seed 1; limit memchr, peer JSONSerialization"
  ) { settings in
    try AgentHistory.Flavour.allCases.flatMap { flavour in
      try rows(of: AgentHistory.body(byteCount: 1_000_000, flavour: flavour), flavour, settings)
    }
  }

  private static func rows(
    of body: [UInt8], _ flavour: AgentHistory.Flavour, _ settings: Settings
  ) throws -> [Row] {
    let data = Data(body)
    let index = try JSONText.index(body.span)
    let seconds = try Stopwatch.seconds(
      rounds: settings.rounds,
      [
        { blackHole(try JSONText.index(body.span)) },
        { blackHole(walkItems(of: index, in: body.span)) },
        { blackHole(walkMembers(of: index, in: body.span)) },
        { blackHole(Limits.rawScan(body.span)) },
        { blackHole(try JSONSerialization.jsonObject(with: data)) },
      ])
    let speeds = seconds.map { Measurement(bytes: body.count, seconds: $0) }
    let limit = (name: "memchr", measurement: speeds[3])
    let peer = (name: "JSONSerialization", measurement: speeds[4])
    return [
      Row(
        subject: "validate and index, \(flavour)", measured: speeds[0], references: [limit, peer],
        goal: .atLeast(1e9)),
      Row(
        subject: "walk the items, \(flavour)", measured: speeds[1], references: [limit],
        goal: .atLeast(3e9)),
      Row(
        subject: "walk items, members and parts, \(flavour)", measured: speeds[2],
        references: [limit]),
    ]
  }

  /// The place of each item.
  private static func walkItems(of index: JSONIndex, in text: Span<UInt8>) -> Int {
    guard let input = index.member("input", in: text) else { return 0 }
    var count = 0
    var items = JSONItems(of: input)
    while let item = items.next(in: text) {
      if item.kind == .object { count += 1 }
    }
    return count
  }

  /// What a plugin does whose rules look at the members of each item and of each part of a message.
  private static func walkMembers(of index: JSONIndex, in text: Span<UInt8>) -> Int {
    guard let input = index.member("input", in: text) else { return 0 }
    var count = 0
    var members: [JSONMember] = []
    var partMembers: [JSONMember] = []
    var items = JSONItems(of: input)
    while items.next(in: text, members: &members) != nil {
      guard let content = members.first(where: { $0.isNamed("content", in: text) }) else {
        continue
      }
      var parts = JSONItems(of: content.value)
      while parts.next(in: text, members: &partMembers) != nil {
        for member in partMembers where member.isNamed("type", in: text) { count += 1 }
      }
    }
    return count
  }
}

extension JSONIndex {
  /// The last member called `name`.
  func member(_ name: StaticString, in text: Span<UInt8>) -> JSONValue? {
    members.last { $0.isNamed(name, in: text) }?.value
  }
}
