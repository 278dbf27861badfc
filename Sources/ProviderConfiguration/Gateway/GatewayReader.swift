internal import YAML

/// Makes the gateway's entry and checks what concerns several of its keys.
struct GatewayReader {
  let reading: Reading
  let models: ModelTable
  let credentials: [CredentialEntry]
  /// What was found in the text before.
  let problems: [Diagnostic]

  func gateway(_ fields: GatewayFields?) -> GatewayEntry {
    var gateway = GatewayEntry()
    guard let fields else { return gateway }
    gateway.listen = fields.listen ?? gateway.listen
    gateway.limits = fields.limits ?? gateway.limits
    gateway.drain = fields.drain ?? gateway.drain
    gateway.clients = reading.within(ConfigurationKeys.gateway.name) {
      reading.within(GatewayKeys.clients.name) { fields.clients.map(client) }
    }
    checkListen(gateway)
    return gateway
  }

  private func client(_ named: Named<ClientFields>) -> GatewayClient {
    let fields = named.value ?? ClientFields()
    let mark = reading.source.mark(named.entry.keySpan)
    let span = reading.source.mark(named.entry.span)
    let judged = reading.judging {
      for name in fields.models ?? [] where NamePattern(name.value) == nil {
        reading.checkModel(name, in: models, of: "gateway.clients.\(named.name).models")
      }
    }
    return GatewayClient(
      name: named.name, token: fields.token,
      source: fields.token.flatMap { credentials.source(of: $0.value) }, models: fields.models,
      mark: mark,
      problem: named.problem ?? judged.problem ?? problems.first(where: span.contains))
  }

  /// Whoever reaches an address may spend what its credentials pay for.
  private func checkListen(_ gateway: GatewayEntry) {
    let address = gateway.listen.value
    guard !address.isLoopback, gateway.clients.isEmpty, let mark = gateway.listen.mark
    else { return }
    let safe = ListenAddress(host: ListenAddress.builtIn.host, port: address.port)
    reading.report(
      .unprotectedListen, "other machines reach \(address.text), and no client has a token",
      at: mark.span,
      help: "Listen on this machine alone, or name clients and their tokens under gateway.clients.",
      suggestion: (YAMLText.scalar(safe.text), mark.span))
  }
}
