/// Two sides of an assertion and how they are compared.
package struct Comparison: Sendable, Hashable {
  /// How two sides are compared.
  package enum Relation: String, Sendable, Hashable {
    /// The same.
    case equal = "=="
    /// Not the same.
    case unequal = "!="
    /// Less.
    case below = "<"
    /// Less or the same.
    case atMost = "<="
    /// More.
    case above = ">"
    /// More or the same.
    case atLeast = ">="

    /// Whether it holds between two numbers.
    func holds(_ left: Double, _ right: Double) -> Bool {
      switch self {
      case .equal: left == right
      case .unequal: left != right
      case .below: left < right
      case .atMost: left <= right
      case .above: left > right
      case .atLeast: left >= right
      }
    }
  }

  /// One side.
  package enum Operand: Sendable, Hashable {
    /// A metric of the report.
    case metric(MetricReference)
    /// A number that is written there.
    case literal(MetricValue, String)

    /// How it was written.
    package var text: String {
      switch self {
      case .metric(let metric): metric.text
      case .literal(_, let text): text
      }
    }

    var kind: MetricValue.Kind {
      switch self {
      case .metric(let reference): reference.metric.kind
      case .literal(let value, _): value.kind
      }
    }

    func value(_ report: SimulationReport) -> MetricValue? {
      switch self {
      case .metric(let reference): reference.value(report)
      case .literal(let value, _): value
      }
    }
  }

  /// The left side.
  package let left: Operand
  /// How it is compared.
  package let relation: Relation
  /// The right side.
  package let right: Operand
  /// The part of the text that it is, in characters.
  package let range: Range<Int>
}
