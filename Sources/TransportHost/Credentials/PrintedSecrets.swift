internal import ProviderConfiguration

/// What a program printed where a secret belongs: no part of it is repeated.
struct PrintedSecrets: Sendable {
  private let secrets: [Secret]

  /// The most words that are looked for: a program whose output is a secret prints few.
  private static let wordLimit = 64
  /// The fewest bytes of a word: shorter ones are names of members and the words of sentences.
  private static let shortestWord = 8

  /// Takes in an output, whole and in its words: of a JSON object the value alone may be repeated.
  init(_ output: [UInt8], name: String) {
    let text = String(decoding: output.prefix(SecretReader.limit), as: UTF8.self)
    let words = text.split { $0.isWhitespace || "\"'{}[],;=".contains($0) }
      .filter { $0.utf8.count >= Self.shortestWord }
    secrets = ([text] + words.prefix(Self.wordLimit).map(String.init))
      .map { Secret($0, name: name) }
  }

  /// A text without them, nor anything else that is probably a secret.
  func blanking(_ text: [UInt8]) -> String {
    let clean = secrets.reduce(text) { $1.redacting($0) }
    return SecretText.blanking(String(decoding: clean, as: UTF8.self))
  }
}
