import ResponsesTransport
public import TransportSDK

extension OpenAITransport {
  /// Reads a request that works and says which provider entry makes it.
  ///
  /// - Parameters:
  ///   - sample: The request, without the values of its headers.
  ///   - body: Its body.
  /// - Returns: The entry; nil when the request is not of this plugin's kind.
  public static func recognize(_ sample: SampleRequest, body: Span<UInt8>) -> Recognition? {
    guard let reading = SampleReading(sample, body: body) else { return nil }
    if reading.url.isHost(in: domain) {
      return reading.entry(
        confidence: 95, reason: "the host is \(reading.url.host)", dialect: dialect)
    }
    guard reading.version == nil, !reading.headerNames.contains("api-key") else { return nil }
    if reading.base.path.last == "v1", reading.authentication == .bearer {
      return reading.entry(
        confidence: 40, reason: "the path ends in /v1 and the key is a bearer", dialect: dialect)
    }
    return reading.entry(
      confidence: 15, reason: "the path names an operation of the Responses API", dialect: dialect)
  }
}
