/// A version of HTTP as spoken on a connection.
package enum HTTPVersion: String, Sendable, Hashable {
  /// HTTP/1.0 (RFC 1945).
  case http1_0 = "HTTP/1.0"
  /// HTTP/1.1 (RFC 9112).
  case http1_1 = "HTTP/1.1"
  /// HTTP/2 (RFC 9113).
  case http2 = "HTTP/2"
}

/// The head of a final response; informational ones (1xx) are never seen.
package struct HTTPHead: Sendable, Hashable {
  /// The status as the upstream sent it, from 200 to 999.
  package let status: Int
  /// The version of the response.
  package let version: HTTPVersion
  /// The fields in their order.
  ///
  /// `content-encoding` and `content-length` speak of the bytes on the wire; the body that the
  /// exchange hands out is decoded.
  package let headers: HTTPHeaders
}

/// The fields of a response in their order, kept as the bytes that came and read when asked.
///
/// Names are lower case. A value that is not UTF-8 is repaired with U+FFFD.
package struct HTTPHeaders: Sendable {
  /// Where a field stands in ``HTTPHeaders/text``.
  package struct Field: Sendable {
    /// Its name.
    package let name: Range<Int>
    /// Its value.
    package internal(set) var value: Range<Int>
  }

  /// The names and values, one behind the other.
  package let text: [UInt8]
  /// Where they stand, in wire order.
  package let fields: [Field]

  init(text: [UInt8], fields: [Field]) {
    self.text = text
    self.fields = fields
  }

  /// The value of the first field of that lower-case name, or nil.
  package subscript(name: String) -> String? {
    fields.first { text[$0.name].elementsEqual(name.utf8) }.map { string($0.value) }
  }

  /// The values of all fields of that lower-case name, in order.
  package func values(of name: String) -> [String] {
    fields.filter { text[$0.name].elementsEqual(name.utf8) }.map { string($0.value) }
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: text[range], as: UTF8.self)
  }
}

extension HTTPHeaders: RandomAccessCollection {
  /// Always 0.
  package var startIndex: Int { 0 }
  /// The number of fields.
  package var endIndex: Int { fields.count }
  /// The field at that place.
  package subscript(position: Int) -> HTTPHeader {
    HTTPHeader(string(fields[position].name), string(fields[position].value))
  }
}

extension HTTPHeaders: Hashable {
  /// Compares names and values in order.
  package static func == (one: Self, other: Self) -> Bool { one.elementsEqual(other) }
  /// Feeds names and values in order.
  package func hash(into hasher: inout Hasher) {
    for header in self { hasher.combine(header) }
  }
}

extension HTTPHeaders: CustomStringConvertible, CustomReflectable {
  /// The names; never a value.
  package var description: String { "[\(map(\.name).joined(separator: ", "))]" }
  /// The description alone.
  package var customMirror: Mirror { Mirror(self, children: ["names": description]) }
}
