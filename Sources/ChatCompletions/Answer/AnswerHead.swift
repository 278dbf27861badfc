import JSONText

/// What each object of one answer begins with.
struct AnswerHead: Sendable {
  private var id: [UInt8]
  private var created: String
  private var model: [UInt8]
  private var serviceTier: [UInt8]?

  /// A head without a response object.
  ///
  /// - Parameters:
  ///   - model: The model that was asked for.
  ///   - created: The time in whole seconds since 1970.
  init(model: String, created: Int) {
    id = Array("chatcmpl-\(created)".utf8)
    self.created = String(created)
    self.model = JSONEscape.literal(model)
  }

  /// Takes over what the response object says.
  mutating func read(_ response: Fields<ResponseMember>, in source: JSONSource) {
    if let value = response[.id], value.kind == .string {
      // The rest of the id stays, so that a completion can be found among an upstream's responses.
      let content = source.content(of: value)
      let prefix = Array("resp_".utf8)
      let rest = content.starts(with: prefix) ? content.dropFirst(prefix.count) : content
      id = Array("chatcmpl-".utf8) + rest
    }
    if let value = response[.model], value.kind == .string {
      model = Array(source.slice(value.range))
    }
    if let value = response[.createdAt], let seconds = wholeSeconds(value, in: source) {
      created = String(seconds)
    }
    if let value = response[.serviceTier], value.kind == .string {
      serviceTier = Array(source.slice(value.range))
    }
  }

  /// Writes the members into an object that was opened.
  func write(object: String, to out: inout JSONOutput) {
    out.key("id")
    out.string(escaped: id)
    out.key("object")
    out.string(object)
    out.key("created")
    out.literal(created)
    out.key("model")
    out.copy(model[...])
    if let serviceTier {
      out.key("service_tier")
      out.copy(serviceTier[...])
    }
    out.key("system_fingerprint")
    out.literal("null")
  }

  /// The number without its fraction; the schema allows one in `created_at`, and none in `created`.
  private func wholeSeconds(_ value: JSONValue, in source: JSONSource) -> Int? {
    guard value.kind == .number else { return nil }
    if let seconds = source.integer(value) { return seconds }
    return Double(String(decoding: source.slice(value.range), as: UTF8.self))
      .flatMap { Int(exactly: $0.rounded(.down)) }
  }
}
