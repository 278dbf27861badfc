/// What is wrong with a text that a person wrote for a simulation, and where in it.
package struct TextProblem: Error, Hashable, CustomStringConvertible {
  /// The option that the text belongs to.
  package let option: String
  /// The text.
  package let text: String
  /// The part that is meant, in characters; one behind the end for something that is missing.
  package let range: Range<Int>
  /// What is wrong with it, and why.
  package let message: String
  /// What to do; nil where the message says it.
  package let help: String?

  init(
    _ message: String, in text: String, at range: Range<Int>, of option: String, help: String? = nil
  ) {
    self.option = option
    self.text = text
    self.range = range
    self.message = message
    self.help = help
  }

  /// Message, text, carets and help; lines are joined by LF, without one at the end.
  package var description: String {
    let blanks = String(repeating: " ", count: range.lowerBound)
    let carets = String(repeating: "^", count: max(range.count, 1))
    let lines = [
      "\(option): error: \(message)", "      | \(text)", "      | \(blanks)\(carets)",
    ]
    return (lines + (help.map { ["help: \($0)"] } ?? [])).joined(separator: "\n")
  }
}
