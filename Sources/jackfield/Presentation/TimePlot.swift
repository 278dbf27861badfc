import RouteSimulation

/// A simulation over time, drawn with characters: who answered, what failed, who was left alone.
///
/// A row's bar is as high as the calls of its stretch, all rows in one scale; what is not nothing shows at
/// least as the lowest bar.
struct TimePlot {
  /// The narrowest plot that still says something.
  private static let leastColumns = 20
  /// Rows are lower where there are many of them.
  private static let heights = [3, 3, 3, 2, 2]
  private static let eighths = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  private let report: SimulationReport
  private let series: TimeSeries
  private let palette: Palette
  private let gutter: Int
  private let height: Int

  /// Lays a plot out.
  ///
  /// - Parameters:
  ///   - report: The simulation.
  ///   - width: How many cells a line may have.
  ///   - palette: The colours.
  init(_ report: SimulationReport, width: Int, palette: Palette) {
    self.report = report
    self.palette = palette
    let labels = report.targets.map(\.label) + report.scenario.disturbances.map(\.what) + ["failed"]
    gutter = min(labels.map(\.count).max() ?? 0, 24) + 4
    let columns = max(width - gutter, Self.leastColumns)
    series = TimeSeries(report, bucket: TimeSeries.bucket(for: report.end, most: columns))
    let rows = report.targets.count
    height = rows < Self.heights.count ? Self.heights[rows] : 1
  }

  /// The lines of the plot.
  var lines: [String] {
    script + report.targets.indices.flatMap(row) + failures + axis
  }

  /// What the plot shows, in words.
  var caption: String {
    let rate = Double(peak) / series.bucket.seconds
    let column = TimeText.write(series.bucket)
    let text = "the highest bar is \(rate.short) calls a second, a column \(column)"
    return report.changes.isEmpty ? text : text + "; ━ left alone, ╍ but for probes"
  }

  private var columns: Int { series.failed.count }
  private var peak: Int { max((series.served.flatMap(\.self) + series.failed).max() ?? 0, 1) }
}

// MARK: - Rows

extension TimePlot {
  private func line(_ label: String, _ style: Palette.Style, _ cells: [String]) -> String {
    let name =
      label.harmless.count > gutter - 4 ? label.harmless.prefix(gutter - 5) + "…" : label.harmless
    let front = "  " + name + String(repeating: " ", count: gutter - 2 - name.count)
    let end = cells.lastIndex { $0 != " " } ?? -1
    guard end >= 0 else { return "  " + name }
    return front + palette(style, cells[...end].joined())
  }

  private func row(_ target: Int) -> [String] {
    let label = report.targets[target].label
    var lines = bars(label, series.served[target], .success)
    let phases = report.phases(of: target)
    if !phases.isEmpty { lines.append(line("", .warning, cooldown(phases))) }
    // Bars that reach their neighbours' names are hard to tell from them.
    let hasGap = height > 1 && target > 0 && report.phases(of: target - 1).isEmpty
    return (hasGap ? [""] : []) + lines
  }

  private var failures: [String] {
    guard report.failed > 0 else { return [] }
    return bars("failed", series.failed, .failure)
  }

  /// A row of bars, its name beside the lowest line.
  private func bars(_ label: String, _ counts: [Int], _ style: Palette.Style) -> [String] {
    let levels = counts.map { count in
      count == 0 ? 0 : max(count * height * Self.eighths.count / peak, 1)
    }
    let top = max((levels.max() ?? 0) - 1, 0) / Self.eighths.count
    return (0...top).reversed().map { floor in
      let cells = levels.map { level in
        let above = level - floor * Self.eighths.count
        return above <= 0 ? " " : Self.eighths[min(above, Self.eighths.count) - 1]
      }
      return line(floor == 0 ? label : "", style, cells)
    }
  }

  private func cooldown(_ phases: [CooldownPhase]) -> [String] {
    var cells = [String](repeating: " ", count: columns)
    // What is certain is drawn over what is half.
    for phase in phases.filter(\.isHalfOpen) + phases.filter({ !$0.isHalfOpen }) {
      for place in column(phase.from)...column(phase.to) {
        cells[place] = phase.isHalfOpen ? "╍" : "━"
      }
    }
    return cells
  }

  private func column(_ time: Duration) -> Int {
    min(max(Int(time / series.bucket), 0), columns - 1)
  }
}

// MARK: - Script and axis

extension TimePlot {
  /// A line for each disturbance, from where to where.
  private var script: [String] {
    report.scenario.disturbances.filter { $0.from < report.end }.map { disturbance in
      let isOver = disturbance.to.map { $0 <= report.end } ?? false
      let (from, to) = (column(disturbance.from), column(disturbance.to ?? report.end))
      var cells = [String](repeating: " ", count: columns)
      for place in from...to { cells[place] = "─" }
      cells[from] = "├"
      if from < to { cells[to] = isOver ? "┤" : "→" }
      write(" \(disturbance.effect.words) ", into: &cells, from: from + 1, before: to)
      return line(disturbance.what, .place, cells)
    }
  }

  /// Writes into the bar, or behind it where it is too short.
  private func write(_ text: String, into cells: inout [String], from start: Int, before end: Int) {
    let fits = start + text.count <= end
    let place = fits ? start : end + 1
    guard place + text.count <= cells.count else { return }
    for (offset, letter) in text.enumerated() { cells[place + offset] = String(letter) }
  }

  /// The times, so far apart that they can be read.
  private var axis: [String] {
    let step = Self.step(bucket: series.bucket)
    var marks = [String](repeating: "─", count: columns)
    var names: [String] = []
    var time = Duration.zero
    while time <= report.end {
      let place = Int(time / series.bucket)
      guard place < columns else { break }
      marks[place] = place == 0 ? "└" : "┴"
      let name = TimeText.write(time)
      // The last one may have less room than its name needs.
      let start = max(min(place, columns - name.count), names.count)
      names += [String](repeating: " ", count: start - names.count) + name.map { String($0) }
      time += step
    }
    return [line("", .faint, marks), line("", .faint, names)]
  }

  /// The shortest usual step of at least ten columns.
  private static func step(bucket: Duration) -> Duration {
    let seconds: [Int64] = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200]
    let steps =
      [.milliseconds(100), .milliseconds(200), .milliseconds(500)]
      + seconds.map { Duration.seconds($0) }
    return steps.first { $0 >= bucket * 10 } ?? .seconds(14_400)
  }
}
