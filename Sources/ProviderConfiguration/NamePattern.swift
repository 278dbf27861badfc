/// The name of a model with `*` in it; each stands for one or more characters.
struct NamePattern: Sendable {
  private let literals: [[Unicode.Scalar]]

  /// nil for a name without `*`.
  init?(_ name: String) {
    guard name.contains("*") else { return nil }
    literals = name.unicodeScalars.split(separator: "*", omittingEmptySubsequences: false)
      .map(Array.init)
  }

  /// How many characters are fixed; more make a pattern win over another.
  var literalLength: Int { literals.reduce(0) { $0 + $1.count } }

  /// How many `*` there are.
  var captureCount: Int { literals.count - 1 }

  /// What each `*` stands for, from the left and as short as possible; nil when the name does not
  /// match.
  ///
  /// The first place that fits each literal is the best one, so there is no going back: the cost is
  /// the product of the lengths at most.
  func captures(in name: String) -> [String]? {
    let scalars = Array(name.unicodeScalars)
    guard let first = literals.first, let last = literals.last, scalars.starts(with: first) else {
      return nil
    }
    var captures: [String] = []
    var start = first.count
    for literal in literals.dropFirst().dropLast() {
      guard let next = position(of: literal, in: scalars, from: start + 1) else { return nil }
      captures.append(string(scalars[start..<next]))
      start = next + literal.count
    }
    let end = scalars.count - last.count
    guard start < end, scalars[end...].elementsEqual(last) else { return nil }
    return captures + [string(scalars[start..<end])]
  }

  private func position(
    of literal: [Unicode.Scalar], in scalars: [Unicode.Scalar], from start: Int
  ) -> Int? {
    guard start + literal.count <= scalars.count else { return nil }
    return (start...(scalars.count - literal.count)).first { scalars[$0...].starts(with: literal) }
  }

  private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}

/// The `{1}`, `{2}` … of a target's model.
enum CaptureText {
  /// The numbers that a text names; `{x}` and `{}` are text.
  static func numbers(in text: String) -> [Int] {
    pieces(of: text).compactMap { if case .capture(let number) = $0 { number } else { nil } }
  }

  /// The text with each number replaced; a number without a capture stays as it is.
  static func replacing(_ text: String, with captures: [String]) -> String {
    pieces(of: text).map { piece in
      switch piece {
      case .text(let text): text
      case .capture(let number):
        captures.indices.contains(number - 1) ? captures[number - 1] : "{\(number)}"
      }
    }.joined()
  }

  private enum Piece {
    case text(String)
    case capture(Int)
  }

  private static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      let digits = rest[rest.index(after: open)...].prefix { $0.isASCII && $0.isNumber }
      if digits.endIndex < rest.endIndex, rest[digits.endIndex] == "}", let number = Int(digits) {
        pieces += [.text(String(rest[..<open])), .capture(number)]
        rest = rest[rest.index(after: digits.endIndex)...]
      } else {
        pieces.append(.text(String(rest[...open])))
        rest = rest[rest.index(after: open)...]
      }
    }
    return pieces + [.text(String(rest))]
  }
}
