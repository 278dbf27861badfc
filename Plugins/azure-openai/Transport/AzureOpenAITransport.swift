import ResponsesTransport
public import TransportSDK

/// The transport of an Azure OpenAI resource, on its v1 path and on its dated one.
public struct AzureOpenAITransport: Transport {
  public static let descriptor = TransportDescriptor(
    id: "azure-openai", version: "0.1.0", summary: "Models deployed in an Azure OpenAI resource",
    options: [
      OptionDescription(
        name: "resource",
        documentation:
          "The resource's name: https://<resource>.openai.azure.com. Excludes base_url.",
        pattern: "^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"),
      OptionDescription(
        name: "api",
        documentation: "v1 (the default), preview, or the date of an older version.",
        pattern: "^(v1|preview|[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?)$"),
    ])

  public static let rules = dialect.rules.rules

  public var facts: EndpointFacts { instance.facts }

  private let instance: ResponsesInstance

  public init(
    settings: TransportSettings, report: inout SettingsReport
  ) throws(SettingsRefused) {
    instance = try ResponsesInstance(Self.dialect, settings: settings, report: &report)
  }

  public func prepare(
    _ request: TransportRequest, body: Span<UInt8>, exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    try instance.prepare(request, body: body, exchange: &exchange)
  }

  public func classify(_ head: ResponseHead, body: Span<UInt8>) -> TransportFailure {
    instance.classify(head, body: body)
  }
}
