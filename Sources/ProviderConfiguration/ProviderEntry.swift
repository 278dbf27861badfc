/// What is added to requests whose caller did not say whether they are kept upstream.
package enum StateMode: String, Sendable, Hashable, CaseIterable {
  /// Nothing.
  case asSent = "as_sent"
  /// That they are not.
  case stateless
  /// That they are.
  case stored
}

/// One configured upstream account, under `providers`.
package struct ProviderEntry: Sendable {
  /// Its key.
  package let id: String
  /// The plugin that speaks to it: an entry under `plugins`, or a name to search for; empty when the
  /// file does not say, and then there is a problem.
  package let plugin: String
  /// The base URL, variables replaced; nil where the plugin knows it or builds it from options.
  package let baseURL: Sourced<String>?
  /// The secret and how it is presented; nil to send none.
  package let auth: AuthEntry?
  /// Headers of each request, in the order of the file.
  package let headers: [HeaderEntry]
  /// The plugin's settings; nil where there are none.
  package let options: OptionsEntry?
  /// The clocks that are set here.
  package let timeouts: Timeouts
  /// What is said about state.
  package let state: Sourced<StateMode>
  /// The rules for parameters that stand here.
  package let params: ParameterRules
  /// The rules for further tries that stand here.
  package let retry: RetryRules
  /// The rules for cooldowns that stand here.
  package let cooldown: CooldownRules
  /// The rules for streams that stand here.
  package let stream: StreamRules
  /// Who can read its response ids and encrypted reasoning; nil: the plugin says.
  package let stateBoundary: Sourced<String>?
  /// What the upstream can do.
  package let capabilities: [Capability]
  /// Whether plain http may leave this machine.
  package let allowsHTTP: Bool
  /// The entry's key.
  package let mark: Mark
  /// Why it is disabled; nil when it can be used.
  ///
  /// An unset variable disables with a warning.
  package internal(set) var problem: Diagnostic?

  /// What stands for the secret in messages: the credential's name, or this id for an inline source.
  package var credentialName: String? {
    guard let auth else { return nil }
    return if case .named(let name) = auth.credential { name } else { id }
  }
}

/// What stands inside a provider's entry.
struct ProviderFields: Sendable {
  let plugin: String?
  let baseURL: Sourced<String>?
  let auth: AuthEntry?
  let headers: [HeaderEntry]
  let options: OptionsEntry?
  let timeouts: Timeouts
  let state: Sourced<StateMode>
  let params: ParameterRules
  let retry: RetryRules
  let cooldown: CooldownRules
  let stream: StreamRules
  let stateBoundary: Sourced<String>?
  let capabilities: [Capability]
  let allowsHTTP: Bool

  func entry(_ id: String, _ mark: Mark, _ problem: Diagnostic?) -> ProviderEntry {
    ProviderEntry(
      id: id, plugin: plugin ?? "", baseURL: baseURL, auth: auth, headers: headers,
      options: options, timeouts: timeouts, state: state, params: params, retry: retry,
      cooldown: cooldown, stream: stream, stateBoundary: stateBoundary,
      capabilities: capabilities, allowsHTTP: allowsHTTP, mark: mark, problem: problem)
  }

  /// An entry of which nothing could be read.
  static let unreadable = ProviderFields(
    plugin: nil, baseURL: nil, auth: nil, headers: [], options: nil, timeouts: Timeouts(),
    state: Sourced(.asSent), params: ParameterRules(), retry: RetryRules(),
    cooldown: CooldownRules(), stream: StreamRules(), stateBoundary: nil, capabilities: [],
    allowsHTTP: false)
}
