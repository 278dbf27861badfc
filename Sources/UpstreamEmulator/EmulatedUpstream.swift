/// Which of the three upstreams a listener imitates.
package enum EmulatedUpstream: String, Sendable, Hashable, CaseIterable {
  /// The API of OpenAI itself.
  case openai = "openai"
  /// An Azure OpenAI resource.
  case azureOpenAI = "azure-openai"
  /// A project of Azure AI Foundry.
  case azureFoundry = "azure-foundry"

  /// The path of the parent of `/responses`, good for a plain client and for a provider entry.
  package var basePath: String {
    switch self {
    case .openai: "/v1"
    case .azureOpenAI: "/openai/v1"
    case .azureFoundry: "/api/projects/demo/openai/v1"
    }
  }

  /// The credential a listener expects when the options name none; each upstream has its own, so
  /// that a key which was sent to the wrong one is noticed.
  package var defaultKey: String {
    switch self {
    case .openai: "sk-emulated-openai-key"
    case .azureOpenAI: "emulated-azure-openai-key"
    case .azureFoundry: "emulated-azure-foundry-key"
    }
  }

  /// Whether this is one of the two that sit behind Azure's gateway.
  var isAzure: Bool { self != .openai }
}
