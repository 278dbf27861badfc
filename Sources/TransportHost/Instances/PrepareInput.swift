package import JSONText

/// One request for one target, as a transport is asked to describe it.
package struct PrepareInput: Sendable {
  /// A top-level number's bounds, as JSON; empty: open.
  package struct Clamp: Sendable, Hashable {
    /// The field.
    package var name: String
    /// The least value.
    package var minimum: String
    /// The greatest value.
    package var maximum: String

    /// Bounds of a field.
    package init(name: String, minimum: String, maximum: String) {
      self.name = name
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// The operation's word.
  package var operation = "create"
  /// The target's model.
  package var model = ""
  /// For operations on a stored response.
  package var responseID = ""
  /// Decoded pairs.
  package var query: [(name: String, value: String)] = []
  /// The caller's JSON, validated; empty: none.
  package var body: [UInt8] = []
  /// Its top-level members.
  package var members: [JSONMember] = []
  /// Whether the body asks for a stream.
  package var isStream = false
  /// Counted from 1.
  package var attempt = 1
  /// Whether a credential is configured.
  package var hasCredential = false
  /// `params.set`, the values as JSON.
  package var sets: [(name: String, value: [UInt8])] = []
  /// `params.remove`.
  package var removes: [String] = []
  /// `params.clamp`.
  package var clamps: [Clamp] = []
  /// The target's capabilities as a JSON object.
  package var capabilities: [UInt8] = Array("{}".utf8)
  /// The target's own options as a JSON object.
  package var target: [UInt8] = Array("{}".utf8)
  /// Changes that earlier failures asked for.
  package var amendments: [String] = []

  /// An empty request; set what applies.
  package init() {}

  /// The target's model, or where it names none the body's own; empty where there is neither.
  var modelOnWire: String {
    guard model.isEmpty else { return model }
    let span = body.span
    return members.last { $0.isNamed("model", in: span) }?.value.string(in: span) ?? ""
  }
}
