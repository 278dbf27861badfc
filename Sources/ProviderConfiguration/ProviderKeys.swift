internal import YAML

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
    misnomers: [
      "authentication", "authorization", "api_key", "api_key_env", "env_key", "credential",
    ])

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

  static let stateBoundary = ConfigurationKey(
    "state_boundary", ConfigurationType.boundary.sourced,
    doc: """
      Who can read its response ids and encrypted reasoning, by a name of your own: providers with \
      the same one can continue each other's calls. Without it the plugin says.
      """, misnomers: ["boundary", "state_scope"])

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
    example: "{ plugin: NAME, auth: { key: { env: NAME } } }",
    hint: "Settings of the plugin belong under options.",
    keys: [
      plugin.description, baseURL.description, auth.description, headers.description,
      options.description, timeouts.description, state.description, stateBoundary.description,
      params.description,
    ] + PolicyKeys.descriptions + [capabilities.description, allowHTTP.description])

  static let type = ConfigurationType<ProviderFields>.table(table) { members in
    let fields = ProviderFields(
      plugin: members.value(plugin), baseURL: members.value(baseURL), auth: members.value(auth),
      headers: members.value(headers) ?? [], options: members.value(options),
      timeouts: members.value(timeouts) ?? Timeouts(),
      state: members.value(state) ?? state.default?.value ?? Sourced(.asSent),
      params: members.value(params) ?? ParameterRules(),
      retry: members.value(PolicyKeys.retry) ?? RetryRules(),
      cooldown: members.value(PolicyKeys.cooldown) ?? CooldownRules(),
      stream: members.value(PolicyKeys.stream) ?? StreamRules(),
      stateBoundary: members.value(stateBoundary), capabilities: members.value(capabilities) ?? [],
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

extension ConfigurationType where Value == String {
  /// A name that only the file itself uses, so it may be put together from variables.
  fileprivate static var boundary: ConfigurationType {
    variableText("name", pattern: NameRule.model.pattern).checked { text, node, reading in
      guard !NameRule.model.allows(text) else { return text }
      reading.report(
        .invalidName, "\(reading.place) cannot be such a name", at: node.span,
        help: "It must be \(NameRule.model.words).")
      return nil
    }
  }

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
