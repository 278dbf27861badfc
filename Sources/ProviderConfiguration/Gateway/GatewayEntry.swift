internal import YAML

/// How `jackfield serve` listens, and whom it serves.
package struct GatewayEntry: Sendable {
  /// Where it listens.
  package internal(set) var listen = Sourced(ListenAddress.builtIn)
  /// Whom it serves; empty: whoever reaches it.
  package internal(set) var clients: [GatewayClient] = []
  /// How much it takes.
  package internal(set) var limits = GatewayLimits()
  /// How long calls may still take once it is told to end.
  package internal(set) var drain = Sourced(Duration.seconds(30))

  /// Creates what holds where nothing is written.
  package init() {}
}

/// How much the gateway takes.
package struct GatewayLimits: Sendable, Equatable {
  /// Connections at once.
  package internal(set) var connections = 10_000
  /// Bytes of a request's body.
  package internal(set) var body = 64_000_000
  /// How long a connection may be silent: before a request, within one, and where an answer is not
  /// read.
  package internal(set) var idle = Duration.seconds(120)

  /// Creates what holds where nothing is written.
  package init() {}
}

enum GatewayLimitKeys {
  private static let builtIn = GatewayLimits()

  static let connections = ConfigurationKey(
    "connections", ConfigurationType.count,
    default: ConfigurationDefault(value: builtIn.connections, text: "`10k`"),
    doc: "Connections at once; a further one is answered with 503.",
    misnomers: ["max_connections", "concurrency"])

  static let body = ConfigurationKey(
    "body", ConfigurationType.count,
    default: ConfigurationDefault(value: builtIn.body, text: "`64M`"),
    doc: "Bytes of a request's body; a longer one is answered with 413.",
    misnomers: ["max_body", "body_size", "max_body_size", "request_size"])

  static let idle = ConfigurationKey(
    "idle", ConfigurationType.duration,
    default: ConfigurationDefault(value: builtIn.idle, text: "`2m`"),
    doc: """
      How long a connection may be silent: before a request, within one, and where an answer is not \
      read.
      """, misnomers: ["keep_alive", "idle_timeout", "timeout"])

  static let table = ConfigurationTable(
    "gateway_limits", title: "gateway.limits", doc: "How much the gateway takes.",
    example: "{ connections: 1000, body: 16M }",
    keys: [connections.description, body.description, idle.description])

  static let type = ConfigurationType<GatewayLimits>.table(table) { members in
    var limits = GatewayLimits()
    limits.connections = members.value(connections) ?? limits.connections
    limits.body = members.value(body) ?? limits.body
    limits.idle = members.value(idle) ?? limits.idle
    return limits
  }
}

enum GatewayKeys {
  private static let builtIn = GatewayEntry()

  static let listen = ConfigurationKey(
    "listen", ConfigurationType.address.sourced,
    default: .value(ListenAddress.builtIn, ListenAddress.builtIn.text),
    doc: """
      Where it listens. An address that other machines reach needs `clients`; port 0 lets the system \
      choose.
      """, misnomers: ["address", "bind", "host", "port"])

  static let clients = ConfigurationKey(
    "clients",
    ConfigurationType<[Named<ClientFields>]>.named("name", .identifier, ClientKeys.type),
    doc: "Whom it serves. With none it serves whoever reaches it on this machine.",
    misnomers: ["keys", "tokens", "users", "virtual_keys"])

  static let limits = ConfigurationKey(
    "limits", GatewayLimitKeys.type, doc: "How much it takes.")

  static let drain = ConfigurationKey(
    "drain", ConfigurationType.duration.sourced, default: .value(.seconds(30), "30s"),
    doc: "How long calls may still take once it is told to end.",
    misnomers: ["shutdown", "grace", "drain_timeout", "shutdown_timeout"])

  static let table = ConfigurationTable(
    "gateway", title: "gateway", doc: "How `jackfield serve` listens, and whom it serves.",
    example: "{ listen: 127.0.0.1:8787 }",
    keys: [listen.description, clients.description, limits.description, drain.description])

  static let type = ConfigurationType<GatewayFields>.table(table) { members in
    GatewayFields(
      listen: members.value(listen), clients: members.value(clients) ?? [],
      limits: members.value(limits), drain: members.value(drain))
  }
}

/// What the file says of the gateway.
struct GatewayFields: Sendable {
  var listen: Sourced<ListenAddress>?
  var clients: [Named<ClientFields>]
  var limits: GatewayLimits?
  var drain: Sourced<Duration>?
}
