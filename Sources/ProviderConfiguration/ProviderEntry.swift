internal import YAML

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
  /// What the upstream can do.
  package let capabilities: [Capability]
  /// Whether plain http may leave this machine.
  package let allowsHTTP: Bool
  /// The entry's key.
  package let mark: Mark
  /// Why it is disabled; nil when it can be used. An unset variable disables with a warning.
  package let problem: Diagnostic?

  /// What stands for the secret in messages: the credential's name, or this id for an inline source.
  package var credentialName: String? {
    guard let auth else { return nil }
    return if case .named(let name) = auth.credential { name } else { id }
  }
}

enum ProviderKeys {
  static let plugin = ConfigurationKey(
    "plugin", .plugin, isRequired: true,
    doc: """
      The plugin that speaks to the upstream: a key under `plugins`, or else a name that is looked \
      for as `lib<name>` in the search order.
      """, misnomers: ["type", "kind", "transport", "provider", "driver"])

  static let baseURL = ConfigurationKey(
    "base_url", ConfigurationType.baseURL.sourced,
    doc: """
      Where the upstream is. What may stand in the path, and what stands for an absent base URL, \
      the plugin decides.
      """, misnomers: ["api_base", "endpoint", "url", "host", "uri"])

  static let auth = ConfigurationKey(
    "auth", AuthKeys.type, doc: "The secret and how it is presented. Without it none is sent.",
    misnomers: ["authentication", "authorization"])

  static let headers = ConfigurationKey(
    "headers", ConfigurationType.headers,
    doc: "Headers of each request. A header that carries the secret belongs to `auth`.",
    misnomers: ["extra_headers", "http_headers"])

  static let options = ConfigurationKey(
    "options", ConfigurationType.options,
    doc: "Settings of the plugin, which checks them. Variables are replaced in their texts.",
    misnomers: ["settings", "config", "extra"])

  static let timeouts = ConfigurationKey(
    "timeouts", TimeoutKeys.type, doc: "The clocks of a call to this provider.")

  static let state = ConfigurationKey(
    "state", ConfigurationType<StateMode>.choice.sourced,
    default: ConfigurationDefault(value: Sourced(.asSent), text: "`as_sent`"),
    doc: """
      What is added where the caller does not say whether a response is kept upstream: nothing, \
      that it is not (`stateless`), or that it is (`stored`).
      """)

  static let params = ConfigurationKey(
    "params", ParameterKeys.type, doc: "What is done with parameters before they are sent.",
    misnomers: ["parameters", "litellm_params"])

  static let capabilities = ConfigurationKey(
    "capabilities", ConfigurationType.capabilities,
    doc: "What the upstream can do, for the plugin: `reasoning: true`.")

  static let allowHTTP = ConfigurationKey(
    "allow_http", .boolean, default: .no,
    doc: "Whether plain `http` may be used to other machines; to this one it always may.",
    misnomers: ["insecure"])

  static let table = ConfigurationTable(
    "provider", title: "providers.<id>",
    doc: "One endpoint with one credential. `plugin` is all that each needs.",
    keys: [
      plugin.description, baseURL.description, auth.description, headers.description,
      options.description, timeouts.description, state.description, params.description,
      capabilities.description, allowHTTP.description,
    ])

  static let type = ConfigurationType<ProviderFields>.table(table) { members in
    let fields = ProviderFields(
      plugin: members.value(plugin), baseURL: members.value(baseURL), auth: members.value(auth),
      headers: members.value(headers) ?? [], options: members.value(options),
      timeouts: members.value(timeouts) ?? Timeouts(),
      state: members.value(state) ?? state.default?.value ?? Sourced(.asSent),
      params: members.value(params) ?? ParameterRules(),
      capabilities: members.value(capabilities) ?? [],
      allowsHTTP: members.value(allowHTTP) ?? allowHTTP.default?.value ?? false)
    checkScheme(fields, members)
    return fields
  }

  private static func checkScheme(_ fields: ProviderFields, _ members: Members) {
    guard let text = fields.baseURL?.value, let url = try? BaseURL(text), url.isInsecure,
      !url.isLoopback, !fields.allowsHTTP, let node = members.node.entry(baseURL.name)?.value
    else { return }
    let secure = node.string == text ? "https" + text.dropFirst(4) : nil
    members.reading.report(
      .insecureHTTP, "\(members.reading.place) would send requests unencrypted to another machine",
      at: node.span, help: "Use https, or say allow_http: true.",
      suggestion: secure.map { (YAMLText.scalar($0), node.span) })
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
  let capabilities: [Capability]
  let allowsHTTP: Bool

  func entry(_ id: String, _ mark: Mark, _ problem: Diagnostic?) -> ProviderEntry {
    ProviderEntry(
      id: id, plugin: plugin ?? "", baseURL: baseURL, auth: auth, headers: headers,
      options: options, timeouts: timeouts, state: state, params: params,
      capabilities: capabilities, allowsHTTP: allowsHTTP, mark: mark, problem: problem)
  }

  /// An entry of which nothing could be read.
  static let unreadable = ProviderFields(
    plugin: nil, baseURL: nil, auth: nil, headers: [], options: nil, timeouts: Timeouts(),
    state: Sourced(.asSent), params: ParameterRules(), capabilities: [], allowsHTTP: false)
}

extension ConfigurationType where Value == String {
  /// A plugin need not be listed, so a near miss of a listed name is a warning only.
  fileprivate static var plugin: ConfigurationType {
    name("plugin name", .identifier).checked { text, node, reading in
      let known = reading.names.plugins
      if !known.contains(text), let meant = Spelling.nearest(to: text, among: known) {
        reading.report(
          .misspelledPlugin,
          "no plugin \(reading.quote(text)) is listed under plugins" + reading.didYouMean(meant),
          at: node.span, help: "It will be looked for by name.", suggestion: (meant, node.span))
      }
      return text
    }
  }
}
