import EntraCredential
public import ResponsesTransport
public import TransportSDK

/// The transport of a project in Microsoft Foundry.
public struct AzureFoundryTransport: DialectTransport {
  /// What the plugin is and which options it takes.
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
    ], tokenFlows: [EntraCredential.kind])

  /// The provider entry.
  public let instance: ResponsesInstance

  /// Keeps the instance of a provider entry.
  public init(instance: ResponsesInstance) {
    self.instance = instance
  }
}
