import AgentHistory
import Foundation
import JSONText

extension Benchmark {
  /// What changing a body costs beyond finding the places.
  static let edits = Benchmark(
    name: "edits",
    summary: "JSONText's rope over an agent history of 1 MB, seed 1; peer: one copy of the body"
  ) { settings in
    let body = AgentHistory.body(byteCount: 1_000_000)
    let data = Data(body)
    let index = try JSONText.index(body.span)
    let objects = itemEdits(of: index, in: body.span)
    let seconds = try Stopwatch.seconds(
      rounds: settings.rounds,
      [
        {
          // One alone is shorter than the clock is exact.
          for _ in 0..<100 { blackHole(splice(objects.prefix(0)).rope(over: body.count)) }
        },
        { for _ in 0..<100 { blackHole(splice(objects.prefix(1)).rope(over: body.count)) } },
        { blackHole(splice(objects).rope(over: body.count)) },
        { blackHole(unordered(objects).rope(over: body.count)) },
        { blackHole(copy(data)) },
      ])
    let durations = zip(seconds, [100, 100, 1, 1, 1]).map { Measurement(seconds: $0, count: $1) }
    let names = ["no edit", "one item", "\(objects.count) items", "the same, last item first"]
    return zip(names, durations).map { name, duration in
      Row(subject: name, measured: duration, references: [("copy", durations[4])])
    }
  }

  private static func itemEdits(of index: JSONIndex, in text: Span<UInt8>) -> [JSONObjectEdit] {
    guard let input = index.member("input", in: text) else { return [] }
    return JSONArrayEdit(input, in: text).items.prefix(500).map { JSONObjectEdit($0, in: text) }
  }

  /// Two splices an item: a member goes, a member comes.
  private static func splice(_ objects: some Sequence<JSONObjectEdit>) -> JSONEdits {
    var edits = JSONEdits()
    for var object in objects {
      object.remove(at: 0)
      object.add("status", Array("null".utf8))
      object.apply(to: &edits)
    }
    return edits
  }

  private static func unordered(_ objects: [JSONObjectEdit]) -> JSONEdits {
    splice(objects.reversed())
  }

  @inline(never)
  private static func copy(_ data: Data) -> [UInt8] { Array(data) }
}
