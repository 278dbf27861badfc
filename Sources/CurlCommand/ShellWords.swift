/// Splits a command as a POSIX shell does, as far as a pasted command needs it.
///
/// Single, double and `$'…'` quotes, backslashes, continued lines, comments and references; the
/// first pipe, list operator, redirection or unescaped line end closes the command.
/// - Source: POSIX.1-2024, Shell Command Language, 2.2 Quoting and 2.6.2 Parameter Expansion; the
///   escapes of `$'…'` from 2.2.4.
package struct ShellWords: Sendable {
  /// The words of the first command.
  package private(set) var words: [ShellWord] = []
  /// The operator that closed the command before the end of the text, or nil.
  package private(set) var terminator: Character?

  private let text: [Unicode.Scalar]
  private var offset = 0
  private var word = ShellWord()
  private var scalars = String.UnicodeScalarView()
  private var isInWord = false

  /// Splits a text.
  ///
  /// - Throws: `unterminatedQuote` or `unterminatedExpansion`.
  package init(_ text: String) throws(CurlCommandError) {
    self.text = Array(text.unicodeScalars)
    while let scalar = peek, terminator == nil { try read(scalar) }
    endWord()
  }

  private var peek: Unicode.Scalar? { offset < text.count ? text[offset] : nil }

  private func peek(_ distance: Int) -> Unicode.Scalar? {
    offset + distance < text.count ? text[offset + distance] : nil
  }

  private mutating func read(_ scalar: Unicode.Scalar) throws(CurlCommandError) {
    switch scalar {
    case " ", "\t", "\r":
      offset += 1
      endWord()
    case "\n": readLineEnd()
    case "#" where !isInWord: skipComment()
    case "'": try readSingleQuotes()
    case "\"": try readDoubleQuotes()
    case "\\": readBackslash()
    case "$": try readDollar(inQuotes: false)
    case "`": try readBackquotes()
    case "|", ";", "&", "<", ">", "(", ")": close(scalar)
    default: append(scalar)
    }
  }

  // MARK: - Between words

  private mutating func endWord() {
    guard isInWord else { return }
    endText()
    words.append(word)
    word = ShellWord()
    isInWord = false
  }

  private mutating func readLineEnd() {
    offset += 1
    endWord()
    guard !words.isEmpty else { return }
    while let scalar = peek, isBlank(scalar) || scalar == "\n" { offset += 1 }
    if peek != nil { terminator = "\n" }
  }

  private mutating func skipComment() {
    while let scalar = peek, scalar != "\n" { offset += 1 }
  }

  private mutating func close(_ scalar: Unicode.Scalar) {
    endWord()
    terminator = Character(scalar)
  }

  // MARK: - Quotes

  private mutating func readSingleQuotes() throws(CurlCommandError) {
    offset += 1
    isInWord = true
    while let scalar = peek {
      if scalar == "'" {
        offset += 1
        return
      }
      append(scalar)
    }
    throw .unterminatedQuote("'")
  }

  private mutating func readDoubleQuotes() throws(CurlCommandError) {
    offset += 1
    isInWord = true
    while let scalar = peek {
      switch scalar {
      case "\"":
        offset += 1
        return
      case "\\": readQuotedBackslash()
      case "$": try readDollar(inQuotes: true)
      case "`": try readBackquotes()
      default: append(scalar)
      }
    }
    throw .unterminatedQuote("\"")
  }

  private mutating func readQuotedBackslash() {
    guard let next = peek(1), next == "$" || next == "`" || next == "\"" || next == "\\" else {
      guard peek(1) == "\n" else { return append("\\") }
      offset += 2
      return
    }
    offset += 1
    append(next)
  }

  /// A backslash outside quotes.
  ///
  /// Blanks between it and the line end are what copying from a page leaves; a shell would end the
  /// command there, and nobody means that.
  private mutating func readBackslash() {
    var end = offset + 1
    while end < text.count, isBlank(text[end]) { end += 1 }
    if end < text.count, text[end] == "\n" {
      offset = end + 1
      return
    }
    offset += 1
    guard let next = peek else { return }
    append(next)
  }

  private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\r"
  }

  // MARK: - References

  private mutating func readDollar(inQuotes: Bool) throws(CurlCommandError) {
    switch peek(1) {
    case "'" where !inQuotes: try readEscapedQuotes()
    case "\"" where !inQuotes: offset += 1
    case "{": try readBracedVariable()
    case "(": try readSubstitution()
    case let next? where isNameStart(next): readVariable()
    default: append("$")
    }
  }

  private mutating func readVariable() {
    offset += 1
    let start = offset
    while let scalar = peek, isNameStart(scalar) || isDigit(scalar) { offset += 1 }
    add(.variable(name: string(text[start..<offset]), fallback: nil))
  }

  private mutating func readBracedVariable() throws(CurlCommandError) {
    let start = offset + 2
    guard let end = text[start...].firstIndex(of: "}") else { throw .unterminatedExpansion }
    offset = end + 1
    let inner = text[start..<end]
    let name = inner.prefix { isNameStart($0) || isDigit($0) }
    let rest = inner.dropFirst(name.count)
    guard !name.isEmpty else { return add(.command) }
    let marks = rest.first == ":" ? rest.dropFirst() : rest
    let fallback =
      marks.first == "-" ? string(marks.dropFirst()) : nil
    add(.variable(name: string(name), fallback: fallback))
  }

  private mutating func readSubstitution() throws(CurlCommandError) {
    var depth = 0
    while let scalar = peek {
      offset += 1
      if scalar == "(" { depth += 1 }
      if scalar == ")" { depth -= 1 }
      if scalar == ")", depth == 0 { return add(.command) }
    }
    throw .unterminatedExpansion
  }

  private mutating func readBackquotes() throws(CurlCommandError) {
    guard let end = text[(offset + 1)...].firstIndex(of: "`") else { throw .unterminatedExpansion }
    offset = end + 1
    add(.command)
  }

  private func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || ("A"..."Z").contains(scalar) || ("a"..."z").contains(scalar)
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private func string(_ part: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: part)
    return String(view)
  }

  // MARK: - Building a word

  private mutating func append(_ scalar: Unicode.Scalar) {
    isInWord = true
    scalars.append(scalar)
    offset += 1
  }

  private mutating func add(_ piece: ShellWord.Piece) {
    isInWord = true
    endText()
    word.pieces.append(piece)
  }

  private mutating func endText() {
    guard !scalars.isEmpty else { return }
    word.pieces.append(.text(String(scalars)))
    scalars.removeAll()
  }

  private mutating func readEscapedQuotes() throws(CurlCommandError) {
    isInWord = true
    var quotes = EscapedQuotes(text, at: offset + 2)
    guard let content = quotes.read() else { throw .unterminatedQuote("$'") }
    scalars.append(contentsOf: content.unicodeScalars)
    offset = quotes.offset
  }
}
