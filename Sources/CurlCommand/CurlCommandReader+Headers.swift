extension CurlCommandReader {
  /// Adds a header as `-H` writes it.
  ///
  /// `Name:` removes one of curl's own headers and `Name;` sends an empty one; neither says anything
  /// about a provider.
  mutating func addHeader(_ word: ShellWord) {
    guard word.literal?.hasPrefix("@") != true else {
      return notes.append("-H with a file of headers is left out.")
    }
    guard let colon = word.prefix.firstIndex(of: ":") else { return }
    let name = word.prefix[..<colon]
    let value = word.droppingPrefix(name.count + 1).trimmed
    guard !value.pieces.isEmpty else { return }
    addHeader(String(name).lowercased(), value)
  }

  /// Adds a header, without its value when that may be a secret.
  mutating func addHeader(_ name: String, _ value: ShellWord) {
    if CredentialName.matches(name) || value.beginsWithBearer
      || CredentialName.isLikelySecret(value.literal ?? "")
    {
      return addCredential(name, value, isBearer: value.beginsWithBearer)
    }
    put(name, .text(value.template))
  }

  /// Adds a secret by where it came from.
  mutating func addCredential(_ name: String, _ value: ShellWord, isBearer: Bool) {
    let credential = CurlCommand.Credential(origin: value.origin, isBearer: isBearer)
    put(name, .credential(credential))
  }

  private mutating func put(_ name: String, _ content: CurlCommand.Content) {
    headers.removeAll { $0.name == name }
    headers.append(CurlCommand.Header(name: name, content: content))
  }
}

extension ShellWord {
  /// Without blanks around it.
  var trimmed: ShellWord {
    var pieces = pieces
    if case .text(let text)? = pieces.first {
      pieces[0] = .text(String(text.drop { $0 == " " || $0 == "\t" }))
    }
    if case .text(let text)? = pieces.last {
      let end = text.lastIndex { $0 != " " && $0 != "\t" }
      pieces[pieces.count - 1] = .text(end.map { String(text[...$0]) } ?? "")
    }
    return ShellWord(pieces.filter { $0 != .text("") })
  }

  /// Whether the scheme `Bearer` stands in front.
  var beginsWithBearer: Bool { prefix.lowercased().hasPrefix("bearer ") }

  /// Where the secret part comes from.
  ///
  /// `'$NAME'` in single quotes sends these very characters; no key looks like that, so the name is
  /// taken for what it was meant to be.
  fileprivate var origin: CurlCommand.Credential.Origin {
    for piece in pieces {
      switch piece {
      case .variable(let name, _): return .variable(name)
      case .command: return .command
      case .text: continue
      }
    }
    guard let name = literal.flatMap(Self.quotedVariable) else { return .written }
    return .variable(name)
  }

  private static func quotedVariable(_ text: String) -> String? {
    guard let word = text.split(separator: " ").last, word.hasPrefix("$") else { return nil }
    var name = word.dropFirst()
    if name.hasPrefix("{"), name.hasSuffix("}") { name = name.dropFirst().dropLast() }
    let isName = name.utf8.allSatisfy {
      $0 == 0x5F || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
    }
    return isName && !name.isEmpty ? String(name) : nil
  }

  /// The text with its references as `${NAME}`.
  fileprivate var template: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .variable(let name, let fallback?): "${\(name):-\(fallback)}"
      case .variable(let name, nil): "${\(name)}"
      case .command: ""
      }
    }.joined()
  }
}
