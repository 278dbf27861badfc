#if Gateway

/// All series of one name.
struct MetricFamily {
  let name: String
  let kind: MetricKind
  private let description: MetricDescription
  private let limits: PrometheusRegistry.Limits
  /// By their labels as text.
  private var series: [String: MetricSeries] = [:]
  /// Where everything goes that came too late.
  private var other: MetricSeries?

  init(
    name: String, kind: MetricKind, description: MetricDescription,
    limits: PrometheusRegistry.Limits
  ) {
    (self.name, self.kind, self.description) = (name, kind, description)
    self.limits = limits
  }

  /// The series with those labels, or that of all others when there are too many.
  mutating func series(for dimensions: [(String, String)]) -> MetricSeries {
    let labels = text(of: dimensions)
    if let known = series[labels] { return known }
    guard series.count < limits.series else { return others(like: dimensions) }
    let new = MetricSeries(labels: labels, kind: kind, buckets: description.buckets)
    series[labels] = new
    return new
  }

  /// Forgets a series; what is recorded through its handle later is not shown.
  mutating func remove(_ old: MetricSeries) {
    if series[old.labels] === old { series[old.labels] = nil }
  }

  func write(to out: inout String) {
    if !description.help.isEmpty {
      out += "# HELP \(name) "
      out.appendEscaped(description.help, isQuoted: false)
      out += "\n"
    }
    out += "# TYPE \(name) \(kind.rawValue)\n"
    for (_, series) in series.sorted(by: { $0.key < $1.key }) { series.write(name, to: &out) }
    other?.write(name, to: &out)
  }

  private mutating func others(like dimensions: [(String, String)]) -> MetricSeries {
    if let other { return other }
    let labels = text(of: dimensions.map { ($0.0, "other") })
    // Somebody may really be called other.
    let new =
      series[labels] ?? MetricSeries(labels: labels, kind: kind, buckets: description.buckets)
    if series[labels] == nil { other = new }
    return new
  }

  /// `a="1",b="2"`; of a name that stands twice the first counts, which is what Prometheus demands.
  private func text(of dimensions: [(String, String)]) -> String {
    var text = ""
    var names: [String] = []
    for (name, value) in dimensions {
      var name = MetricName.label(name)
      if kind == .histogram, name == "le" { name = "label_le" }
      guard !names.contains(name) else { continue }
      names.append(name)
      text += "\(text.isEmpty ? "" : ",")\(name)=\""
      text.appendEscaped(value.prefix(limits.valueLength), isQuoted: true)
      text += "\""
    }
    return text
  }
}

extension String {
  /// Appends text with what would end a line, or a quoted value, escaped.
  fileprivate mutating func appendEscaped(_ text: some StringProtocol, isQuoted: Bool) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": self += "\\\\"
      case "\n": self += "\\n"
      case "\"" where isQuoted: self += "\\\""
      default: unicodeScalars.append(scalar)
      }
    }
  }
}

#endif
