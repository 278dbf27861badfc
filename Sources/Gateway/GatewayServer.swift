#if Gateway
public import ProviderConfiguration
public import TransportHost

/// A gateway: an HTTP server that clients of the Responses API and of Chat Completions may use as if
/// it were the API itself.
///
/// ```swift
/// let gateway = try await GatewayServer.start(options)
/// print(gateway.url)
/// ```
public final class GatewayServer: Sendable {
  /// How a gateway is set.
  public struct Options: Sendable {
    /// The path of the configuration.
    public var file: String
    /// What hosts are made with.
    public var host = TransportHost.Options()
    /// Where it listens; nil: where the configuration says.
    package var listening: ListenAddress?
    /// A token that was made for this run and stands in no file; nil: none.
    public var onetime: String?
    /// How many threads serve connections; calls have one more.
    public var threads = 1

    /// A gateway by a file.
    public init(file: String) { self.file = file }
  }

  /// Why a gateway does not start.
  public enum Failure: Error {
    /// The configuration cannot serve.
    case configuration(ConfigurationRefusal)
    /// The system refuses the address.
    case address(String, reason: String)
  }

  /// What is wrong with a configuration.
  public struct ConfigurationRefusal: Sendable {
    /// Everything that was found in the file.
    public let diagnostics: [Diagnostic]
    /// What was wrong besides; nil: nothing.
    public let error: CallError?
    /// A line of the file by its place, secrets blanked out.
    public let sourceLine: @Sendable (Mark) -> String?

    init(_ refusal: GenerationKeeper.Refusal) {
      (diagnostics, error, sourceLine) = (
        refusal.diagnostics, refusal.error, refusal.sourceLine
      )
    }
  }

  private let keeper: GenerationKeeper
  private let server: HTTPServer
  private let address: ListenAddress

  private init(keeper: GenerationKeeper, server: HTTPServer, address: ListenAddress) {
    self.keeper = keeper
    self.server = server
    self.address = address
  }

  /// Reads the configuration and listens.
  public static func start(_ options: Options) async throws(Failure) -> GatewayServer {
    let keeper: GenerationKeeper
    do throws(GenerationKeeper.Refusal) {
      keeper = try GenerationKeeper(
        GatewaySource(
          file: options.file, options: options.host, listening: options.listening,
          onetime: options.onetime, now: WallClock.seconds))
    } catch {
      throw .configuration(ConfigurationRefusal(error))
    }
    let gateway = keeper.generation.host.gateway
    let wanted = options.listening ?? gateway.listen.value
    var serving = HTTPServer.Options()
    serving.address = wanted
    serving.connections = gateway.limits.connections
    serving.idle = gateway.limits.idle
    serving.threads = options.threads
    do {
      let server = try await HTTPServer.start(serving, service: GatewayService(keeper: keeper))
      return GatewayServer(
        keeper: keeper, server: server,
        address: ListenAddress(host: wanted.host, port: server.port))
    } catch {
      throw .address(wanted.text, reason: "\(error)")
    }
  }

  /// The path of the configuration.
  public var file: String { keeper.file }

  /// What was found in the configuration that serves; none of it is an error.
  public var diagnostics: [Diagnostic] { keeper.generation.host.diagnostics }

  /// Where it is reached: `http://HOST:PORT`.
  public var url: String { "http://\(address.text)" }

  /// Reads the configuration again; what cannot serve changes nothing.
  ///
  /// - Returns: What is wrong with it; nil: it serves from now on.
  public func reload() -> ConfigurationRefusal? {
    switch keeper.reload() {
    case .serving: nil
    case .refused(let refusal): ConfigurationRefusal(refusal)
    }
  }

  /// Takes no more requests and ends when those on their way have ended, or when `gateway.drain` is
  /// over.
  ///
  /// - Returns: Whether nothing had to be cut.
  public func drain() async -> Bool {
    await server.drain(limit: keeper.generation.host.gateway.drain.value)
  }
}
#endif
