internal import YAML

extension ConfigurationType where Value == Int {
  /// A whole number within bounds.
  static func integer(_ range: ClosedRange<Int>) -> ConfigurationType {
    let shape = TypeShape.integer(range)
    return ConfigurationType(shape: shape) { node, reading in
      guard let scalar = node.scalar, scalar.kind == .integer || scalar.kind == .float else {
        let isMeant = node.string.flatMap(Int.init).map(range.contains) ?? false
        reading.mismatch(
          node, wanted: "a \(shape.words)", correction: isMeant ? node.string : nil)
        return nil
      }
      if let number = Int(scalar.text), range.contains(number) { return number }
      reading.reportNumber(node, scalar.text, shape, nearest: nearest(to: scalar.text, in: range))
      return nil
    }
  }

  private static func nearest(to text: String, in range: ClosedRange<Int>) -> String? {
    guard let number = Double(text), number.isFinite else { return nil }
    if number < Double(range.lowerBound) { return String(range.lowerBound) }
    if number > Double(range.upperBound) { return String(range.upperBound) }
    return String(Int(number.rounded()))
  }
}

extension ConfigurationType where Value == Double {
  /// A number within bounds, with or without a fraction.
  static func number(_ range: ClosedRange<Int>) -> ConfigurationType {
    let shape = TypeShape.bounded(range)
    return ConfigurationType(shape: shape) { node, reading in
      guard let scalar = node.scalar, scalar.kind == .integer || scalar.kind == .float else {
        reading.mismatch(
          node, wanted: "a \(shape.words)",
          correction: node.string.flatMap { correction(of: $0, in: range) })
        return nil
      }
      let number = Double(scalar.text)
      if let number, contains(number, range) { return number }
      let bound = number.map { $0 < Double(range.lowerBound) ? range.lowerBound : range.upperBound }
      reading.reportNumber(node, scalar.text, shape, nearest: bound.map(String.init))
      return nil
    }
  }

  /// `20%` and `"0.2"` as they should be written.
  private static func correction(of text: String, in range: ClosedRange<Int>) -> String? {
    let isPercent = text.hasSuffix("%")
    guard let number = Double(isPercent ? String(text.dropLast()) : text) else { return nil }
    let meant = isPercent ? number / 100 : number
    return contains(meant, range) ? "\(meant)" : nil
  }

  private static func contains(_ number: Double, _ range: ClosedRange<Int>) -> Bool {
    (Double(range.lowerBound)...Double(range.upperBound)).contains(number)
  }
}

extension Reading {
  fileprivate func reportNumber(
    _ node: YAMLNode, _ text: String, _ shape: TypeShape, nearest: String?
  ) {
    report(
      .invalidNumber, "\(place) cannot be \(text)", at: node.span,
      help: "It is a \(shape.words).", suggestion: nearest.map { ($0, node.span) })
  }
}

extension ConfigurationDefault where Value == Sourced<Int> {
  static func number(_ value: Int) -> ConfigurationDefault {
    ConfigurationDefault(value: Sourced(value), text: "`\(value)`")
  }
}

extension ConfigurationDefault {
  /// A built-in value of a sourced key.
  static func value<Plain>(_ value: Plain, _ text: String) -> ConfigurationDefault
  where Value == Sourced<Plain> {
    ConfigurationDefault(value: Sourced(value), text: "`\(text)`")
  }
}
