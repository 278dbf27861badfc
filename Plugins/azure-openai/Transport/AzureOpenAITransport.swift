import EntraCredential
public import ResponsesTransport
public import TransportSDK

/// The transport of an Azure OpenAI resource, on its v1 path and on its dated one.
public struct AzureOpenAITransport: DialectTransport {
  /// What the plugin is and which options it takes.
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
    ], tokenFlows: [EntraCredential.kind])

  /// The provider entry.
  public let instance: ResponsesInstance

  /// Keeps the instance of a provider entry.
  public init(instance: ResponsesInstance) {
    self.instance = instance
  }
}
