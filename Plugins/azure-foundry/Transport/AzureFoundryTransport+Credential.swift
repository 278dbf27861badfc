import EntraCredential
import ResponsesTransport
public import TransportSDK

extension AzureFoundryTransport {
  /// What a token for a project is made for; projects take no other.
  private static let scope = "https://ai.azure.com/.default"

  /// Judges a sign-in to Entra ID.
  ///
  /// - Parameters:
  ///   - credential: The credential's JSON object.
  ///   - report: Takes what is wrong.
  /// - Returns: Scope and time of renewal; nil for a credential of another kind.
  public func tokenFacts(of credential: [UInt8], report: inout SettingsReport) -> TokenFacts? {
    EntraCredential.facts(
      of: credential, scope: Self.scope, placedIn: facts.credentialHeaders, report: &report)
  }

  /// Starts a sign-in to Entra ID.
  ///
  /// - Parameters:
  ///   - credential: The credential's JSON object.
  ///   - scope: The scope to ask for; empty: the credential's, else that of the upstream.
  /// - Returns: The sign-in; nil for a credential of another kind.
  public func makeTokenFlow(_ credential: [UInt8], scope: String) -> (any TokenFlow)? {
    EntraCredential.makeFlow(
      credential, asked: scope, scope: Self.scope, host: instance.host)
  }
}
