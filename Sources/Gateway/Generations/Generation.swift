#if Gateway
internal import ProviderConfiguration
internal import TransportHost

/// All that one reading of the configuration file led to.
///
/// Calls hold the generation that they began with: a reload changes what comes after it, and the host
/// of an older generation ends with its last call.
final class Generation: Sendable {
  /// Counts from 1.
  let number: Int
  /// The path of the file.
  let file: String
  let host: TransportHost
  /// What is asked of a request before its body is read.
  let admission: Admission
  let models: ModelList

  /// Takes a host that was read from a file without errors.
  ///
  /// - Parameters:
  ///   - number: Its number.
  ///   - file: The path of the file.
  ///   - host: The host.
  ///   - listening: Where the gateway listens, whatever the file says now.
  ///   - onetime: A token that was made for this run and stands in no file; nil: none.
  ///   - created: The time, in seconds since 1970.
  /// - Throws: `config_invalid` where a client's token cannot be read, or where anybody could ask.
  init(
    _ number: Int, file: String, host: TransportHost, listening: ListenAddress, onetime: String?,
    created: Int64
  ) throws(CallError) {
    self.number = number
    self.file = file
    self.host = host
    var clients: [(token: String, client: ClientTable.Client)] = []
    for entry in host.gateway.clients {
      let client = ClientTable.Client(name: entry.name, entry: entry)
      clients.append((try host.token(of: entry), client))
    }
    if let onetime { clients.append((onetime, ClientTable.Client(name: "run", entry: nil))) }
    guard listening.isLoopback || !clients.isEmpty else {
      throw CallError(
        .configInvalid,
        "other machines reach \(listening.text), and no client has a token. Listen on 127.0.0.1, or"
          + " name clients and their tokens under gateway.clients.",
        source: host.gateway.listen.mark)
    }
    admission = Admission(
      clients: ClientTable(clients), host: HostRule(host: listening.host),
      bodyLimit: host.gateway.limits.body)
    models = ModelList(host.models, created: created)
  }
}
#endif
