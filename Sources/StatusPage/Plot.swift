/// What the axes of the plots go up to.
struct PlotScales {
  let calls, latency, streams, input, output: Double

  init(_ points: [StatusPoint]) {
    calls = Plot.top(points.map { Double($0.calls) }, atLeast: 2)
    latency = Plot.top(points.map { Double($0.p99 ?? 0) }, atLeast: 100)
    streams = Plot.top(points.map { Double($0.streams) }, atLeast: 2)
    input = Plot.top(points.map { Double($0.inputTokens) }, atLeast: 100)
    output = Plot.top(points.map { Double($0.outputTokens) }, atLeast: 100)
  }
}

/// Draws values over time as the data of SVG paths, 720 wide and 100 high; the script draws the same.
enum Plot {
  static let pitch = 4

  /// The least of 1, 2, 4, 6, 8, 10 times a power of ten that no value exceeds.
  static func top(_ values: [Double], atLeast least: Double) -> Double {
    let highest = max(values.max() ?? 0, least)
    var scale = 1.0
    while scale * 10 < highest { scale *= 10 }
    return [1, 2, 4, 6, 8].map { $0 * scale }.first { $0 >= highest } ?? scale * 10
  }

  /// A bar a row, from the bottom.
  static func bars(_ values: [Double], top: Double) -> String {
    var path = ""
    for (index, value) in values.enumerated() where value > 0 {
      let x = index * pitch
      path += "M\(x) 100V\(height(value, top))H\(x + pitch - 1)V100Z"
    }
    return path
  }

  /// A line from row to row, interrupted where there is no value.
  static func line(_ values: [Int64?], top: Double) -> String {
    var path = ""
    var isDrawing = false
    for (index, value) in values.enumerated() {
      guard let value else {
        isDrawing = false
        continue
      }
      let (x, y) = (index * pitch + 2, height(Double(value), top))
      // A row alone becomes a point, by the round ends of the line.
      path += isDrawing ? "L\(x) \(y)" : "M\(x) \(y)h0"
      isDrawing = true
    }
    return path
  }

  /// An area whose upper edge is level within each row.
  static func steps(_ values: [Double], top: Double) -> String {
    var path = "M0 100"
    for (index, value) in values.enumerated() {
      path += "V\(height(value, top))H\((index + 1) * pitch)"
    }
    return path + "V100Z"
  }

  private static func height(_ value: Double, _ top: Double) -> String {
    StatusText.decimal(100 - min(value / top, 1) * 100)
  }
}
