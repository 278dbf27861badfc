#if Gateway
internal import ProcessIO
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
    /// Where every exchange is recorded; nil: nowhere.
    public var recording: String?
    /// How many threads serve connections and their calls; one besides talks to upstreams.
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
    /// Recordings cannot be written there.
    case recording(String, reason: String)
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

  /// What the file said when the server was started.
  private let started: GatewayEntry
  private let keeper: GenerationKeeper
  private let observer: GatewayObserver
  private let lifecycle: Lifecycle
  private let recorder: ExchangeRecorder?
  private let server: HTTPServer

  private init(
    keeper: GenerationKeeper, observer: GatewayObserver, lifecycle: Lifecycle,
    recorder: ExchangeRecorder?, server: HTTPServer
  ) {
    started = keeper.generation.host.gateway
    (self.keeper, self.observer, self.lifecycle) = (keeper, observer, lifecycle)
    (self.recorder, self.server) = (recorder, server)
  }

  /// Reads the configuration and listens.
  public static func start(_ options: Options) async throws(Failure) -> GatewayServer {
    let log = RequestLog()
    let keeper: GenerationKeeper
    do throws(GenerationKeeper.Refusal) {
      keeper = try GenerationKeeper(
        GatewaySource(
          file: options.file, options: options.host, listening: options.listening,
          onetime: options.onetime, now: WallClock.seconds,
          takeUp: { host throws(CallError) in try log.follow(host) }))
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
    let recorder = try recorder(options)
    let observer = GatewayObserver(log: log)
    let lifecycle = Lifecycle()
    let service = GatewayService(
      keeper: keeper, observer: observer, lifecycle: lifecycle, recorder: recorder)
    do {
      let server = try await HTTPServer.start(serving, service: service)
      lifecycle.listens(on: ListenAddress(host: wanted.host, port: server.port).text)
      return GatewayServer(
        keeper: keeper, observer: observer, lifecycle: lifecycle, recorder: recorder,
        server: server)
    } catch {
      throw .address(wanted.text, reason: "\(error)")
    }
  }

  private static func recorder(_ options: Options) throws(Failure) -> ExchangeRecorder? {
    guard let folder = options.recording else { return nil }
    do throws(IOFailure) {
      return try ExchangeRecorder(folder: folder, secrets: [options.onetime].compactMap(\.self))
    } catch {
      throw .recording(folder, reason: "\(error)")
    }
  }

  /// Why some exchange was not recorded; nil: all were.
  public var recordingProblem: String? { recorder?.problem.map { "\($0)" } }

  /// What was found in the configuration that serves, and what plugins say of it: an error disables the
  /// provider that it is about, and nobody else.
  public var diagnostics: [Diagnostic] { keeper.generation.host.check() }

  /// Which reading of the configuration serves, counted from 1.
  public var generationNumber: Int { keeper.generation.number }

  /// Where it is reached: `http://HOST:PORT`.
  public var url: String { "http://\(lifecycle.address)" }

  /// Reads the configuration again; what cannot serve changes nothing.
  ///
  /// - Returns: What is wrong with it; nil: it serves from now on.
  public func reload() -> ConfigurationRefusal? {
    switch keeper.reload() {
    case .serving(let generation):
      observer.reloaded(outcome: "ok", generation: generation.number)
      return nil
    case .refused(let refusal):
      observer.reloaded(
        outcome: ErrorCode.configInvalid.rawValue, generation: keeper.generation.number)
      return ConfigurationRefusal(refusal)
    }
  }

  /// The keys of the configuration that say something else than what holds: they take effect at the next
  /// start.
  public var needsRestart: [String] {
    let now = keeper.generation.host.gateway
    return [
      ("gateway.listen", now.listen.value != started.listen.value),
      ("gateway.limits.connections", now.limits.connections != started.limits.connections),
      ("gateway.limits.idle", now.limits.idle != started.limits.idle),
    ].filter(\.1).map(\.0)
  }

  /// Takes no more requests and ends when those on their way have ended, or when `gateway.drain` is
  /// over.
  ///
  /// - Returns: Whether nothing had to be cut.
  public func drain() async -> Bool {
    lifecycle.drains()
    return await server.drain(limit: keeper.generation.host.gateway.drain.value)
  }
}
#endif
