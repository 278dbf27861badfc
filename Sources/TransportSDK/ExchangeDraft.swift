public import JSONText

/// The description of one HTTP exchange, as it is being made.
public struct ExchangeDraft: Sendable {
  /// One header, in wire order.
  public struct Header: Sendable, Hashable {
    /// Lower case.
    public let name: String
    /// The value, or what stands before the secret.
    public let value: String
    /// The secret that ends the value, or nil.
    public let credential: CredentialHandle?

    /// A header; the name in lower case.
    public init(name: String, value: String, credential: CredentialHandle? = nil) {
      self.name = name
      self.value = value
      self.credential = credential
    }
  }

  /// One edit, as it is reported.
  public struct Edit: Sendable, Hashable {
    /// Where the reason stands.
    public let source: EditSource
    /// What was done.
    public let action: EditAction
    /// Where in the input: the value's first byte, or for an addition the container's.
    public let offset: Int
    /// The name of a member that was added, or was added and is now removed; `-` for an item that was
    /// appended; else empty.
    public let added: String
  }

  /// `GET`, `POST` or `DELETE`.
  public var method = "POST"
  /// The absolute URL.
  public var url = ""
  /// The body; nil: none.
  public var body: JSONRope?
  /// Headers in wire order.
  public private(set) var headers: [Header] = []
  /// Edits in the order in which they were made.
  public private(set) var edits: [Edit] = []
  /// What the caller should know that is no edit of the body.
  public private(set) var warnings: [String] = []

  /// What ``Transport/classify(_:body:)`` wants to know of this exchange; see ``note(_:)``.
  public private(set) var notes: [String] = []

  /// An empty draft.
  public init() {}

  /// Adds a header; the name in lower case.
  public mutating func header(_ name: String, _ value: String) {
    headers.append(Header(name: name, value: value, credential: nil))
  }

  /// Adds a header that ends with the secret; without a secret, nothing.
  public mutating func place(_ credential: CredentialHandle?, in name: String, prefix: String = "")
  {
    guard let credential else { return }
    headers.append(Header(name: name, value: prefix, credential: credential))
  }

  /// Reports an edit.
  public mutating func report(
    _ source: EditSource, _ action: EditAction, at offset: Int, added: String = ""
  ) {
    edits.append(Edit(source: source, action: action, offset: offset, added: added))
  }

  /// Keeps a text for ``ResponseHead/notes``: what an explanation of the answer will need to know of the
  /// request.
  public mutating func note(_ text: String) {
    notes.append(text)
  }

  /// Tells the caller something that is no edit of the body.
  public mutating func warn(_ message: String) {
    warnings.append(message)
  }
}
