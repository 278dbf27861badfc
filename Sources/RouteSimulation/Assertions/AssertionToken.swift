/// A piece of an assertion's text.
struct AssertionToken: Sendable, Hashable {
  /// What pieces there are.
  enum Kind: Sendable, Hashable {
    /// A metric or a literal.
    case word
    /// How two sides are compared.
    case relation(Comparison.Relation)
    /// Both sides must hold.
    case and
    /// One side must hold.
    case or
    /// What follows must not hold.
    case not
    /// A parenthesis.
    case open
    /// The other one.
    case close
  }

  let kind: Kind
  let text: String
  let range: Range<Int>

  /// Cuts a text into its pieces.
  ///
  /// - Throws: A sign that is none, with the one that is meant.
  static func all(in text: String, of option: String) throws(TextProblem) -> [AssertionToken] {
    let letters = Array(text)
    var tokens: [AssertionToken] = []
    var place = 0
    while place < letters.count {
      if letters[place].isWhitespace {
        place += 1
      } else {
        let token = next(letters, place)
        try token.checkForMistake(in: text, of: option)
        tokens.append(token.token)
        place = token.token.range.upperBound
      }
    }
    return tokens
  }

  private static func next(_ letters: [Character], _ place: Int) -> Candidate {
    let rest = letters[place...]
    for sign in Self.signs where rest.starts(with: sign.text) {
      let range = place..<place + sign.text.count
      let token = AssertionToken(kind: sign.kind, text: sign.text, range: range)
      return Candidate(token: token, correction: sign.correction)
    }
    let text = String(rest.prefix { !$0.isWhitespace && !ends.contains($0) })
    let token = AssertionToken(kind: .word, text: text, range: place..<place + text.count)
    return Candidate(token: token, correction: words[text])
  }
}

// MARK: - Signs

extension AssertionToken {
  /// A piece, and what to write in its place where it is a common mistake.
  private struct Candidate {
    let token: AssertionToken
    let correction: String?

    func checkForMistake(in text: String, of option: String) throws(TextProblem) {
      guard let correction else { return }
      throw TextProblem(
        "\"\(token.text)\" is no operator", in: text, at: token.range, of: option,
        help: "write \(correction)")
    }
  }

  private struct Sign {
    let text: String
    let kind: Kind
    var correction: String?

    init(_ text: String, _ kind: Kind, insteadOf correction: String? = nil) {
      self.text = text
      self.kind = kind
      self.correction = correction
    }
  }

  /// The first one that fits counts, so that longer ones come first.
  private static let signs: [Sign] = [
    Sign("===", .relation(.equal), insteadOf: "=="),
    Sign("=<", .relation(.atMost), insteadOf: "<="), Sign("≤", .relation(.atMost), insteadOf: "<="),
    Sign("=>", .relation(.atLeast), insteadOf: ">="),
    Sign("≥", .relation(.atLeast), insteadOf: ">="),
    Sign("<>", .relation(.unequal), insteadOf: "!="),
    Sign("≠", .relation(.unequal), insteadOf: "!="), Sign("==", .relation(.equal)),
    Sign("!=", .relation(.unequal)), Sign("<=", .relation(.atMost)),
    Sign(">=", .relation(.atLeast)), Sign("<", .relation(.below)), Sign(">", .relation(.above)),
    Sign("=", .relation(.equal), insteadOf: "=="), Sign("&&", .and),
    Sign("&", .and, insteadOf: "&&"), Sign("||", .or), Sign("|", .or, insteadOf: "||"),
    Sign("!", .not), Sign("(", .open), Sign(")", .close),
  ]

  /// Words that other languages have for signs.
  private static let words = ["and": "&&", "or": "||", "not": "!"]

  /// Characters that no word has.
  private static let ends = Set(signs.flatMap { $0.text })
}
