extension StatusPage {
  /// The targets with their state.
  static func writeTargets(_ snapshot: StatusSnapshot, to out: inout HTMLText) {
    out.raw("<section aria-labelledby=\"targets\"><h2 id=\"targets\">Targets</h2>")
    out.raw(
      "<table role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">Provider / target</th><th role=\"columnheader\" scope=\"col\">State</th>"
    )
    out.raw(
      "<th role=\"columnheader\" scope=\"col\" class=\"share\">Share</th><th role=\"columnheader\" scope=\"col\" class=\"number\">Requests</th>"
    )
    out.raw(
      "<th role=\"columnheader\" scope=\"col\" class=\"number\">Errors</th></tr></thead><tbody role=\"rowgroup\" id=\"target-rows\">"
    )
    let total = snapshot.targets.reduce(0) { $0 + $1.calls }
    for target in snapshot.targets { write(target, total: total, now: snapshot.now, to: &out) }
    out.raw("</tbody></table><p class=\"none\" id=\"no-targets\"")
    if !snapshot.targets.isEmpty { out.raw(" hidden") }
    out.raw(">No target is configured.</p></section>")
  }

  private static func write(
    _ target: TargetStatus, total: Int, now: Int64, to out: inout HTMLText
  ) {
    // Where the page is narrow, rows are no rows for the browser: their roles are said.
    out.raw("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">")
    out.element("bdi", "", "\(target.provider) / \(target.target)")
    out.element("bdi", "class=\"model\"", target.model)
    out.made("</th><td role=\"cell\" class=\"how\"><span class=\"state \(target.state.word)\">")
    out.text(target.stateText(now: now))
    out.raw("</span>")
    out.element("bdi", "class=\"note\"", target.note)
    out.element("bdi", "class=\"place\"", target.note.isEmpty ? "" : target.source)
    out.raw("</td><td role=\"cell\" class=\"share\">")
    let share = target.share ?? (total > 0 ? Double(target.calls) / Double(total) : 0)
    out.raw("<svg viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
    out.made("<path class=\"track\" d=\"M0 0H100V4H0Z\"/>")
    out.made("<path class=\"part\" d=\"M0 0H\(StatusText.decimal(share * 100))V4H0Z\"/></svg> ")
    out.text(StatusText.share(share))
    out.raw("</td><td role=\"cell\" class=\"number calls\">")
    out.text(StatusText.amount(Double(target.calls)))
    out.made(
      "</td><td role=\"cell\" class=\"number failures\(target.failures > 0 ? " some" : "")\">")
    out.text(StatusText.amount(Double(target.failures)))
    out.raw("</td></tr>")
  }

  /// The last errors with what to do about them.
  static func writeErrors(_ snapshot: StatusSnapshot, to out: inout HTMLText) {
    out.raw("<section aria-labelledby=\"errors\"><h2 id=\"errors\">Last errors</h2>")
    out.raw("<ol id=\"error-rows\">")
    for error in snapshot.errors { write(error, now: snapshot.now, to: &out) }
    out.raw("</ol><p class=\"none\" id=\"no-errors\"")
    if !snapshot.errors.isEmpty { out.raw(" hidden") }
    out.raw(">None since the start.</p></section>")
  }

  private static func write(_ error: StatusError, now: Int64, to out: inout HTMLText) {
    out.raw("<li><p class=\"head\">")
    out.element("time", "", StatusText.moment(error.time, now: now))
    out.element("span", "class=\"count\"", error.count > 1 ? "\(error.count) times" : "")
    out.element("bdi", "class=\"code\"", error.code)
    out.element("bdi", "class=\"where\"", error.target)
    out.element("bdi", "class=\"where\"", error.model)
    out.raw("</p><div class=\"what\">")
    out.element("bdi", "class=\"message\"", error.message)
    out.element("bdi", "class=\"advice\"", error.advice)
    out.element("bdi", "class=\"place\"", error.source)
    out.element("bdi", "class=\"place\"", error.requestID)
    out.raw("</div></li>")
  }
}

extension TargetStatus {
  /// The state, and how long it lasts where that is known.
  fileprivate func stateText(now: Int64) -> String {
    guard case .cooling(let until) = state else { return state.word }
    let seconds = max(0, until - now + 999) / 1000
    if seconds < 120 { return "cooling, \(seconds) s left" }
    return "cooling, \(StatusText.span(seconds * 1000)) left"
  }
}
