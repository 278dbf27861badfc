/// A field of a request that may go without a change of what the caller asked for.
///
/// The answer may be made in another way, dearer or with less told about it, and the report says so.
/// What decides which answer is asked for is no optional field, whatever an upstream says of it: the
/// model, the input, its history, the tools and how they are chosen, the format of the text, the bound
/// of the output.
struct OptionalField: Hashable {
  /// What of the top-level member goes.
  enum Part: Hashable {
    /// All of it.
    case whole
    /// One member of the object.
    case member(String)
    /// One text of the list.
    case entry(String)
    /// One member of each item of the list.
    case ofItems(String)
  }

  /// The top-level member.
  let root: String
  /// What of it goes.
  let part: Part

  /// Top-level members that may go as a whole.
  static let wholes: Set<String> = [
    "context_management", "include", "max_tool_calls", "metadata", "parallel_tool_calls",
    "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "reasoning",
    "safety_identifier", "service_tier", "store", "stream_options", "temperature", "top_logprobs",
    "top_p", "truncation", "user",
  ]

  /// Members of objects that may go where the object stays.
  static let members: [String: Set<String>] = [
    "prompt_cache_options": ["mode", "ttl"],
    "reasoning": ["context", "effort", "generate_summary", "mode", "summary"],
    "stream_options": ["include_obfuscation"], "text": ["verbosity"],
  ]

  /// Members of the items of `input` that may go.
  static let itemMembers: Set<String> = ["phase"]

  /// How long the name of an entry of `include` may be, in bytes: an upstream chooses it, and an
  /// amendment must stay short.
  static let entryNames = 1...200

  /// The text by which an amendment names it: `temperature`, `text.verbosity`,
  /// `include[reasoning.encrypted_content]`, `input[].phase`.
  var name: String {
    switch part {
    case .whole: root
    case .member(let name): "\(root).\(name)"
    case .entry(let entry): "\(root)[\(entry)]"
    case .ofItems(let name): "\(root)[].\(name)"
    }
  }

  /// Reads a ``name``; nil for anything that is not optional.
  init?(_ name: String) {
    if Self.wholes.contains(name) {
      self.init(root: name, part: .whole)
    } else if name.hasPrefix("include["), name.hasSuffix("]"),
      Self.entryNames.contains(name.utf8.count - 9)
    {
      self.init(root: "include", part: .entry(String(name.dropFirst(8).dropLast())))
    } else if name.hasPrefix("input[]."), Self.itemMembers.contains(String(name.dropFirst(8))) {
      self.init(root: "input", part: .ofItems(String(name.dropFirst(8))))
    } else {
      let words = name.split(separator: ".", maxSplits: 1).map(String.init)
      guard words.count == 2, Self.members[words[0]]?.contains(words[1]) == true else { return nil }
      self.init(root: words[0], part: .member(words[1]))
    }
  }

  private init(root: String, part: Part) {
    self.root = root
    self.part = part
  }
}

extension OptionalField {
  /// The entry of `include` that asks for reasoning in the form in which it can be replayed.
  static let encryptedReasoning = "reasoning.encrypted_content"

  /// Finds the field that an upstream refused by its own name for it; nil when it is not optional, or
  /// when the place names nothing that was sent.
  ///
  /// - Parameters:
  ///   - refused: The name as the upstream wrote it: `temperature`, `include[0]`, `input[3].phase`.
  ///   - message: Its text in lower case.
  ///   - include: The entries of `include` that were sent.
  init?(refused: String, message: String, include: [String]) {
    let words = refused.split(separator: "[", maxSplits: 1)
    guard words.count == 2, let place = words.last?.prefix(while: \.isASCIIDigit), !place.isEmpty
    else {
      let isEncrypted =
        refused == Self.encryptedReasoning
        || refused == "include" && message[...].firstRange(of: "encrypted content") != nil
      self.init(isEncrypted ? "include[\(Self.encryptedReasoning)]" : refused)
      return
    }
    let rest = words[1].dropFirst(place.count + 1)
    switch (words[0], rest) {
    case ("include", ""):
      guard let index = Int(place), include.indices.contains(index) else { return nil }
      self.init("include[\(include[index])]")
    case ("input", _) where rest.first == ".": self.init("input[]\(rest)")
    default: return nil
    }
  }
}
