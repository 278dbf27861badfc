import JSONText
import TransportSDK

/// What a service says when it gives no token; empty where it speaks no JSON.
struct SignInErrorBody {
  /// Its name for the failure, such as `invalid_client`, or empty.
  private(set) var name = ""
  /// What it says to people, or empty.
  private(set) var description = ""
  /// The numbers of the failure, the ones behind `AADSTS`.
  private(set) var codes: [Int] = []
  /// What its support asks for, or empty.
  private(set) var traceID = ""

  /// Reads a reply.
  init(_ result: EffectResult) {
    let text = result.body.span
    guard let root = try? JSONText.validate(text) else { return }
    if let name = root.member("error", in: text)?.string(in: text), EntraName.isValid(name) {
      self.name = name
    }
    description =
      (root.member("error_description", in: text) ?? root.member("message", in: text))?
      .string(in: text) ?? ""
    if let list = root.member("error_codes", in: text) {
      var items = JSONItems(of: list)
      while let item = items.next(in: text) { item.integer(in: text).map { codes.append($0) } }
    }
    if codes.isEmpty { codes = KnownRefusal.codes(in: description) }
    if let id = root.member("trace_id", in: text)?.string(in: text), EntraName.isValid(id) {
      traceID = id
    }
  }

  /// Whether the service said anything in its own language.
  var isEmpty: Bool { name.isEmpty && description.isEmpty && codes.isEmpty }

  /// Its name and words, as a message may repeat them.
  var words: String {
    let quoted = Quotation.of(description)
    return [name, quoted].filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// What to tell its support, as the last sentence of a message, or empty.
  var trace: String { traceID.isEmpty ? "" : " Trace id: \(traceID)." }
}
