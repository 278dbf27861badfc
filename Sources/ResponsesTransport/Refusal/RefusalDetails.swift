import TransportSDK

/// The id of the stored state that an upstream did not find.
enum StateID {
  private static let leads: [Substring] = ["with id ", "item id ", "response id "]

  /// Finds the id: in the text, in the chain that the request asked for, or in the response it was about.
  ///
  /// - Returns: The id as the upstream wrote it; empty when nothing names one.
  static func find(in refused: Refusal.Case) -> String {
    for lead in leads {
      guard let range = refused.message[...].firstRange(of: lead) else { continue }
      // Ids tell upper from lower case, so they are read from the text as sent.
      let offset = refused.message.utf8.distance(
        from: refused.message.startIndex, to: range.upperBound)
      let id = id(at: refused.error.message.utf8.dropFirst(offset))
      if !id.isEmpty { return id }
    }
    return refused.head.responseID.isEmpty ? refused.notes.parentID : refused.head.responseID
  }

  private static func id(at text: Substring.UTF8View) -> String {
    let quotes = "'\"`".utf8
    let bare = text.first.map(quotes.contains) == true ? text.dropFirst() : text
    let id = bare.prefix {
      $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
    }
    return String(Substring(id))
  }
}

/// The audience that a token must be made for.
enum TokenAudience {
  /// The audiences that a text names, in its order: `https` URLs behind the word.
  static func all(in message: String) -> [String] {
    guard let word = message[...].firstRange(of: "audience") else { return [] }
    var found: [String] = []
    var rest = message[word.upperBound...]
    while let start = rest.firstRange(of: "https://"), found.count < 4 {
      let host = rest[start.upperBound...].prefix {
        $0.isASCIIDigit || $0.isASCIILetter || $0 == "." || $0 == "-"
      }
      rest = rest[host.endIndex...]
      // A full stop behind the name ends the sentence.
      let name = host.last == "." ? host.dropLast() : host
      if !name.isEmpty, !found.contains("https://\(name)") { found.append("https://\(name)") }
    }
    return found
  }

  /// The scope to ask for in place of the refused token's.
  ///
  /// Only audiences that the plugin knows count. Any other would let an upstream, or who stands before
  /// it, collect tokens for whatever service it names.
  ///
  /// - Returns: The scope; of several one that is not the usual, since that was tried; empty: none.
  static func scope(in message: String, among known: [String]) -> String {
    let named = all(in: message).filter(known.contains)
    guard let audience = named.first(where: { $0 != known.first }) ?? named.first else { return "" }
    return audience + "/.default"
  }
}

/// The field that an upstream refuses by name.
enum RefusedField {
  /// Its name as the upstream wrote it, from the error's `param` or from the text; empty: none.
  static func name(in refused: Refusal.Case) -> String {
    if !refused.error.parameter.isEmpty { return refused.error.parameter }
    let text = refused.error.message
    for quote: Character in ["'", "`", "\""] {
      let parts = text.split(separator: quote, maxSplits: 2, omittingEmptySubsequences: false)
      if parts.count == 3, isName(parts[1]) { return String(parts[1]) }
    }
    // `prompt_cache_retention is not supported on this model`, and the older `… supplied: logprobs`.
    let words = text.split(separator: " ")
    if let first = words.first, words.dropFirst().first == "is", isName(first) {
      return String(first)
    }
    guard let lead = text[...].firstRange(of: "supplied: ") else { return "" }
    let word = text[lead.upperBound...].prefix { $0 != " " && $0 != "," }
    return isName(word) ? String(word) : ""
  }

  /// The amendment by which it goes; nil when it is not optional.
  static func amendment(_ refused: Refusal.Case) -> String? {
    OptionalField(
      refused: name(in: refused), message: refused.message, include: refused.notes.include
    ).map { Amendment.Kind.dropParameter.text($0.name) }
  }

  private static func isName(_ text: Substring) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { $0.isASCIIAlphanumeric || "_.[]".utf8.contains($0) }
  }
}
