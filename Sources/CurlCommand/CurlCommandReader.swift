/// Walks over the words of a command and collects what its options say.
struct CurlCommandReader {
  /// A piece of the body before variables are looked up.
  enum Piece {
    case text(ShellWord)
    case file(String, isText: Bool)
    /// `--json` pieces follow each other without a sign between them.
    case json(ShellWord)
  }

  var method: String?
  var urls: [ShellWord] = []
  var headers: [CurlCommand.Header] = []
  var pieces: [Piece] = []
  var isGet = false
  var isHead = false
  var quiet: [String] = []
  var notes: [String] = []

  private var words: ArraySlice<ShellWord>

  /// Takes the words and checks that they call curl.
  init(_ words: [ShellWord]) throws(CurlCommandError) {
    self.words = words[...]
    while let first = self.words.first, Self.isPreamble(first) { self.words.removeFirst() }
    guard let program = self.words.popFirst() else { throw .empty }
    let name = program.literal.map { String($0.split(separator: "/").last ?? "") }
    guard name == "curl" || name == "curl.exe" else { throw .notCurl(Self.plain(name)) }
  }

  /// Reads every option and operand.
  mutating func read() throws(CurlCommandError) {
    var isOperand = false
    while let word = words.popFirst() {
      let prefix = word.prefix
      switch prefix {
      case _ where isOperand || !prefix.hasPrefix("-") || word.literal == "-": urls.append(word)
      case "--" where word.literal == "--": isOperand = true
      case _ where prefix.hasPrefix("--"): try readLong(word)
      default: try readShort(word)
      }
    }
  }

  /// A prompt that was copied with the command, or an assignment in front of it.
  private static func isPreamble(_ word: ShellWord) -> Bool {
    guard let text = word.literal else { return isAssignment(word.prefix) }
    return ["$", "%", ">", "#", "sudo", "time"].contains(text) || isAssignment(text)
  }

  private static func isAssignment(_ text: String) -> Bool {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else { return false }
    return text[..<sign].utf8.allSatisfy {
      $0 == 0x5F || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
        || (0x61...0x7A).contains($0)
    }
  }

  /// A program's name when it is short and plain; anything else may be a pasted secret.
  private static func plain(_ name: String?) -> String? {
    guard let name, (1...16).contains(name.utf8.count),
      name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x2D })
    else { return nil }
    return name
  }

  // MARK: - Options

  private mutating func readLong(_ word: ShellWord) throws(CurlCommandError) {
    let body = word.prefix.dropFirst(2)
    let name = String(body.prefix { $0 != "=" })
    let label = "--" + name
    guard let option = CurlOption.named(name) else {
      guard name.hasPrefix("no-"), CurlOption.named(String(name.dropFirst(3))) != nil else {
        throw .unknownOption(label)
      }
      return
    }
    let isAttached = body.contains("=")
    let value =
      isAttached
      ? word.droppingPrefix(label.count + 1) : try nextValue(of: option, label)
    try apply(option, label, value)
  }

  private mutating func readShort(_ word: ShellWord) throws(CurlCommandError) {
    var rest = word.droppingPrefix(1)
    while let letter = rest.prefix.first {
      let label = "-\(letter)"
      guard let option = CurlOption.lettered(letter) else { throw .unknownOption(label) }
      rest = rest.droppingPrefix(1)
      guard option.takesValue else {
        try apply(option, label, ShellWord())
        continue
      }
      let value = rest.pieces.isEmpty ? try nextValue(of: option, label) : rest
      return try apply(option, label, value)
    }
  }

  private mutating func nextValue(
    of option: CurlOption, _ label: String
  ) throws(CurlCommandError) -> ShellWord {
    guard option.takesValue else { return ShellWord() }
    guard let value = words.popFirst() else { throw .missingValue(label) }
    return value
  }

  private mutating func apply(
    _ option: CurlOption, _ label: String, _ value: ShellWord
  ) throws(CurlCommandError) {
    switch option.meaning {
    case .method: method = value.literal?.uppercased() ?? method
    case .url: urls.append(value)
    case .getQuery: isGet = true
    case .head: isHead = true
    case .header: addHeader(value)
    case .bearer: addCredential("authorization", value, isBearer: true)
    case .user: addCredential("authorization", value, isBearer: false)
    case .cookie: addCredential("cookie", value, isBearer: false)
    case .agent: addHeader("user-agent", value)
    case .referer: addHeader("referer", value)
    case .bodyText, .bodyData, .bodyBinary, .bodyJSON: try addBody(option, label, value)
    case .quiet: quiet.append(label)
    case .noted(let note): notes.append("\(label) is left out: \(note)")
    case .refused(let reason): throw .unsupportedOption(label, reason: reason)
    }
  }

  private mutating func addBody(
    _ option: CurlOption, _ label: String, _ value: ShellWord
  ) throws(CurlCommandError) {
    if case .bodyJSON = option.meaning { addJSONHeaders() }
    guard !option.readsLiterally, value.prefix.hasPrefix("@") else {
      if case .bodyJSON = option.meaning { return pieces.append(.json(value)) }
      return pieces.append(.text(value))
    }
    guard let path = value.droppingPrefix(1).literal, path != "-", !path.isEmpty else {
      throw .unsupportedOption(
        "\(label) @-", reason: "what it read is not here. Name a file, or write the body itself.")
    }
    var isText = false
    if case .bodyData = option.meaning { isText = true }
    pieces.append(.file(path, isText: isText))
  }

  /// `--json` stands for two headers, where the command does not set them itself.
  private mutating func addJSONHeaders() {
    for name in ["content-type", "accept"] where !headers.contains(where: { $0.name == name }) {
      headers.append(CurlCommand.Header(name: name, content: .text("application/json")))
    }
  }
}

extension CurlOption {
  /// Whether an `@` in front of the value is a sign like any other.
  fileprivate var readsLiterally: Bool {
    if case .bodyText = meaning { return true }
    return false
  }
}
