extension StatusPage {
  /// One path of a plot; its name is its colour and its key too.
  private struct Mark {
    let name: StaticString
    let kind: StaticString
    let path: String
  }

  /// One coordinate system.
  private struct Frame {
    let scale: StaticString
    let label: StaticString
    let marks: [Mark]
  }

  /// The last half hour, in four plots.
  static func writePlots(
    _ snapshot: StatusSnapshot, _ fields: StatusFields, to out: inout HTMLText
  ) {
    out.raw("<section aria-labelledby=\"past\"><h2 id=\"past\">Last 30 minutes <small>at ")
    out.field("at", fields)
    out.raw(" UTC, in steps of 10 s</small></h2><div class=\"plots\">")
    let frames = Frames(snapshot.points)
    write("Requests", [("calls", "all"), ("failures", "failed")], [frames.calls], fields, to: &out)
    write("Latency", [("p50", "p50"), ("p99", "p99")], [frames.latency], fields, to: &out)
    write("Streams", [("streams", "open")], [frames.streams], fields, to: &out)
    write(
      "Tokens", [("output", "written"), ("input", "read")], [frames.output, frames.input], fields,
      to: &out)
    out.raw("</div></section>")
  }

  private struct Frames {
    let calls, latency, streams, output, input: Frame

    init(_ points: [StatusPoint]) {
      let scales = PlotScales(points)
      func bars(_ name: StaticString, _ top: Double, _ value: (StatusPoint) -> Double) -> Mark {
        Mark(name: name, kind: "bars", path: Plot.bars(points.map(value), top: top))
      }
      func line(_ name: StaticString, _ value: (StatusPoint) -> Int64?) -> Mark {
        Mark(name: name, kind: "line", path: Plot.line(points.map(value), top: scales.latency))
      }
      calls = Frame(
        scale: "calls", label: "Requests that ended, and those that failed",
        marks: [
          bars("calls", scales.calls) { Double($0.calls) },
          bars("failures", scales.calls) { Double($0.failures) },
        ])
      latency = Frame(
        scale: "latency", label: "Median and 99th percentile of how long answers took",
        marks: [line("p99", \.p99), line("p50", \.p50)])
      let steps = Plot.steps(points.map { Double($0.streams) }, top: scales.streams)
      streams = Frame(
        scale: "streams", label: "Streams that were open at once",
        marks: [Mark(name: "streams", kind: "area", path: steps)])
      output = Frame(
        scale: "output", label: "Tokens written",
        marks: [bars("output", scales.output) { Double($0.outputTokens) }])
      input = Frame(
        scale: "input", label: "Tokens read",
        marks: [bars("input", scales.input) { Double($0.inputTokens) }])
    }
  }

  private static func write(
    _ title: StaticString, _ keys: [(name: StaticString, text: StaticString)], _ frames: [Frame],
    _ fields: StatusFields, to out: inout HTMLText
  ) {
    out.made("<figure><figcaption><h3>\(title)</h3>")
    for key in keys {
      out.made("<span class=\"key \(key.name)\">\(key.text) <b data-f=\"\(key.name)-at\">")
      out.text(fields["\(key.name)-at"])
      out.raw("</b></span>")
    }
    out.raw("</figcaption>")
    for frame in frames {
      out.made("<div class=\"frame\(frames.count > 1 ? " half" : "")\">")
      write(frame, fields, to: &out)
      out.raw("</div>")
    }
    out.raw("<div class=\"x\" aria-hidden=\"true\"><span>30 min</span><span>20</span>")
    out.raw("<span>10</span><span>now</span></div></figure>")
  }

  private static func write(_ frame: Frame, _ fields: StatusFields, to out: inout HTMLText) {
    out.raw("<div class=\"y\" aria-hidden=\"true\">")
    for end in ["top", "middle"] {
      out.made("<span data-f=\"\(frame.scale)-\(end)\">")
      out.text(fields["\(frame.scale)-\(end)"])
      out.raw("</span>")
    }
    out.raw("<span>0</span></div>")
    out.raw("<svg viewBox=\"0 0 720 100\" preserveAspectRatio=\"none\" role=\"img\" ")
    out.made("aria-label=\"\(frame.label), over the last half hour\">")
    out.raw("<path class=\"grid\" d=\"M0 0H720M0 50H720M0 100H720M240 0V100M480 0V100\"/>")
    for mark in frame.marks {
      out.made("<path class=\"\(mark.kind) \(mark.name)\" id=\"plot-\(mark.name)\" ")
      out.made("d=\"\(mark.path)\"/>")
    }
    out.raw("<path class=\"cursor\" d=\"\"/></svg>")
  }
}
