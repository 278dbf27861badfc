#if Gateway

/// What is said of a metric besides its values.
public struct MetricDescription: Sendable, Hashable {
  /// The name that it is recorded under, such as `gen_ai.client.operation.duration`.
  public var label: String
  /// One line for people.
  public var help: String
  /// The unit in UCUM's words, such as `s`, `By` or `{token}`; nil: none.
  public var unit: String?
  /// The upper bounds of a histogram's buckets, rising, without infinity.
  public var buckets: [Double]

  /// Bounds where nothing better is known: seconds of a request to a model.
  ///
  /// - Source: OpenTelemetry's bounds for `gen_ai.client.operation.duration`, and one more for answers
  ///   that take minutes.
  public static let standardBuckets = [
    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
    163.84,
  ]

  /// Describes a metric.
  ///
  /// - Parameters:
  ///   - label: The name that it is recorded under.
  ///   - help: One line for people; empty: none.
  ///   - unit: The unit in UCUM's words, or nil.
  ///   - buckets: Upper bounds; put in order, without repetitions and without what is no number.
  public init(
    _ label: String, help: String = "", unit: String? = nil,
    buckets: [Double] = MetricDescription.standardBuckets
  ) {
    self.label = label
    self.help = help
    self.unit = unit
    self.buckets = Set(buckets.filter(\.isFinite)).sorted()
  }

  /// The name in the text: units are in it, as words, and counters end in `_total`.
  func name(of kind: MetricKind) -> String {
    var name = MetricName.sanitized(label)
    if let word = unitWord, !name.hasSuffix("_\(word)") { name += "_\(word)" }
    if kind == .counter, !name.hasSuffix("_total") { name += "_total" }
    return name
  }

  /// The unit as a word of a name; what stands in braces counts things and is no unit.
  private var unitWord: String? {
    switch unit {
    case nil, "", "1": nil
    case "s": "seconds"
    case "ms": "milliseconds"
    case "By": "bytes"
    case let unit?: unit.hasPrefix("{") ? nil : MetricName.sanitized(unit)
    }
  }
}

/// What a metric is in Prometheus' words.
enum MetricKind: String {
  case counter
  case gauge
  case histogram
}

/// Makes names that Prometheus takes.
enum MetricName {
  /// `[a-zA-Z_:][a-zA-Z0-9_:]*`, with `_` for everything else.
  static func sanitized(_ text: String) -> String { replaced(text, isColonTaken: true) }

  /// `[a-zA-Z_][a-zA-Z0-9_]*`; names with two underscores in front are Prometheus' own.
  static func label(_ text: String) -> String {
    let name = replaced(text, isColonTaken: false)
    return name.hasPrefix("__") ? "label\(name)" : name
  }

  private static func replaced(_ text: String, isColonTaken: Bool) -> String {
    var name = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "_": name.unicodeScalars.append(scalar)
      case "0"..."9":
        if name.isEmpty { name = "_" }
        name.unicodeScalars.append(scalar)
      case ":" where isColonTaken: name.unicodeScalars.append(scalar)
      default: name += "_"
      }
    }
    return name.isEmpty ? "_" : name
  }
}

#endif
