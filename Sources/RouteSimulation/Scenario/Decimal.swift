/// A decimal number as it is written: exact, so that `99.9%` is 999 of 1000.
struct Decimal: Sendable, Hashable {
  /// More digits say nothing about a simulation, and would not fit.
  private static let digitLimit = 15

  private let mantissa: Int64
  private let decimals: Int

  /// Reads digits with at most one point among them; nil where they are something else.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard let first = parts.first, !first.isEmpty, digits.count <= Self.digitLimit,
      digits.allSatisfy({ $0.isASCII && $0.isNumber }), let mantissa = Int64(digits)
    else { return nil }
    if parts.count == 2, parts[1].isEmpty { return nil }
    self.mantissa = mantissa
    decimals = parts.count == 2 ? parts[1].count : 0
  }

  /// The number divided by a power of ten, the nearest there is.
  func value(dividedByTens tens: Int = 0) -> Double {
    Double(mantissa) / (0..<decimals + tens).reduce(1.0) { power, _ in power * 10 }
  }

  /// The number times a whole one, where that is whole too and fits.
  func scaled(by scale: Int64) -> Int64? {
    let divisor = (0..<decimals).reduce(Int64(1)) { power, _ in power * 10 }
    let (product, isTooLarge) = mantissa.multipliedReportingOverflow(by: scale)
    guard !isTooLarge, product % divisor == 0 else { return nil }
    return product / divisor
  }
}
