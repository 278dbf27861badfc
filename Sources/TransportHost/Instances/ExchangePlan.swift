/// One HTTP exchange as a transport described it, checked by the host.
package struct ExchangePlan: Sendable {
  /// A header, in wire order.
  package struct Header: Sendable, Hashable {
    /// Lower case.
    package let name: String
    /// The value, or what stands before the secret.
    package let value: String
    /// Whether the value ends with the provider's secret.
    package let endsWithCredential: Bool
  }

  /// A part of the body.
  package enum Piece: Sendable, Hashable {
    /// Bytes of the transport.
    case literal([UInt8])
    /// A range of the caller's body.
    case input(Range<Int>)
  }

  /// An edit as the plugin reported it.
  package struct Edit: Sendable, Hashable {
    /// Index of the rule in the plugin's table.
    package let rule: Int
    /// What was done.
    package let action: Action
    /// Byte offset in the caller's body.
    package let offset: Int
    /// Name of an added member, `-` for an appended item, else empty.
    package let added: String
  }

  /// What an edit did.
  package enum Action: String, Sendable {
    /// Added.
    case add
    /// Removed.
    case remove
    /// Replaced.
    case replace
  }

  /// `GET`, `POST` or `DELETE`.
  package var method = ""
  /// Absolute.
  package var url = ""
  /// In wire order.
  package var headers: [Header] = []
  /// The body's parts; empty: no body.
  package var body: [Piece] = []
  /// In the order in which they were reported.
  package var edits: [Edit] = []
  /// What the caller should know.
  package var warnings: [String] = []

  /// The body's bytes, for `explain`.
  package func bodyBytes(of input: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    for piece in body {
      switch piece {
      case .literal(let literal): bytes.append(contentsOf: literal)
      case .input(let range): bytes.append(contentsOf: input[range])
      }
    }
    return bytes
  }
}
