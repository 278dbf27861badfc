import ResponsesTransport
public import TransportSDK

extension AzureFoundryTransport {
  /// Reads a request that works and says which provider entry makes it.
  ///
  /// - Parameters:
  ///   - sample: The request, without the values of its headers.
  ///   - body: Its body.
  /// - Returns: The entry; nil when the request is not of this plugin's kind.
  public static func recognize(_ sample: SampleRequest, body: Span<UInt8>) -> Recognition? {
    guard let reading = SampleReading(sample, body: body), isProject(reading.base.path) else {
      return nil
    }
    let isHome = reading.url.isHost(in: "services.ai.azure.com")
    return reading.entry(
      confidence: isHome ? 97 : 65,
      reason: isHome
        ? "host and path are those of a Foundry project" : "the path is that of a Foundry project",
      dialect: dialect)
  }

  private static func isProject(_ path: [String]) -> Bool {
    path.count >= 3 && path[0] == "api" && path[1] == "projects"
  }
}
