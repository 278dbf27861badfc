internal import Signing

/// Writes on the id of a stored response who made it, so that whoever holds the key can tell.
///
/// A tagged id is the upstream's, `_jf1`, and 27 digits of base64url: 6 bytes for the state
/// boundary, 4 for the provider, and 10 of a code over these and the id. Nothing is kept: another
/// process with the same key reads it as well. Names stand there as shortened codes of their own, which
/// tell a stranger nothing. A code of 80 bits is guessed once in 10^24 tries.
struct StateTagger: Sendable {
  /// What an id turns out to be.
  enum Reading: Sendable, Hashable {
    /// It has no tag.
    case untagged
    /// The tag was made with this key for this id.
    case genuine(raw: String, Origin)
    /// It ends as a tag does, but not as this key would end it.
    case forged(raw: String)
  }

  /// The longest id that is tagged, in bytes; our choice: ten times what upstreams make.
  static let limit = 512

  private static let mark = "_jf1"
  /// How many bytes of a code stand in a tag.
  private static let codeLength = 10
  /// How many bytes a tag adds to an id.
  private static let length = mark.utf8.count + Base64URL.length(of: Origin.length + codeLength)

  private let key: MessageCode

  /// Makes and reads tags under a key.
  init(key: MessageCode) { self.key = key }

  /// The id with its tag; as it stands where it has one of this key, is empty or above ``limit``.
  func tagged(_ id: String, from origin: Origin) -> String {
    guard !id.isEmpty, id.utf8.count <= Self.limit else { return id }
    if case .genuine = read(id) { return id }
    return id + Self.mark + Base64URL.text(of: tag(of: id.utf8, from: origin))
  }

  /// The id with its tag, for names whose digests are not at hand.
  func tagged(_ id: String, boundary: String, provider: String) -> String {
    tagged(id, from: origin(boundary: boundary, provider: provider))
  }

  /// What an id says of its origin; a code is computed only for one that ends as a tag does.
  func read(_ id: String) -> Reading {
    let bytes = id.utf8
    guard bytes.count > Self.length, bytes.count <= Self.limit + Self.length else {
      return .untagged
    }
    let end = bytes.index(bytes.endIndex, offsetBy: -Self.length)
    let ending = bytes[end...]
    guard ending.starts(with: Self.mark.utf8),
      let (tag, isCanonical) = Base64URL.bytes(of: ending.dropFirst(Self.mark.utf8.count))
    else { return .untagged }
    let raw = String(id[..<end])
    let origin = Origin(bytes: tag)
    guard isCanonical, MessageCode.areEqual(tag, self.tag(of: raw.utf8, from: origin)) else {
      return .forged(raw: raw)
    }
    return .genuine(raw: raw, origin)
  }
}

// MARK: - Codes

extension StateTagger {
  /// What each code is for; its first byte keeps one from standing in for another.
  private enum Purpose: UInt8 {
    case boundary = 1
    case provider = 2
    case response = 3
  }

  /// What tags say of two names, to be asked once for names that are known.
  func origin(boundary: String, provider: String) -> Origin {
    Origin(boundary: digest(ofBoundary: boundary), provider: digest(ofProvider: provider))
  }

  /// What tags say of a state boundary.
  func digest(ofBoundary name: String) -> Origin.Boundary {
    Origin.Boundary(bytes: key.code(of: [Purpose.boundary.rawValue] + name.utf8))
  }

  /// What tags say of a provider.
  func digest(ofProvider id: String) -> Origin.Provider {
    Origin.Provider(bytes: key.code(of: [Purpose.provider.rawValue] + id.utf8))
  }

  private func tag(of id: String.UTF8View, from origin: Origin) -> [UInt8] {
    var message = [Purpose.response.rawValue]
    message.reserveCapacity(1 + Origin.length + id.count)
    origin.append(to: &message)
    var tag = Array(message.dropFirst())
    // The origin's length is fixed, so that no other id and origin give these bytes.
    message.append(contentsOf: id)
    tag += key.code(of: message).prefix(Self.codeLength)
    return tag
  }
}
