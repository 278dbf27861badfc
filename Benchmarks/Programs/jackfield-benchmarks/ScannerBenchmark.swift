import AgentHistory
import Foundation
import JSONText

extension Benchmark {
  /// JSONText on agent histories: the first pass over a body, and the walk of a second.
  static let scanner = Benchmark(
    name: "scanner",
    summary: "JSONText on agent histories of 1 MB, seed 1; limit: memchr, peer: JSONSerialization"
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
        { blackHole(walkMembers(of: index.root, in: body.span)) },
        { blackHole(rawScan(body.span, for: UInt8.random(in: 0...3))) },
        { blackHole(try JSONSerialization.jsonObject(with: data)) },
      ])
    let speeds = seconds.map { Speed(units: Double(body.count), seconds: $0) }
    let limit = (name: "memchr", speed: speeds[3])
    let peer = (name: "JSONSerialization", speed: speeds[4])
    return [
      Row(
        subject: "validate and index, \(flavour)", speed: speeds[0], references: [limit, peer],
        goal: 1e9),
      Row(
        subject: "walk the items, \(flavour)", speed: speeds[1], references: [limit], goal: 3e9),
      Row(
        subject: "walk every member, \(flavour)", speed: speeds[2], references: [limit], goal: nil),
    ]
  }

  /// What a plugin does whose rules look at each item's type, and at the parts of messages.
  private static func walkItems(of index: JSONIndex, in text: Span<UInt8>) -> Int {
    guard let input = index.members.first(where: { $0.isNamed("input", in: text) })?.value else {
      return 0
    }
    var count = 0
    var items = JSONItems(of: input)
    while let item = items.next(in: text) {
      if item.kind == .object { count += 1 }
    }
    return count
  }

  /// Every value there is, each container entered by a cursor of its own.
  private static func walkMembers(of value: JSONValue, in text: Span<UInt8>) -> Int {
    var count = 1
    var members = JSONMembers(of: value)
    while let member = members.next(in: text) { count += walkMembers(of: member.value, in: text) }
    var items = JSONItems(of: value)
    while let item = items.next(in: text) { count += walkMembers(of: item, in: text) }
    return count
  }

  /// A scan for a byte that no text holds: what reading the bytes alone costs.
  @inline(never)
  private static func rawScan(_ text: Span<UInt8>, for byte: UInt8) -> Bool {
    // SAFETY: the buffer is read within the closure only, up to its count.
    unsafe text.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return false }
      return unsafe memchr(start, Int32(byte), buffer.count) != nil
    }
  }
}
