import JSONText

/// An error as an upstream, or the host in its place, reported it.
///
/// Upstreams write the fields as strings, numbers, objects or not at all; here a number is its
/// digits, an object its JSON, and what is null or empty is nil.
package struct ResponseError: Sendable, Hashable {
  /// The error code, such as `rate_limit_exceeded`.
  package private(set) var code: String?
  /// The error in words.
  package private(set) var message: String?
  /// The kind of error, such as `too_many_requests`.
  package private(set) var type: String?
  /// The request parameter that is to blame.
  package private(set) var param: String?
  /// The JSON or text that the fields were found in, of both reports where there were two; empty
  /// for an error that the host made.
  package private(set) var raw: [UInt8]

  /// What `raw` is; the better of two reports is the later of these.
  private enum Form: Int, Comparable {
    /// No object that goes on.
    case text
    /// An object at whose root the fields stood.
    case root
    /// The error object itself.
    case object

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  private var form: Form

  /// Makes an error of the host's own.
  ///
  /// - Parameters:
  ///   - code: One of the host's error codes.
  ///   - message: The cause in words.
  ///   - raw: The part of the body that shows it.
  package init(code: String, message: String, raw: [UInt8] = []) {
    (self.code, self.message, self.raw, form) = (code, message, raw, .text)
  }

  /// Whether the error says all that a reader needs to tell what to do.
  var isTelling: Bool { code != nil && message != nil }

  /// Whether the four fields say the same.
  func says(_ other: ResponseError) -> Bool {
    code == other.code && message == other.message && type == other.type && param == other.param
  }

  /// Fills what is missing with what a second report of the same failure says; the longer message
  /// wins, since an upstream shortens one of the two.
  ///
  /// What only one of the objects holds, such as a map of headers, stays.
  func merged(with other: ResponseError?) -> ResponseError {
    guard let other else { return self }
    let (better, worse) = form < other.form ? (other, self) : (self, other)
    var merged = better
    if worse.form != .text { merged.raw = ErrorObject.completed(better.raw, with: worse.raw) }
    merged.code = code ?? other.code
    merged.message = [message, other.message].compactMap(\.self).max {
      $0.utf8.count < $1.utf8.count
    }
    merged.type = type ?? other.type
    merged.param = param ?? other.param
    return merged
  }
}

// MARK: - Reading

extension ResponseError {
  /// Reads the error of an event or a body, whose fields stand under `error` or at the root.
  ///
  /// Nil when neither place tells of one.
  init?(in root: JSONValue, of text: Span<UInt8>) {
    if let error = root.member("error", in: text), error.kind != .null {
      self.init(error, in: text)
    } else {
      self.init(fieldsOf: root, in: text, form: .text)
      guard code != nil || message != nil else { return nil }
      // At the root of an event the type is that of the event.
      if type == "error" || type == "response.failed" { type = nil }
      if root.kind == .object {
        (raw, form) = (ErrorObject.withoutEnvelope(raw, type: type), .root)
      }
    }
  }

  /// Reads an `error` member: an object, or a text that stands for one.
  ///
  /// Nil when it is null, or says nothing.
  init?(_ error: JSONValue, in text: Span<UInt8>) {
    self.init(fieldsOf: error, in: text, form: error.kind == .object ? .object : .text)
    if error.kind != .object { message = error.words(in: text) }
    if code == nil, message == nil, type == nil, param == nil { return nil }
  }

  private init(fieldsOf object: JSONValue, in text: Span<UInt8>, form: Form) {
    (raw, self.form) = ([UInt8](text, in: object.range), form)
    var members = JSONMembers(of: object)
    var statusCode: String?
    while let member = members.next(in: text) {
      if member.isNamed("code", in: text) { code = member.value.words(in: text) }
      if member.isNamed("message", in: text) { message = member.value.words(in: text) }
      if member.isNamed("type", in: text) { type = member.value.words(in: text) }
      if member.isNamed("param", in: text) { param = member.value.words(in: text) }
      if member.isNamed("statusCode", in: text) { statusCode = member.value.words(in: text) }
    }
    code = code ?? statusCode
  }
}

// MARK: - Writing

extension ResponseError {
  /// The error as a JSON object: the upstream's own, completed, or one made of the four fields.
  package var literal: [UInt8] {
    let object = form == .text ? Array("{}".utf8) : raw
    guard let index = try? JSONText.index(object.span) else { return Array("{}".utf8) }
    var edit = JSONObjectEdit(index.root, members: index.members)
    for (name, words) in [("code", code), ("message", message), ("type", type), ("param", param)] {
      guard let words, index.root.member(name, in: object.span)?.words(in: object.span) != words
      else { continue }
      edit.set(name, to: JSONEscape.literal(words), in: object.span)
    }
    return edit.bytes(of: object.span)
  }
}
