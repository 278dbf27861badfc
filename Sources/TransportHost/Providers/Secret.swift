internal import ProcessIO
internal import ProviderConfiguration

/// A secret's value, which shows itself nowhere.
struct Secret: Sendable, CustomStringConvertible, CustomReflectable {
  private let value: String
  /// Whether every text writes it alike, so that its bytes alone are looked for.
  private let isPlain: Bool
  /// What stands for it in messages.
  let name: String

  init(_ value: String, name: String) {
    self.value = value
    self.name = name
    isPlain = SecretEcho.isPlain(value)
  }

  /// Hands the value out, for the wire alone.
  func withValue<R>(_ body: (String) -> R) -> R { body(value) }

  /// Whether it can stand in a header: a line break there would forge another one.
  var isOneLine: Bool { value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }

  /// A text in which the secret is replaced by its handle, wherever an upstream repeated it or the
  /// first half of it.
  func redacting(_ bytes: [UInt8]) -> [UInt8] {
    guard mayBeEchoed(in: bytes.span) else { return bytes }
    let echo = SecretEcho(of: value)
    guard bytes.count >= echo.least else { return bytes }
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let length = echo.length(at: index, in: bytes)
      if length > 0 {
        out.append(contentsOf: "{credential:\(name)}".utf8)
        index += length
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return out
  }

  /// A text in which the secret is replaced by its handle.
  func redacting(_ text: String) -> String {
    guard mayBeEchoed(in: text.utf8Span.span) else { return text }
    return String(decoding: redacting(Array(text.utf8)), as: UTF8.self)
  }

  /// Whether there may be anything to take out: nearly always not, which costs no copy.
  func mayBeEchoed(in bytes: Span<UInt8>) -> Bool {
    guard isPlain else { return true }
    let needle = value.utf8Span.span
    let least = SecretEcho.leastLength(of: needle.count)
    guard bytes.count >= least else { return false }
    for start in 0...(bytes.count - least) where bytes[start] == needle[0] {
      var length = 1
      while length < least, bytes[start + length] == needle[length] { length += 1 }
      if length == least { return true }
    }
    return false
  }

  var description: String { "{credential:\(name)}" }
  var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

/// Why a secret could not be read.
struct SecretUnavailable: Error {
  /// What, why, and what to do; without the secret.
  let message: String
}

/// Reads secrets where the configuration says they are, at each call: both may change.
struct SecretReader: Sendable {
  private let file: String
  private let environment: @Sendable (String) -> String?

  /// - Parameters:
  ///   - document: Paths are relative to its file.
  ///   - environment: Looks up variables.
  init(document: ConfigurationDocument, environment: @escaping @Sendable (String) -> String?) {
    file = document.file
    self.environment = environment
  }

  /// Reads a secret of one line; `name` stands for it in messages.
  func secret(_ source: SecretSource, name: String) throws(SecretUnavailable) -> Secret {
    try Secret(checked(text(source, name), name), name: name)
  }

  /// Reads a secret that may have many lines, such as a PEM text.
  func material(_ source: SecretSource, name: String) throws(SecretUnavailable) -> Secret {
    try Secret(text(source, name), name: name)
  }

  /// Whether there is anything to read.
  func isThere(_ source: SecretSource) -> Bool {
    switch source {
    case .environment(let variable): !Self.isBlank(environment(variable) ?? "")
    case .file(let path):
      FileContent.exists(PluginSearch.absolute(path, besides: file))
    }
  }

  private func text(_ source: SecretSource, _ name: String) throws(SecretUnavailable) -> String {
    switch source {
    case .environment(let variable):
      let value = environment(variable) ?? ""
      guard !Self.isBlank(value) else {
        throw SecretUnavailable(
          message: "credential \"\(name)\" is not set: the variable \(variable) is empty or unset."
            + " Set it, for example: export \(variable)=…")
      }
      return value
    case .file(let path):
      let resolved = PluginSearch.absolute(path, besides: file)
      let bytes: [UInt8]
      do throws(FileText.Unreadable) {
        bytes = try FileText.read(resolved, limit: Self.limit)
      } catch {
        throw SecretUnavailable(
          message: "credential \"\(name)\" cannot be read from \"\(resolved)\": \(error.reason).")
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw SecretUnavailable(
          message: "credential \"\(name)\" cannot be used: \"\(resolved)\" holds no UTF-8 text.")
      }
      let value = String(text.reversed().drop(while: \.isWhitespace).reversed())
      guard !value.isEmpty else {
        throw SecretUnavailable(
          message: "credential \"\(name)\" is empty: \"\(resolved)\" holds no secret.")
      }
      return value
    }
  }

  /// A line break in a secret would forge headers; it comes from a careless copy.
  private func checked(_ value: String, _ name: String) throws(SecretUnavailable) -> String {
    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw SecretUnavailable(
        message: "credential \"\(name)\" holds a line break or another control character."
          + " Store it as one line.")
    }
    return value
  }

  /// The most that a file of a secret may hold.
  ///
  /// Source: our choice; servers take header lines of 8 to 16 KiB, tokens included.
  static let limit = 64 << 10

  private static func isBlank(_ text: String) -> Bool {
    // What begins with visible ASCII needs no table of characters.
    if let first = text.utf8.first, (0x21...0x7E).contains(first) { return false }
    return text.allSatisfy(\.isWhitespace)
  }
}
