import JSONText

/// Writes the events that the machine makes itself.
enum EventText {
  /// A terminal event around a response object.
  static func event(_ type: String, number: Int, response: [UInt8]) -> [UInt8] {
    head(type, number: number) + Array(",\"response\":".utf8) + response + closing
  }

  /// An `error` event for a stream in which no response object was seen.
  ///
  /// The schema has the fields at the root, recorded streams have them under `error`: both are
  /// written, so that a reader of either finds them.
  static func error(_ error: ResponseError, number: Int) -> [UInt8] {
    head("error", number: number)
      + member("code", error.code) + member("message", error.message)
      + member("param", error.param) + Array(",\"error\":".utf8) + error.literal + closing
  }

  private static var closing: [UInt8] { [UInt8(ascii: "}")] }

  private static func head(_ type: String, number: Int) -> [UInt8] {
    Array("{\"type\":".utf8) + JSONEscape.literal(type)
      + Array(",\"sequence_number\":\(number)".utf8)
  }

  private static func member(_ name: String, _ value: String?) -> [UInt8] {
    Array(",\"\(name)\":".utf8) + (value.map(JSONEscape.literal) ?? Array("null".utf8))
  }
}
