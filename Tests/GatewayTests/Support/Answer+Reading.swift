#if Gateway
import Foundation
import Testing

@testable import Gateway

extension Answer {
  /// The value of a header by its name in lower case.
  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as a JSON object.
  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
  }

  /// The error object.
  func error() throws -> [String: Any] { try #require(try json()["error"] as? [String: Any]) }
}
#endif
