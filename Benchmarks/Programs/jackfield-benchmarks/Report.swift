/// Prints rows: what was reached, and the ratio to each limit or peer.
enum Report {
  static func print(_ benchmark: Benchmark, _ rows: [Benchmark.Row]) {
    Swift.print("\(benchmark.name): \(benchmark.summary)")
    for row in rows {
      var line = "  " + row.subject.padded(to: 30)
      line += "\(row.speed.best.gigabytes) GB/s (median \(row.speed.median.gigabytes))"
      for reference in row.references {
        let ratio = row.speed.best / reference.speed.best
        line += "  \(ratio.ratio) × \(reference.name) (\(reference.speed.best.gigabytes))"
      }
      if let goal = row.goal {
        line += row.speed.best >= goal ? "  ok" : "  BELOW \(goal.gigabytes)"
      }
      Swift.print(line)
    }
  }
}

extension Double {
  fileprivate var gigabytes: String { (self / 1e9).rounded(toPlaces: 2) }

  fileprivate var ratio: String { rounded(toPlaces: self < 10 ? 2 : 0) }

  private func rounded(toPlaces places: Int) -> String {
    let scale = places == 0 ? 1.0 : 100.0
    let hundredths = Int((self * scale).rounded())
    guard places > 0 else { return String(hundredths) }
    return "\(hundredths / 100).\(String(hundredths % 100 + 100).dropFirst())"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(1, width - count))
  }
}
