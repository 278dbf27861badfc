/// One header field.
///
/// Descriptions show the name and the size of the value, never the value.
package struct HTTPHeader: Sendable, Hashable {
  /// The field's name: as written in a request, lower case in a response.
  package var name: String
  /// The field's value, without leading and trailing blanks in a response.
  package var value: String

  /// Names a field.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension HTTPHeader: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The name, and how many bytes the value has.
  package var description: String { "\(name): <\(value.utf8.count) bytes>" }
  /// The same as `description`.
  package var debugDescription: String { description }
  /// The name alone, so that `dump` and test failures show no value either.
  package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
