/// Errors for what an upstream must not send.
extension ResponseError {
  /// How much of a body is kept to show what came.
  ///
  /// Pages of proxies say what they have to say early; 2 KiB is what the error carries of any body.
  private static var excerptLength: Int { 2048 }

  static var missingResponse: ResponseError {
    malformed("the upstream ended its stream without a response object")
  }

  static var unfinishedBody: ResponseError {
    malformed("the upstream answered a stream request with a response that is not complete")
  }

  static func malformedEvent(_ data: Span<UInt8>) -> ResponseError {
    malformed("the upstream sent an event that is no JSON object", data)
  }

  static func malformedBody(_ body: Span<UInt8>) -> ResponseError {
    malformed("the upstream answered with something that is neither response nor error", body)
  }

  private static func malformed(_ message: String) -> ResponseError {
    ResponseError(code: "protocol_error", message: message)
  }

  private static func malformed(_ message: String, _ text: Span<UInt8>) -> ResponseError {
    let excerpt = [UInt8](text, in: 0..<min(text.count, excerptLength))
    let line = String(decoding: excerpt, as: UTF8.self).unicodeScalars
      .prefix { $0.value >= 0x20 }.prefix(120)
    let isWhole = line.count == text.count
    return ResponseError(
      code: "protocol_error",
      message: "\(message): \"\(String(line))\(isWhole ? "" : "…")\"",
      raw: excerpt)
  }
}
