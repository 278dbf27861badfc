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
  /// What replies gave that nobody must repeat.
  private var replied: [Secret] = []
  private let reader: SecretReader
  /// What stands for them in messages.
  let name: String

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

  /// Takes note of what a token service or a program replied: a token that stands in it may turn up in
  /// what the flow says of it.
  mutating func note(reply: [UInt8]) {
    guard let root = try? JSONText.validate(reply.span), root.kind == .object else { return }
    var members = JSONMembers(of: root)
    while let member = members.next(in: reply.span) {
      guard let text = member.value.string(in: reply.span), text.utf8.count >= Self.shortestToken,
        SecretText.isName(ofSecret: member.name(in: reply.span))
      else { continue }
      replied.append(Secret(text, name: name))
    }
  }

  /// The fewest bytes of a token; `token_type` is shorter.
  private static let shortestToken = 12

  /// A text for people: without any secret that was read or came, nor what looks like one.
  func redacting(_ text: String) -> String {
    let known = kept.compactMap { kept -> Secret? in
      guard case .read(let secret) = kept else { return nil }
      return secret
    }
    return SecretText.blanking((known + replied).reduce(text) { $1.redacting($0) })
  }
}
