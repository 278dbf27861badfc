internal import JSONText
internal import ProviderConfiguration

/// The secrets of one run of a token flow: the plugin has handles, their values stay here.
struct FlowVault: Sendable {
  private enum Kept: Sendable {
    case unread(SecretSource)
    case read(Secret)
  }

  /// The handle that was wanted last of a secret that could not be read; 0: none.
  private(set) var unreadable: UInt64 = 0

  private var kept: [Kept]
  private let reader: SecretReader
  private let name: String

  /// Gives the secrets of a credential the handles 1, 2 and so on.
  init(_ secrets: [SecretSource], reader: SecretReader, name: String) {
    kept = secrets.map(Kept.unread)
    self.reader = reader
    self.name = name
  }

  /// The highest handle that was given; 0: none.
  var lastHandle: UInt64 { UInt64(kept.count) }

  /// Takes a secret in.
  ///
  /// - Returns: Its handle; nil where there is nothing to read.
  mutating func take(_ source: SecretSource) throws(SecretUnavailable) -> UInt64? {
    guard reader.isThere(source) else { return nil }
    kept.append(.read(try reader.material(source, name: name)))
    return lastHandle
  }

  /// The secret of a handle; one of the configuration is read when it is first needed.
  mutating func secret(_ handle: UInt64) throws(SecretUnavailable) -> Secret {
    guard (1...max(lastHandle, 1)).contains(handle), lastHandle > 0 else {
      throw SecretUnavailable(message: "there is no credential \(handle)")
    }
    let index = Int(handle) - 1
    switch kept[index] {
    case .read(let secret): return secret
    case .unread(let source):
      unreadable = handle
      let secret = try reader.material(source, name: name)
      unreadable = 0
      kept[index] = .read(secret)
      return secret
    }
  }

  /// A text without any secret that was read, as it is or as it was sent.
  func redacting(_ text: String) -> String {
    kept.reduce(text) { text, kept in
      guard case .read(let secret) = kept else { return text }
      let sent = secret.withValue { value in
        [FormText.encoded(value), Array(JSONEscape.literal(value).dropFirst().dropLast())]
      }
      return sent.reduce(secret.redacting(text)) { text, form in
        Secret(String(decoding: form, as: UTF8.self), name: secret.name).redacting(text)
      }
    }
  }
}
