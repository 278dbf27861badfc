import Foundation

/// Prints one table: what was reached, the ratio to each limit or peer, and whether that is good.
enum Report {
  private static let widths = [44, 12, 12, 60]

  /// The machine, and what the columns are.
  static func printHead() {
    Swift.print("\(Machine.day), \(Machine.description), load \(Machine.load)")
    Swift.print(line(["", "best", "median", "over limit or peer (its best)", "goal"]))
  }

  /// A benchmark's rows.
  static func print(_ benchmark: Benchmark, _ rows: [Benchmark.Row]) {
    Swift.print("\(benchmark.name): \(benchmark.summary)")
    for row in rows { Swift.print(line(cells(of: row))) }
    // Whoever waits for minutes wants to see what is there.
    _ = fflush(nil)
  }

  /// How busy the machine was meanwhile.
  static func printFoot() { Swift.print("load at the end \(Machine.load)") }

  private static func line(_ cells: [String]) -> String {
    let padded = zip(cells, widths + [0]).map { cell, width in
      cell + String(repeating: " ", count: max(0, width - cell.count))
    }
    return "  " + padded.joined(separator: "  ")
  }

  private static func cells(of row: Benchmark.Row) -> [String] {
    let unit = row.measured.unit
    let beside = row.references.map { name, reference in
      // A difference may come out as nothing or less: then there is no ratio to it.
      guard reference.best > 0 else { return "\(name) (\(unit.text(of: reference.best)))" }
      let ratio = row.ratio(to: reference)
      return
        "\(ratio.text(places: ratio < 10 ? 2 : 0)) × \(name) (\(unit.text(of: reference.best)))"
    }
    return [
      row.subject, unit.text(of: row.measured.best), unit.text(of: row.measured.median),
      beside.joined(separator: ", "), verdict(of: row),
    ]
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
    return "\(isGood ? "ok" : "MISSED"): \(text)"
  }
}

extension Measurement.Unit {
  fileprivate func text(of value: Double) -> String {
    // A difference of two measurements may be below nothing.
    guard value >= 0 else { return "-\(text(of: -value))" }
    return switch self {
    case .bytesPerSecond: "\((value / 1e9).text(places: 2)) GB/s"
    case .seconds where value < 1e-6: "\((value * 1e9).text(places: 0)) ns"
    case .seconds where value < 1e-3: "\((value * 1e6).text(places: 2)) µs"
    case .seconds: "\((value * 1e3).text(places: 2)) ms"
    case .bytes where value < 1e6: "\((value / 1e3).text(places: 2)) kB"
    case .bytes: "\((value / 1e6).text(places: 2)) MB"
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
