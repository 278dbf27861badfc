/// Reads the grammar of ``Assertion`` by descent.
struct AssertionParser {
  /// Deeper ones are no claims that people write, and would not fit the stack.
  private static let depthLimit = 64

  private let text: String
  private let option: String
  private let tokens: [AssertionToken]
  private var place = 0
  private var depth = 0

  init(_ text: String, of option: String) throws(TextProblem) {
    self.text = text
    self.option = option
    tokens = try AssertionToken.all(in: text, of: option)
  }

  /// Reads the whole text.
  mutating func claim() throws(TextProblem) -> Assertion.Claim {
    guard !tokens.isEmpty else {
      throw problem(
        "there is nothing to check", help: "write, for example: failed == 0 && p99 < 20s")
    }
    let claim = try either()
    guard let rest = next else { return claim }
    throw unexpected(rest)
  }

  private mutating func either() throws(TextProblem) -> Assertion.Claim {
    var claim = try both()
    while take(.or) { claim = .either(claim, try both()) }
    return claim
  }

  private mutating func both() throws(TextProblem) -> Assertion.Claim {
    var claim = try one()
    while take(.and) { claim = .both(claim, try one()) }
    return claim
  }

  private mutating func one() throws(TextProblem) -> Assertion.Claim {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw problem("it is nested too deeply", at: next, help: "state it as several assertions")
    }
    if take(.not) { return .not(try one()) }
    guard let open = next, take(.open) else { return .comparison(try comparison()) }
    let claim = try either()
    guard take(.close) else {
      throw next.map(unexpected)
        ?? problem("this parenthesis is not closed", at: open, help: "write ) where it ends")
    }
    return claim
  }

  // MARK: - Pieces

  private var next: AssertionToken? { place < tokens.count ? tokens[place] : nil }

  private mutating func take(_ kind: AssertionToken.Kind) -> Bool {
    guard next?.kind == kind else { return false }
    place += 1
    return true
  }

  private mutating func comparison() throws(TextProblem) -> Comparison {
    let left = try operand()
    guard case .relation(let relation)? = next?.kind, let sign = next else {
      throw uncompared(left)
    }
    place += 1
    let right = try operand()
    let range = left.token.range.lowerBound..<right.token.range.upperBound
    try check(left, right, range)
    if let next, case .relation = next.kind {
      throw problem(
        "a comparison has two sides", at: next,
        help: "join two with &&: \(left.value.text) \(sign.text) \(right.value.text)"
          + " && \(right.value.text) \(next.text) …")
    }
    return Comparison(left: left.value, relation: relation, right: right.value, range: range)
  }

  /// A side and its piece.
  private struct Side {
    let value: Comparison.Operand
    let token: AssertionToken
  }

  private mutating func operand() throws(TextProblem) -> Side {
    guard let token = next else {
      throw problem("something is missing at the end", help: "a metric, or a number, 65%, 20s")
    }
    guard token.kind == .word else { throw unexpected(token) }
    place += 1
    return Side(value: try OperandReader(token, in: text, of: option).operand(), token: token)
  }

  private func check(_ left: Side, _ right: Side, _ range: Range<Int>) throws(TextProblem) {
    if case .literal = left.value, case .literal = right.value {
      throw TextProblem(
        "neither side is a metric, so that it says nothing about the simulation", in: text,
        at: range, of: option, help: "there are \(OperandReader.metricNames)")
    }
    guard left.value.kind != right.value.kind else { return }
    throw KindMismatch(left: left.value, right: right.value).problem(
      in: text, at: range, of: option)
  }

  // MARK: - Problems

  private func uncompared(_ side: Side) -> TextProblem {
    if let next, next.kind == .word {
      return problem(
        "an operator is missing before \"\(next.text)\"", at: next,
        help: "compare with ==, !=, <, <=, >, >=; join with && or ||")
    }
    if let next, next.kind == .open { return unexpected(next) }
    let example = Self.example(side.value)
    return problem(
      "\"\(side.token.text)\" is a \(side.value.kind.rawValue), which is neither true nor false",
      at: side.token, help: "compare it: \(example)")
  }

  private static func example(_ operand: Comparison.Operand) -> String {
    switch operand.kind {
    case .count: "\(operand.text) == 0"
    case .share: "\(operand.text) >= 65%"
    case .duration: "\(operand.text) < 20s"
    }
  }

  private func unexpected(_ token: AssertionToken) -> TextProblem {
    switch token.kind {
    case .close: problem("no parenthesis is open here", at: token, help: "leave it out")
    case .word, .open, .not:
      problem(
        "\"\(token.text)\" cannot stand here", at: token,
        help: "join two comparisons with && or ||")
    case .relation, .and, .or:
      problem(
        "\"\(token.text)\" has nothing before it that it could follow", at: token,
        help: "a comparison is a metric, an operator and a value: failed == 0")
    }
  }

  private func problem(
    _ message: String, at token: AssertionToken? = nil, help: String? = nil
  ) -> TextProblem {
    let end = text.count..<text.count
    return TextProblem(message, in: text, at: token?.range ?? end, of: option, help: help)
  }
}
