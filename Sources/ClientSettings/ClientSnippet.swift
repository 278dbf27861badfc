/// The settings that lead a tool to a gateway, as the tool reads them.
///
/// The token is never in them: each refers to the variable that holds it.
package struct ClientSnippet: Sendable, Hashable {
  /// A tool, or a kind of them.
  package enum Tool: String, Sendable, CaseIterable {
    /// The Codex CLI.
    case codex
    /// The OpenAI libraries of Python and JavaScript.
    case openai
    /// OpenClaw.
    case openclaw
    /// Whatever reads variables.
    case env

    /// Where the snippet belongs, for people; nil where that is the reader's own affair.
    package var file: String? {
      switch self {
      case .codex: "~/.codex/config.toml"
      case .openclaw: "~/.openclaw/openclaw.json"
      case .openai, .env: nil
      }
    }

    /// Whether the snippet names a model.
    package var namesModel: Bool { self != .env }
  }

  /// The gateway.
  package let address: GatewayAddress
  /// The model to ask; only ``Tool/env`` does without.
  package let model: String
  /// All models that a tool may list, ``model`` among them.
  package let models: [String]

  /// Settings for a gateway.
  ///
  /// - Parameters:
  ///   - address: The gateway.
  ///   - model: The model to ask.
  ///   - models: Others that a tool may offer, without patterns, in their order.
  package init(address: GatewayAddress, model: String, models: [String]) {
    self.address = address
    self.model = model
    self.models = models.contains(model) || model.isEmpty ? models : [model] + models
  }

  /// The settings, with a line feed at the end.
  package func text(for tool: Tool) -> String {
    switch tool {
    case .codex: codex
    case .openai: openai
    case .openclaw: openclaw
    case .env: env
    }
  }

  // MARK: - Codex

  /// The keys of `config.toml`.
  ///
  /// The id of a provider must be a new one, and keys of the root stand before tables.
  /// - Source: https://github.com/openai/codex, docs/config.md and
  ///   codex-rs/model-provider-info/src/lib.rs: `responses` is the one `wire_api` left, and
  ///   `env_key` names the variable of the bearer token.
  private var codex: String {
    """
    # The first two keys stand before the first [table] of the file.
    model = \(Quoted.toml(model))
    model_provider = "jackfield"

    [model_providers.jackfield]
    name = "Jackfield"
    base_url = \(Quoted.toml(address.baseURL))
    env_key = "\(ClientEnvironment.tokenVariable)"
    wire_api = "responses"

    """
  }

  /// The same settings as arguments of one run, for a file that stays as it is.
  ///
  /// Codex reads no variable for its base URL.
  /// - Source: https://github.com/openai/codex/pull/16720, which removed OPENAI_BASE_URL;
  ///   docs/config.md: `-c key=value` takes a value in TOML.
  package var codexArguments: [String] {
    let provider = [
      ("name", "Jackfield"), ("base_url", address.baseURL),
      ("env_key", ClientEnvironment.tokenVariable), ("wire_api", "responses"),
    ]
    let keys =
      (model.isEmpty ? [] : [("model", model)]) + [("model_provider", "jackfield")]
      + provider.map { ("model_providers.jackfield." + $0.0, $0.1) }
    return keys.flatMap { ["-c", "\($0.0)=\(Quoted.toml($0.1))"] }
  }

  // MARK: - OpenAI libraries

  /// The first lines of a program.
  ///
  /// - Source: https://github.com/openai/openai-python and https://github.com/openai/openai-node,
  ///   README.md of each.
  private var openai: String {
    """
    # Python
    import os
    from openai import OpenAI

    client = OpenAI(
        base_url=\(Quoted.json(address.baseURL)),
        api_key=os.environ["\(ClientEnvironment.tokenVariable)"],
    )
    response = client.responses.create(model=\(Quoted.json(model)), input="Hello")
    print(response.output_text)

    // JavaScript
    import OpenAI from "openai";

    const client = new OpenAI({
      baseURL: \(Quoted.json(address.baseURL)),
      apiKey: process.env.\(ClientEnvironment.tokenVariable),
    });
    const response = await client.responses.create({ model: \(Quoted.json(model)), input: "Hello" });
    console.log(response.output_text);

    """
  }

  // MARK: - OpenClaw

  /// The provider of `openclaw.json`, and the model that agents take.
  ///
  /// - Source: https://github.com/openclaw/openclaw, docs/gateway/config-tools/custom-providers.md
  ///   (`baseUrl`, `apiKey`, `api`, `models`) and docs/gateway/config-secrets-env.md (`${NAME}` in
  ///   any string; upper case alone).
  private var openclaw: String {
    let list = models.map {
      "          { \"id\": \(Quoted.json($0)), \"name\": \(Quoted.json($0)) }"
    }
    return """
      {
        "agents": { "defaults": { "model": { "primary": \(Quoted.json("jackfield/" + model)) } } },
        "models": {
          "providers": {
            "jackfield": {
              "baseUrl": \(Quoted.json(address.baseURL)),
              "apiKey": "${\(ClientEnvironment.tokenVariable)}",
              "api": "openai-responses",
              "models": [
      \(list.joined(separator: ",\n"))
              ]
            }
          }
        }
      }

      """
  }

  // MARK: - Variables

  /// Lines for a POSIX shell.
  private var env: String {
    let token = ClientEnvironment.tokenVariable
    let lines = ClientEnvironment.variables.filter { $0.name != token }.map { variable in
      let value =
        switch variable.content {
        case .baseURL: Quoted.shell(address.baseURL)
        case .origin: Quoted.shell(address.origin)
        case .token: "\"$\(token)\""
        }
      return "export \(variable.name)=\(value)  # \(variable.readers)"
    }
    return "# \(token) holds the gateway's token; set it first.\n"
      + lines.map { $0 + "\n" }.joined()
  }
}
