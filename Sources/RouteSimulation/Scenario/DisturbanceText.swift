/// The parts of a disturbance's text, and the problems of each.
struct DisturbanceText {
  /// A stretch of the text.
  struct Part {
    let text: String
    let range: Range<Int>
  }

  let text: String
  let option: String
  private let what: Part
  private let time: Part?
  private let value: Part?

  init(_ text: String, option: String) {
    self.text = text
    self.option = option
    let letters = Array(text)
    // A model's name may hold both signs; times and values hold neither.
    let equals = letters.lastIndex(of: "=")
    let front = letters[..<(equals ?? letters.count)]
    let at = front.lastIndex(of: "@")
    what = Part(letters, 0..<(at ?? front.count))
    time = at.map { Part(letters, $0 + 1..<front.count) }
    value = equals.map { Part(letters, $0 + 1..<letters.count) }
  }

  /// The text in front of the value.
  var target: String { value.map { String(text.prefix($0.range.lowerBound - 1)) } ?? text }

  /// Puts the parts together.
  func disturbance(
    _ effect: (Part?) throws(TextProblem) -> Disturbance.Effect
  ) throws(TextProblem) -> Disturbance {
    guard !what.text.isEmpty else {
      throw problem(
        "it names no target", at: what,
        help: "begin with a target id, a provider id, provider/model, or * for all")
    }
    let (from, to) = try time.map(range) ?? (.zero, nil)
    return Disturbance(try effect(value), at: what.text, from: from, to: to, text: text)
  }

  private func range(_ part: Part) throws(TextProblem) -> (Duration, Duration?) {
    let letters = Array(part.text)
    guard
      let dots = letters.indices.dropLast().first(where: { letters[$0...$0 + 1] == [".", "."] })
    else {
      throw problem(
        "a time is FROM..TO, both since the start", at: part,
        help: "write 10s..90s, or 2m.. for up to the end")
    }
    let start = part.range.lowerBound
    let from = try duration(Part(Array(text), start..<start + dots))
    guard dots + 2 < letters.count else { return (from, nil) }
    let to = try duration(Part(Array(text), start + dots + 2..<part.range.upperBound))
    guard from < to else {
      throw problem("it is over before it begins", at: part, help: "write the earlier time first")
    }
    return (from, to)
  }

  func duration(_ part: Part) throws(TextProblem) -> Duration {
    if let duration = TimeText.parse(part.text) { return duration }
    let words = part.text.isEmpty ? "a duration is missing" : "\"\(part.text)\" is no duration"
    throw problem(words, at: part, help: "write a number and a unit: 300ms, 1.5s, 2m, 1m30s, 1h")
  }

  func outage(_ part: Part) throws(TextProblem) -> Outage {
    let words = part.text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let word = words.first.map(String.init) ?? ""
    let start = part.range.lowerBound + word.count + 1
    let detail = words.count == 2 ? Part(Array(text), start..<part.range.upperBound) : nil
    switch word {
    case "429": return .limited(retryAfter: try detail.map(duration) ?? Outage.retryAfter)
    case "quota": return .quota(reset: try detail.map(duration))
    default: break
    }
    guard let outage = Self.simple.first(where: { $0.word == word }) else {
      throw problem(
        "no outage is called \"\(word)\"", at: part,
        help: "there are \(Outage.words.joined(separator: ", "))")
    }
    if let detail { throw problem("nothing follows \(word)", at: detail) }
    return outage
  }

  private static let simple: [Outage] = [
    .refused, .unreachable, .timeout, .failing, .overloaded, .missing, .unauthorized, .cut,
  ]

  func problem(_ message: String, at part: Part?, help: String? = nil) -> TextProblem {
    let end = text.count..<text.count
    return TextProblem(message, in: text, at: part?.range ?? end, of: option, help: help)
  }
}

extension DisturbanceText.Part {
  fileprivate init(_ letters: [Character], _ range: Range<Int>) {
    self.init(text: String(letters[range]), range: range)
  }
}
