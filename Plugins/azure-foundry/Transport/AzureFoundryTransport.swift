import ResponsesTransport
public import TransportSDK

/// The transport of a project in Microsoft Foundry.
public struct AzureFoundryTransport: Transport {
  public static let descriptor = TransportDescriptor(
    id: "azure-foundry", version: "0.1.0",
    summary: "Models deployed in a Microsoft Foundry project",
    options: [
      OptionDescription(
        name: "resource",
        documentation:
          "The resource's name: https://<resource>.services.ai.azure.com. Excludes base_url.",
        pattern: "^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"),
      OptionDescription(
        name: "project",
        documentation: "The project's name, where base_url does not hold it.",
        pattern: "^[^/?#]+$"),
      OptionDescription(
        name: "api", documentation: "v1 (the default), or the date of an older version.",
        pattern: "^(v1|[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?)$"),
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
