/// A change of a later attempt that an upstream's refusal of this one asked for.
///
/// Towards the host an amendment is a text without meaning: `classify` offers it, the host hands it to
/// the next `prepare`. What the words are and when they are offered, `Plugins/rules.md` says.
enum Amendment {
  /// The kinds, each with the word that its text begins with.
  enum Kind: String, CaseIterable {
    /// A field that the upstream refuses by name goes.
    case dropParameter = "drop-param"
    /// Reasoning stays in the newest turn that has any, and nowhere else.
    case newestReasoning = "newest-reasoning"
    /// Reasoning goes up to and with the item whose blob has the fingerprint.
    case dropReasoning = "drop-reasoning"
    /// The query loses its version.
    case dropVersion = "drop-api-version"
    /// What the upstream would look up stands in the input itself, or goes.
    case inlineReplay = "inline-replay"
    /// Items for which the chain stands go.
    case dropDuplicates = "drop-duplicates"

    /// Whether later requests for the same model need it too.
    var isLasting: Bool {
      switch self {
      case .dropParameter, .newestReasoning, .dropReasoning, .dropVersion: true
      case .inlineReplay, .dropDuplicates: false
      }
    }

    /// The text of an amendment of this kind about something: `drop-param:temperature`.
    func text(_ subject: String) -> String { "\(rawValue):\(subject)" }

    /// What a text of this kind is about; empty when about nothing, nil for another kind.
    func subject(of text: String) -> Substring? {
      if text == rawValue { return "" }
      let lead = rawValue.utf8.count + 1
      guard text.hasPrefix(rawValue), text.utf8.dropFirst(lead - 1).first == UInt8(ascii: ":")
      else { return nil }
      return text[text.utf8.index(text.startIndex, offsetBy: lead)...]
    }
  }
}

/// The amendments of one request.
struct Amendments {
  /// None.
  static let none = Amendments([])

  /// Fields that go, in the order in which they were refused.
  private(set) var fields: [OptionalField] = []
  /// Fingerprints of the blobs up to which reasoning goes.
  private(set) var fingerprints: [UInt64] = []
  /// Whether reasoning stays in the newest turn alone.
  private(set) var keepsNewestReasoning = false
  /// Whether the query loses its version.
  private(set) var dropsVersion = false
  /// Whether nothing may be left to look up.
  private(set) var isInline = false
  /// Whether items go for which the chain stands.
  private(set) var dropsDuplicates = false

  /// Reads the texts; what is not known is left alone.
  init(_ texts: [String]) {
    for text in texts { read(text) }
  }

  /// Whether some of them are about the items of `input`.
  var areAboutInput: Bool {
    !fingerprints.isEmpty || keepsNewestReasoning || isInline || dropsDuplicates
  }

  private mutating func read(_ text: String) {
    for kind in Amendment.Kind.allCases {
      guard let subject = kind.subject(of: text) else { continue }
      switch kind {
      case .dropParameter:
        if let field = OptionalField(String(subject)) { fields.append(field) }
      case .dropReasoning:
        fingerprints += subject.split(separator: ",").compactMap { UInt64($0, radix: 16) }
      case .newestReasoning: keepsNewestReasoning = true
      case .dropVersion: dropsVersion = true
      case .inlineReplay: isInline = true
      case .dropDuplicates: dropsDuplicates = true
      }
    }
  }
}
