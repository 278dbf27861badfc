/// Values short enough for a message, so that their difference is seen.
enum Excerpt {
  /// The most characters that are shown of a value.
  private static let limit = 80
  /// How many of them stand before the difference.
  private static let lead = 24

  /// Two values, each from shortly before the place where they differ.
  static func pair(_ expected: [UInt8]?, _ got: [UInt8]?) -> (String?, String?) {
    let one = expected.map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
    let other = got.map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
    var common = 0
    if let one, let other {
      while common < min(one.count, other.count), one[common] == other[common] { common += 1 }
    }
    let start = common > 2 * lead ? common - lead : 0
    return (one.map { shown($0, from: start) }, other.map { shown($0, from: start) })
  }

  private static func shown(_ scalars: [Unicode.Scalar], from start: Int) -> String {
    let part = scalars.dropFirst(start).prefix(limit)
    var view = String.UnicodeScalarView()
    view.append(contentsOf: part)
    return (start > 0 ? "…" : "") + String(view) + (part.endIndex < scalars.count ? "…" : "")
  }
}
