#if Gateway
internal import Logging
internal import ProcessIO
internal import ProviderConfiguration
internal import Synchronization
internal import Telemetry
internal import TransportHost

/// The file of the request log, which follows the configuration.
final class RequestLog: Sendable {
  private let file = Mutex<AppendedFile?>(nil)

  /// Writes to the file that a configuration names from now on, opened anew: a tool that moves old logs
  /// away tells the gateway so.
  ///
  /// - Throws: `config_invalid` where it cannot be opened; then all stays as it was.
  func follow(_ host: TransportHost) throws(CallError) {
    guard let path = host.requestLogPath else {
      return file.withLock { $0 = nil }
    }
    do throws(IOFailure) {
      let opened = try AppendedFile(path)
      file.withLock { $0 = opened }
    } catch {
      throw CallError(
        .configInvalid, "the request log cannot be written: \(path): \(error).",
        source: host.observability.logPath?.mark)
    }
  }

  /// What writes its lines; nil while the configuration names no file, so that nobody composes one.
  var logger: Logger? {
    guard let file = file.withLock(\.self) else { return nil }
    return Logger(label: "jackfield.requests") { _ in
      JSONLinesHandler(now: WallClock.milliseconds) { file.append($0) }
    }
  }
}
#endif
