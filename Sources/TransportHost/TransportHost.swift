package import CurlHTTP
internal import Glibc
public import ProviderConfiguration

/// Routes calls to the providers of one configuration, through transports that are loaded when they
/// are first needed.
///
/// ```swift
/// let host = try TransportHost(contentsOf: "providers.yaml")
/// let answer = try await host.respond(to: .text("Hello", model: "gpt-5"))
/// print(answer.text)
/// ```
///
/// A host is cheap to keep and safe to share: it has one connection pool and one thread for all
/// calls. Calls run on their callers' tasks; cancelling a task cancels its call.
public final class TransportHost: Sendable {
  /// What a program may set.
  public struct Options: Sendable {
    /// Directories that are searched for plugins before all others.
    public var pluginDirectories: [String] = []
    /// Transports that are part of this program instead of files.
    public var transports: [LinkedTransport] = []
    /// Looks up variables: those of the configuration, of credentials and of the search order.
    public var environment: @Sendable (String) -> String? = { name in
      unsafe getenv(name).map { unsafe String(cString: $0) }
    }
    /// A PEM file of trusted authorities, in place of the system's; nil: those of the system.
    public var caFile: String?
    /// What the host takes the time from, and waits with.
    package var clock: any HostClock = SystemHostClock()

    /// Nothing set.
    public init() {}
  }

  let document: ConfigurationDocument
  let options: Options
  let providers: ProviderPool
  let boundaries: Boundaries
  let router: SharedRouter
  let state: StateKeeper
  let routes: RouteTable
  let credentials: CredentialSupply
  let memory: CallMemory
  private let engine: SharedEngine

  /// Reads a configuration.
  ///
  /// What is wrong with one provider disables that provider alone, and ``diagnostics`` tells; only a
  /// text that cannot be understood at all is refused.
  ///
  /// - Parameters:
  ///   - text: The bytes of a `providers.yaml`.
  ///   - file: Its name, for messages and for the relative paths in it.
  ///   - options: What the program sets.
  ///   - earlier: The host whose place this one takes, after its file was changed: what that one knows
  ///     of stored state, and of what deployments refuse, stays known. Both may be used.
  /// - Throws: ``ConfigurationInvalid`` with everything that was found.
  public init(
    text: [UInt8], file: String, options: Options = Options(),
    succeeding earlier: TransportHost? = nil
  ) throws(ConfigurationInvalid) {
    let (document, diagnostics) = ConfigurationDocument.load(
      text: text, file: file, environment: options.environment)
    guard let document else { throw ConfigurationInvalid(diagnostics) }
    self.document = document
    self.options = options
    providers = ProviderPool(document, options)
    boundaries = Boundaries(document, providers: providers)
    router = SharedRouter(clock: options.clock)
    state = StateKeeper(
      document, options, boundaries: boundaries, succeeding: earlier?.state)
    routes = RouteTable(
      RoutePlanner(document: document, boundaries: boundaries, router: router))
    engine = SharedEngine(options)
    credentials = CredentialSupply(document, options, engine: engine)
    memory = earlier?.memory ?? CallMemory(clock: options.clock)
  }

  /// Reads a configuration file.
  ///
  /// - Throws: ``ConfigurationInvalid``; a file that cannot be read is a diagnostic too.
  public convenience init(
    contentsOf path: String, options: Options = Options(), succeeding earlier: TransportHost? = nil
  ) throws(ConfigurationInvalid) {
    try self.init(
      text: FileText.configuration(path), file: path, options: options, succeeding: earlier)
  }

  deinit {
    engine.shutdown()
  }

  /// What was found in the file alone; plugins were not asked.
  public var diagnostics: [Diagnostic] { document.diagnostics }

  /// A line of the configuration with secrets blanked out, or nil when the place is not in it.
  public func sourceLine(_ mark: Mark) -> String? {
    mark.file == document.file ? document.sourceLine(mark.line) : nil
  }

  /// Runs tasks on the thread that moves this host's bytes.
  ///
  /// A task that prefers it pays for no switch of threads in a call. It is for short work beside calls:
  /// whatever runs there holds up every call of this host.
  ///
  /// ```swift
  /// try await withTaskExecutorPreference(host.executor) {
  ///   try await host.respond(to: .text("Hello", model: "gpt-5"))
  /// }
  /// ```
  ///
  /// - Throws: ``CallError`` where the thread cannot be started.
  public var executor: any TaskExecutor {
    get throws(CallError) { try startedEngine().executor }
  }

  /// What the engine holds; nil before the first call.
  package var holdings: HTTPEngineHoldings? { engine.running?.holdings }

  /// The one engine of this host, started with the first call.
  func startedEngine() throws(CallError) -> HTTPEngine { try engine.started() }
}

extension TransportHost: CustomReflectable {
  /// The file and the ids of its providers.
  ///
  /// What is behind them changes on other threads and may hold what nobody should see: it is not shown.
  public var customMirror: Mirror {
    Mirror(
      self, children: ["file": document.file, "providers": document.providers.map(\.id)])
  }
}

/// A configuration that cannot be used at all.
public struct ConfigurationInvalid: Error, Sendable {
  /// Everything that was found, in the order of the file.
  public let diagnostics: [Diagnostic]

  init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// The first error, as calls report it.
  public var error: CallError {
    let first = diagnostics.first { $0.severity == .error }
    return CallError(
      .configInvalid, first?.message ?? "the configuration cannot be used",
      source: first.map { $0.mark })
  }
}
