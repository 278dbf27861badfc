internal import Dispatch
internal import Glibc

/// The signals with which a service is told what to do.
package enum Signals {
  /// What a service is told.
  package enum Kind: Sendable, Hashable, CaseIterable {
    /// Read the configuration again.
    case hangUp
    /// End, from a terminal.
    case interrupt
    /// End.
    case terminate

    /// The number that the system has for it.
    package var number: Int32 {
      switch self {
      case .hangUp: SIGHUP
      case .interrupt: SIGINT
      case .terminate: SIGTERM
      }
    }
  }

  /// The signals that this process gets from now on; none of them ends it any more.
  ///
  /// Programs that it starts should have them reset.
  package static func stream(of kinds: [Kind]) -> AsyncStream<Kind> {
    let (stream, continuation) = AsyncStream.makeStream(of: Kind.self)
    let queue = DispatchQueue(label: "jackfield.signals")
    let sources = kinds.map { kind in
      signal(kind.number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: kind.number, queue: queue)
      source.setEventHandler { continuation.yield(kind) }
      source.resume()
      return Source(source: source)
    }
    continuation.onTermination = { _ in sources.forEach { $0.source.cancel() } }
    return stream
  }

  /// SAFETY: the source is made above and touched once more, to be cancelled.
  private struct Source: @unchecked Sendable {
    let source: any DispatchSourceSignal
  }
}
