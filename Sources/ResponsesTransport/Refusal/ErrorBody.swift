import JSONText

/// What a refusal says, in whichever of the shapes that upstreams and the proxies before them use.
///
/// Read are `{"error": {…}}` with `code`, `type`, `param`, `message` and `innererror`; the same without
/// the wrapper; a failed response with its `error`; a message that is JSON again; and plain text.
struct ErrorBody {
  /// Most that is kept of a text, in bytes.
  static let textLimit = 2048

  /// The upstream's own code as sent, or its type, or empty.
  private(set) var code = ""
  /// Everything that names the failure, in lower case: code, type, inner codes.
  private(set) var names: [String] = []
  /// The text for people, or empty.
  private(set) var message = ""
  /// The field that is blamed, or empty.
  private(set) var parameter = ""

  /// The beginning of the text, for a sentence to end with; empty as the text is.
  var excerpt: String {
    let limit = 300
    return message.count > limit ? message.prefix(limit) + "…" : message
  }

  /// Reads a body of any kind.
  init(_ body: Span<UInt8>) {
    if let root = try? JSONText.validate(body) {
      read(root, in: body, depth: 0)
    } else {
      message = Self.plain(body)
    }
    if code.isEmpty, let name = names.first { code = name }
    if message.utf8.count > Self.textLimit { message = Self.plain(message.utf8.span) }
  }

  /// Takes a code from a header, where the body had none.
  mutating func adopt(_ headerCode: String?) {
    guard code.isEmpty, let headerCode, !headerCode.isEmpty else { return }
    code = headerCode
    names.append(headerCode.lowercased())
  }

  private mutating func read(_ root: JSONValue, in text: Span<UInt8>, depth: Int) {
    if root.kind == .string { message = root.string(in: text) ?? "" }
    let failed = root.member("response", in: text)?.member("error", in: text)
    var object = root
    if let inner = failed ?? root.member("error", in: text), inner.kind != .null {
      if inner.kind == .string { message = inner.string(in: text) ?? "" } else { object = inner }
    }
    readNames(of: object, in: text)
    parameter = object.member("param", in: text)?.string(in: text) ?? parameter
    // A message that is an object is either an error of its own or a text with its language.
    let nested = depth > 0 ? object.member("value", in: text) : nil
    guard let value = object.member("message", in: text) ?? nested else { return }
    if value.kind == .object, depth < 2 { return read(value, in: text, depth: depth + 1) }
    message = value.string(in: text) ?? message
    unwrapMessage(depth: depth)
  }

  private mutating func readNames(of object: JSONValue, in text: Span<UInt8>) {
    if let value = object.member("code", in: text) {
      let name = value.string(in: text) ?? value.integer(in: text).map { "\($0)" } ?? ""
      if !name.isEmpty {
        code = name
        names.append(name.lowercased())
      }
    }
    // The type of an event is no name of a failure.
    if let type = object.member("type", in: text)?.string(in: text), type != "error",
      !type.hasPrefix("response.")
    {
      names.append(type.lowercased())
    }
    readInnerNames(of: object, in: text)
  }

  /// An inner error may hold another one, which is more to the point.
  private mutating func readInnerNames(of object: JSONValue, in text: Span<UInt8>) {
    var object = object
    for _ in 0..<4 {
      guard
        let inner = object.member("innererror", in: text) ?? object.member("inner_error", in: text)
      else { return }
      if let name = inner.member("code", in: text)?.string(in: text) {
        names.append(name.lowercased())
      }
      object = inner
    }
  }

  /// Some gateways put the upstream's whole body into their own message.
  private mutating func unwrapMessage(depth: Int) {
    guard depth < 2, message.utf8.first == UInt8(ascii: "{") else { return }
    let bytes = Array(message.utf8)
    guard let root = try? JSONText.validate(bytes.span) else { return }
    read(root, in: bytes.span, depth: depth + 1)
  }

  private static func plain(_ text: Span<UInt8>) -> String {
    var bytes: [UInt8] = []
    for index in 0..<min(text.count, textLimit) {
      bytes.append(text[index] < 0x20 ? UInt8(ascii: " ") : text[index])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
