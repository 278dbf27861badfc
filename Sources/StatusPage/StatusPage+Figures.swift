extension StatusPage {
  /// What the gateway is, and in one line how it is.
  static func writeHeader(
    _ snapshot: StatusSnapshot, _ fields: StatusFields, to out: inout HTMLText
  ) {
    out.raw("<header><div class=\"name\">")
    out.raw("<svg class=\"logo\" viewBox=\"0 0 40 24\" aria-hidden=\"true\">")
    out.raw("<circle cx=\"6\" cy=\"7\" r=\"4.5\"/><circle cx=\"20\" cy=\"7\" r=\"4.5\"/>")
    out.raw("<circle cx=\"34\" cy=\"7\" r=\"4.5\"/><path d=\"M6 7C6 26 20 26 20 7\"/></svg>")
    out.raw("<h1>Jackfield</h1><p class=\"version\">")
    out.field("version", fields)
    out.raw("</p></div><p class=\"verdict\" role=\"status\" id=\"verdict\" data-state=\"")
    out.made(snapshot.verdict)
    out.raw("\">")
    out.field("verdict", fields)
    out.raw("</p><dl class=\"facts\">")
    writeFact("Up", "uptime", fields, to: &out)
    writeFact("Listening", "listening", fields, to: &out)
    writeFact("Configuration", "configuration", fields, to: &out)
    writeFact("Generation", "generation", fields, to: &out)
    out.raw("<div><dt>As of</dt><dd>")
    out.field("updated", fields)
    out.raw(" UTC<span id=\"link\"></span></dd></div></dl></header>")
  }

  private static func writeFact(
    _ title: StaticString, _ name: StaticString, _ fields: StatusFields, to out: inout HTMLText
  ) {
    out.made("<div><dt>\(title)</dt><dd>")
    out.field(name, fields)
    out.raw("</dd></div>")
  }

  /// The figures of the last five minutes.
  static func writeFigures(_ fields: StatusFields, to out: inout HTMLText) {
    out.raw("<section aria-labelledby=\"now\"><h2 id=\"now\">Last 5 minutes</h2>")
    out.raw("<dl class=\"figures\">")
    writeFigure("Requests", "calls", "/min", "calls-half-hour", fields, to: &out)
    writeFigure("Errors", "failure-share", "", "failures-half-hour", fields, to: &out)
    writeFigure("Latency, median", "p50", "", "p99", fields, to: &out)
    writeFigure("First event, median", "first-p50", "", "first-p99", fields, to: &out)
    writeFigure("Streams open", "streams", "", "in-flight", fields, to: &out)
    writeFigure("Tokens written", "output", "/min", "input", fields, to: &out)
    out.raw("</dl></section>")
  }

  private static func writeFigure(
    _ title: StaticString, _ name: StaticString, _ unit: StaticString, _ detail: StaticString,
    _ fields: StatusFields, to out: inout HTMLText
  ) {
    out.made("<div><dt>\(title)</dt><dd>")
    out.field(name, fields)
    if unit.utf8CodeUnitCount > 0 { out.made(" <small>\(unit)</small>") }
    out.raw("</dd><dd class=\"detail\">")
    out.field(detail, fields)
    out.raw("</dd></div>")
  }
}

extension StatusSnapshot {
  /// `good`, `fair` or `bad`, by how many targets may be asked.
  fileprivate var verdict: String {
    let open = targets.count { $0.state == .open }
    return open == 0 ? "bad" : open == targets.count ? "good" : "fair"
  }
}
