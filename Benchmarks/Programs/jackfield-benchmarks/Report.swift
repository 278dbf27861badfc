/// Prints rows: what was reached, and the ratio to each limit or peer.
enum Report {
  static func print(_ benchmark: Benchmark, _ rows: [Benchmark.Row]) {
    Swift.print("\(benchmark.name): \(benchmark.summary)")
    let width = rows.map(\.subject.count).max() ?? 0
    for row in rows { Swift.print(line(of: row, width: width)) }
  }

  private static func line(of row: Benchmark.Row, width: Int) -> String {
    let unit = row.measured.unit
    let padding = String(repeating: " ", count: width - row.subject.count)
    var line = "  \(row.subject)\(padding)  \(unit.text(of: row.measured.best))"
    line += " (median \(unit.text(of: row.measured.median)))"
    for (name, reference) in row.references {
      let ratio = row.ratio(to: reference)
      line += "  \(ratio.text(places: ratio < 10 ? 2 : 0)) × \(name)"
      line += " (\(unit.text(of: reference.best)))"
    }
    return line + verdict(of: row)
  }

  private static func verdict(of row: Benchmark.Row) -> String {
    guard let goal = row.goal, let isGood = row.isGood else { return "" }
    let unit = row.measured.unit
    let text =
      switch goal {
      case .atLeast(let least): "at least \(unit.text(of: least))"
      case .atMost(let most): "at most \(unit.text(of: most))"
      case .ratioAtMost(let most): "at most \(most.text(places: 2)) ×"
      }
    return "  \(isGood ? "ok" : "MISSED"): \(text)"
  }
}

extension Measurement.Unit {
  fileprivate func text(of value: Double) -> String {
    switch self {
    case .bytesPerSecond: "\((value / 1e9).text(places: 2)) GB/s"
    case .seconds where value < 1e-6: "\((value * 1e9).text(places: 0)) ns"
    case .seconds where value < 1e-3: "\((value * 1e6).text(places: 2)) µs"
    case .seconds: "\((value * 1e3).text(places: 2)) ms"
    }
  }
}

extension Double {
  fileprivate func text(places: Int) -> String {
    guard places > 0 else { return String(Int(rounded())) }
    let hundredths = Int((self * 100).rounded())
    return "\(hundredths / 100).\(String(hundredths % 100 + 100).dropFirst())"
  }
}
