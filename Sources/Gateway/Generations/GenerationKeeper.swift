#if Gateway
internal import ProviderConfiguration
internal import Synchronization
internal import TransportHost

/// Reads the configuration file, and again when it was changed: all of it takes effect, or nothing.
final class GenerationKeeper: Sendable {
  /// What came of a reading.
  enum Outcome: Sendable {
    /// It serves from now on.
    case serving(Generation)
    /// It cannot, and what served before still does.
    case refused(Refusal)
  }

  /// Why a file cannot serve.
  struct Refusal: Error {
    /// Everything that was found in the file.
    let diagnostics: [Diagnostic]
    /// What was wrong besides, such as a token that cannot be read; nil: nothing.
    let error: CallError?
    /// A line of the file by its place, for showing what was found.
    let sourceLine: @Sendable (Mark) -> String?
  }

  private let source: GatewaySource
  private let current: Mutex<Generation>

  /// Reads the file for the first time.
  init(_ source: GatewaySource) throws(Refusal) {
    self.source = source
    current = Mutex(try Self.read(source, number: 1, succeeding: nil))
  }

  /// What serves now.
  var generation: Generation { current.withLock(\.self) }

  /// Reads the file again.
  func reload() -> Outcome {
    let last = generation
    do throws(Refusal) {
      let next = try Self.read(source, number: last.number + 1, succeeding: last.host)
      current.withLock { $0 = next }
      return .serving(next)
    } catch {
      return .refused(error)
    }
  }

  private static func read(
    _ source: GatewaySource, number: Int, succeeding last: TransportHost?
  ) throws(Refusal) -> Generation {
    let host: TransportHost
    do throws(ConfigurationInvalid) {
      host = try TransportHost(
        contentsOf: source.file, options: source.options, succeeding: last)
    } catch {
      throw Refusal(diagnostics: error.diagnostics, error: nil) { _ in nil }
    }
    guard host.firstError == nil else {
      throw Refusal(diagnostics: host.diagnostics, error: nil, sourceLine: host.sourceLine)
    }
    do throws(CallError) {
      let generation = try Generation(
        number, file: source.file, host: host,
        listening: source.listening ?? host.gateway.listen.value,
        onetime: source.onetime, created: source.now())
      try source.takeUp(host)
      return generation
    } catch {
      throw Refusal(diagnostics: host.diagnostics, error: error, sourceLine: host.sourceLine)
    }
  }
}

/// Where generations come from.
struct GatewaySource: Sendable {
  /// The path of the file.
  var file: String
  /// What hosts are made with.
  var options = TransportHost.Options()
  /// Where the gateway listens; nil: where the file says.
  var listening: ListenAddress?
  /// A token that was made for this run; nil: none.
  var onetime: String?
  /// The time, in seconds since 1970.
  var now: @Sendable () -> Int64
  /// Has what stands beside the host follow it, once nothing else is wrong; what it throws refuses the
  /// file.
  var takeUp: @Sendable (TransportHost) throws(CallError) -> Void = { _ in }
}
#endif
