import ResponsesTransport
public import TransportSDK

extension AzureOpenAITransport {
  /// Domains below which each host is a resource, sovereign clouds included.
  private static let resourceDomains = [
    "openai.azure.com", "cognitiveservices.azure.com", "services.ai.azure.com",
    "api.cognitive.microsoft.com", "openai.azure.us", "cognitiveservices.azure.us",
    "openai.azure.cn", "cognitiveservices.azure.cn",
  ]

  /// Reads a request that works and says which provider entry makes it.
  ///
  /// - Parameters:
  ///   - sample: The request, without the values of its headers.
  ///   - body: Its body.
  /// - Returns: The entry; nil when the request is not of this plugin's kind.
  public static func recognize(_ sample: SampleRequest, body: Span<UInt8>) -> Recognition? {
    guard let reading = SampleReading(sample, body: body),
      !isProject(reading.base.path), let (confidence, reason) = verdict(on: reading)
    else { return nil }
    return reading.entry(
      confidence: confidence, reason: reason, dialect: dialect, deployment: deployment(in: reading))
  }

  private static func verdict(on reading: SampleReading) -> (confidence: Int, reason: String)? {
    let path = reading.base.path
    if let domain = resourceDomains.first(where: { reading.url.isHost(in: $0) }) {
      return path.first == "openai"
        ? (95, "the host is a resource below \(domain)")
        : (50, "the host is a resource below \(domain), the path is unusual")
    }
    if reading.url.isHost(in: "azure-api.net") {
      return (70, "the host is an API management gateway")
    }
    if path.first == "openai" { return (60, "the path is that of an Azure OpenAI resource") }
    guard
      path.contains("openai") || reading.headerNames.contains("api-key")
        || reading.version != nil
    else { return nil }
    return (35, "path, query or headers look like a gateway before an Azure OpenAI resource")
  }

  private static func isProject(_ path: [String]) -> Bool {
    path.count >= 3 && path[0] == "api" && path[1] == "projects"
  }

  private static func deployment(in reading: SampleReading) -> String? {
    guard let place = reading.base.path.firstIndex(of: "deployments"),
      reading.base.path.indices.contains(place + 1)
    else { return nil }
    return PercentEncoding.decode(reading.base.path[place + 1][...])
  }
}
