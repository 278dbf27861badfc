internal import CurlHTTP
internal import Synchronization

/// The one HTTP engine of a host, started when it is first needed.
final class SharedEngine: Sendable {
  private let options: TransportHost.Options
  private let engine = Mutex<HTTPEngine?>(nil)

  init(_ options: TransportHost.Options) { self.options = options }

  /// The engine; nil before it was started.
  var running: HTTPEngine? { engine.withLock { $0 } }

  /// The engine, started now if it was not yet.
  func started() throws(CallError) -> HTTPEngine {
    let result = engine.withLock { engine in
      Result { () throws(HTTPError) in
        if let engine { return engine }
        var settings = HTTPEngineOptions()
        settings.caFile = options.caFile
        settings.environment = HTTPEnvironment(options.environment)
        let started = try HTTPEngine(options: settings)
        engine = started
        return started
      }
    }
    do { return try result.get() } catch { throw CallError(error, at: nil) }
  }

  /// Ends all exchanges.
  func shutdown() { running?.shutdown() }
}
