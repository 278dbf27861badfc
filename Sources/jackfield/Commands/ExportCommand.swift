import ArgumentParser
import ClientSettings
import ProviderConfiguration
import TransportHost

/// `jackfield export`: the settings that lead a tool to the gateway.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print the settings that lead a tool to the gateway.",
    discussion: """
      The settings refer to the gateway's token by the variable \(ClientEnvironment.tokenVariable) \
      and never hold it. Models are those of the configuration; patterns are left out, since a tool \
      needs names.

      EXAMPLES
        eval "$(jackfield export env)"
        jackfield export codex --model gpt-5
        jackfield export openclaw --listen 127.0.0.1:9000
      """)

  @Argument(
    help: ArgumentHelp("codex, openai (Python and JavaScript), openclaw or env.", valueName: "tool")
  )
  var tool: ClientSnippet.Tool

  @Option(
    help: ArgumentHelp(
      "Where the gateway listens; without it as the configuration says, or else "
        + "\(ListenAddress.builtIn.text).",
      valueName: "host:port"))
  var listen: ListenAddress?

  @Option(
    help: ArgumentHelp("The model to ask; without it the first of the file.", valueName: "name"),
    completion: .custom(ModelNames.completions))
  var model: String?

  @OptionGroup var configuration: ConfigurationOption
  @OptionGroup var output: OutputOption

  func run() throws {
    let host = try readConfiguration()
    let listening = listen ?? host?.gateway.listen.value ?? .builtIn
    let address = GatewayAddress(host: listening.host, port: Int(listening.port))
    let offer = ModelOffer(host?.models ?? [])
    let chosen = try chosenModel(of: offer, in: host)
    let snippet = ClientSnippet(address: address, model: chosen ?? "", models: offer.names)
    guard !output.isJSON else {
      return Terminal.output.write(json(snippet, offer) + [UInt8(ascii: "\n")])
    }
    Terminal.output.write(Array(snippet.text(for: tool).utf8))
    if tool.namesModel, let hint = offer.hint { Terminal.error.line(hint) }
  }

  /// The configuration; nil where there is none and none is needed.
  private func readConfiguration() throws(CommandFailure) -> TransportHost? {
    let isNeeded = tool.namesModel || configuration.file != nil || model != nil
    guard isNeeded || ConfigurationFile.missing(nil) == nil else { return nil }
    return try configuration.host()
  }

  private func chosenModel(
    of offer: ModelOffer, in host: TransportHost?
  ) throws(CommandFailure) -> String? {
    if let model {
      do { try host?.checkModel(model) } catch { throw CommandFailure(error, host: host) }
      return model
    }
    guard offer.names.isEmpty, tool.namesModel else { return offer.names.first }
    guard !offer.patterns.isEmpty else {
      throw CommandFailure(
        CallError(
          .configInvalid, "no models are configured, and the settings name one. Add models:."))
    }
    throw .usage(
      "the configuration has only patterns: \(offer.patterns.joined(separator: ", "))."
        + " Name a model that one of them matches: --model NAME.")
  }

  private func json(_ snippet: ClientSnippet, _ offer: ModelOffer) -> [UInt8] {
    var out = JSONWriter()
    out.object { object in
      object.member("tool", tool.rawValue)
      object.member("file", tool.file)
      object.member("text", snippet.text(for: tool))
      object.member("base_url", snippet.address.baseURL)
      object.member("token_variable", ClientEnvironment.tokenVariable)
      object.member("model", snippet.model.isEmpty ? nil : snippet.model)
      object.member("models") { $0.array(snippet.models) { $1.value($0) } }
      object.member("patterns_left_out") { $0.array(offer.patterns) { $1.value($0) } }
    }
    return out.bytes
  }
}

extension ClientSnippet.Tool: ExpressibleByArgument {}

extension ListenAddress: ExpressibleByArgument {
  /// Reads `HOST:PORT`.
  package init?(argument: String) { self.init(argument) }
}

/// What the configuration offers to a tool that wants names.
struct ModelOffer {
  /// The models with a name, in the order of the file.
  let names: [String]
  /// The others.
  let patterns: [String]

  init(_ models: [ModelSummary]) {
    names = models.map(\.name).filter { !$0.contains("*") }
    patterns = models.map(\.name).filter { $0.contains("*") }
  }

  /// What is said of patterns; nil where there are none.
  var hint: String? {
    guard !patterns.isEmpty else { return nil }
    return "left out, since a tool needs names: \(patterns.joined(separator: ", "))."
      + " The gateway takes any name that matches; --model adds one."
  }
}
