/// Why a text is not JSON, and where that shows.
public struct JSONTextError: Error, Sendable, Hashable {
  /// The rule that a text breaks.
  public enum Reason: Sendable, Hashable {
    /// The text ends before its value does; an empty text as well.
    case unexpectedEnd
    /// No value starts with this byte.
    case expectedValue
    /// A key, in quotes, must stand here.
    case expectedKey
    /// A colon must follow a key.
    case expectedColon
    /// After a member: a comma or the closing brace.
    case expectedCommaOrBrace
    /// After an item: a comma or the closing bracket.
    case expectedCommaOrBracket
    /// A digit must stand here.
    case expectedDigit
    /// A number of more than one digit starts with a zero.
    case leadingZero
    /// A word that is not `true`, `false` or `null`.
    case unknownLiteral
    /// A backslash that is followed by none of `"\/bfnrtu`.
    case unknownEscape
    /// `\u` without four hexadecimal digits.
    case expectedHexDigit
    /// A byte below 0x20 inside a string.
    case controlCharacter
    /// Bytes that are not UTF-8.
    case invalidUTF8
    /// The text starts with a byte order mark.
    case byteOrderMark
    /// More arrays and objects are open than the limit allows.
    case depthLimitExceeded
    /// Something other than white space follows the value.
    case trailingContent
  }

  /// The rule that is broken.
  public let reason: Reason
  /// The first byte that cannot stand where it does, from 0; the text's length where it ends early.
  public let offset: Int

  /// Names a defect.
  ///
  /// - Parameters:
  ///   - reason: The rule that is broken.
  ///   - offset: The first byte that cannot stand where it does, from 0.
  public init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

extension JSONTextError: CustomStringConvertible {
  /// The rule in words and the byte offset, such as `invalid JSON at byte 17: expected ':'`.
  public var description: String { "invalid JSON at byte \(offset): \(reason)" }
}

extension JSONTextError.Reason: CustomStringConvertible {
  /// The rule in words.
  public var description: String {
    switch self {
    case .unexpectedEnd: "the text ends too early"
    case .expectedValue: "expected a value"
    case .expectedKey: "expected a key in double quotes"
    case .expectedColon: "expected ':' after the key"
    case .expectedCommaOrBrace: "expected ',' or '}' after the member"
    case .expectedCommaOrBracket: "expected ',' or ']' after the item"
    case .expectedDigit: "expected a digit"
    case .leadingZero: "a number may not start with a superfluous zero"
    case .unknownLiteral: "expected true, false or null"
    case .unknownEscape: "unknown escape after '\\'"
    case .expectedHexDigit: "expected four hexadecimal digits after '\\u'"
    case .controlCharacter: "a control character in a string must be escaped"
    case .invalidUTF8: "the bytes are not UTF-8"
    case .byteOrderMark: "a byte order mark may not stand at the start"
    case .depthLimitExceeded: "arrays and objects nest too deeply"
    case .trailingContent: "unexpected content after the value"
    }
  }
}
