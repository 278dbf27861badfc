/// The variables by which tools that speak the OpenAI API find a gateway.
package struct ClientEnvironment: Sendable, Hashable {
  /// The variable that holds the gateway's token for those who refer to it by name.
  package static let tokenVariable = "JACKFIELD_TOKEN"

  /// A variable that tools read.
  package struct Variable: Sendable, Hashable {
    /// What a variable holds.
    package enum Content: Sendable, Hashable {
      /// The base URL with `/v1`.
      case baseURL
      /// The base URL without a path.
      case origin
      /// The token.
      case token
    }

    /// Its name.
    package let name: String
    /// What it holds.
    package let content: Content
    /// Who reads it, for people.
    package let readers: String
  }

  /// All of them, those that most tools read first.
  ///
  /// - Source: OPENAI_BASE_URL and OPENAI_API_KEY: https://github.com/openai/openai-python
  ///   (src/openai/_client.py) and https://github.com/openai/openai-node. OPENAI_API_BASE:
  ///   https://aider.chat/docs/llms/openai-compat.html. OPENAI_API_BASE_URL:
  ///   https://github.com/open-webui/open-webui (.env.example). OPENAI_HOST:
  ///   https://github.com/aaif-goose/goose (crates/goose/src/providers/openai.rs).
  ///   JACKFIELD_TOKEN: the settings that this module writes for tools with a file of their own.
  package static let variables = [
    Variable(name: "OPENAI_BASE_URL", content: .baseURL, readers: "the OpenAI libraries"),
    Variable(
      name: "OPENAI_API_KEY", content: .token, readers: "the OpenAI libraries and most tools"),
    Variable(
      name: "OPENAI_API_BASE", content: .baseURL, readers: "aider, LiteLLM, LangChain"),
    Variable(name: "OPENAI_API_BASE_URL", content: .baseURL, readers: "Open WebUI"),
    Variable(name: "OPENAI_HOST", content: .origin, readers: "goose"),
    Variable(
      name: tokenVariable, content: .token, readers: "settings that jackfield export prints"),
  ]

  /// The gateway that they lead to.
  package let address: GatewayAddress

  /// The variables that lead to a gateway.
  package init(_ address: GatewayAddress) { self.address = address }

  /// The variables with their values, for the environment of a program.
  ///
  /// - Parameters:
  ///   - token: What the gateway asks of clients; it becomes part of the values.
  ///   - existing: Looks up the environment that they are added to.
  /// - Returns: Each variable to set, in the order of ``variables``, then those of
  ///   ``exemptions(existing:)``.
  package func assignments(
    token: String, existing: (String) -> String?
  ) -> [(name: String, value: String)] {
    Self.variables.map { ($0.name, value(of: $0.content, token: token)) }
      + exemptions(existing: existing)
  }

  /// What keeps a proxy of the environment out of the way to the gateway.
  ///
  /// HTTP libraries send what goes to loopback through `HTTP_PROXY` too, unless told otherwise.
  /// - Source: https://curl.se/docs/manpage.html#ENVIRONMENT,
  ///   https://www.python-httpx.org/environment_variables/.
  ///
  /// - Parameter existing: Looks up the environment.
  /// - Returns: `NO_PROXY` and `no_proxy`, with the gateway's host behind what was there.
  package func exemptions(
    existing: (String) -> String?
  ) -> [(name: String, value: String)] {
    let host = address.origin.dropFirst("http://".count).prefix { $0 != "/" }
    let name = String(host[..<(host.lastIndex(of: ":") ?? host.endIndex)])
      .filter { $0 != "[" && $0 != "]" }
    return ["NO_PROXY", "no_proxy"].map { variable in
      let listed = existing(variable) ?? ""
      let hosts = listed.split(separator: ",").map { $0.filter { $0 != " " } }
      if hosts.contains("*") || hosts.contains(name) { return (variable, listed) }
      return (variable, (hosts + [name]).joined(separator: ","))
    }
  }

  private func value(of content: Variable.Content, token: String) -> String {
    switch content {
    case .baseURL: address.baseURL
    case .origin: address.origin
    case .token: token
    }
  }
}
