internal import JSONText
internal import ProviderConfiguration

/// The argument of an effect, where it is JSON.
struct EffectArgument: Sendable {
  private let bytes: [UInt8]
  private let root: JSONValue?

  init(_ text: String) {
    let bytes = Array(text.utf8)
    root = try? JSONText.validate(bytes.span)
    self.bytes = bytes
  }

  /// The text of a member, or nil.
  func text(_ name: String) -> String? {
    root?.member(name, in: bytes.span)?.string(in: bytes.span)
  }

  /// The whole number of a member, or nil.
  func number(_ name: String) -> Int? {
    root?.member(name, in: bytes.span)?.integer(in: bytes.span)
  }

  /// The truth value of a member, or nil.
  func flag(_ name: String) -> Bool? {
    switch root?.member(name, in: bytes.span)?.kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// The handle under `credential`, or nil.
  var handle: UInt64? { number("credential").flatMap(UInt64.init(exactly:)) }

  /// Where a secret is, or nil.
  var source: SecretSource? {
    text("env").map(SecretSource.environment) ?? text("file").map(SecretSource.file)
  }

  /// The texts of an array; empty for anything else.
  var words: [String] {
    guard let root, root.kind == .array else { return [] }
    var words: [String] = []
    var items = JSONItems(of: root)
    while let item = items.next(in: bytes.span) {
      guard let word = item.string(in: bytes.span), !word.utf8.contains(0) else { return [] }
      words.append(word)
    }
    return words
  }
}

/// Values in the form of `application/x-www-form-urlencoded`.
enum FormText {
  /// A value with everything but letters, digits and `-._*` percent-encoded.
  ///
  /// - Source: the URL standard of WHATWG, section 5.2; a space is `%20`, which every reader takes.
  static func encoded(_ text: String) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return text.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2A, 0x2D, 0x2E, 0x5F: [byte]
      default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      }
    }
  }
}
