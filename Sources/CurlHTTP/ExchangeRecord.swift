/// What an attempt ledger wants to know of an exchange.
package struct ExchangeRecord: Sendable {
  /// Decoded body bytes that have arrived.
  package internal(set) var bytesReceived = 0
  /// How the connection came about; nil for a reused one and before the head.
  package internal(set) var phases: HTTPPhases?
  /// The connection, from the response head on.
  package internal(set) var connection: HTTPConnectionFacts?

  let clock: EngineClock
  let queuedAt: EngineTime
  var connectedAt: EngineTime?
  var firstByteAt: EngineTime?
  var endedAt: EngineTime?

  init(queuedAt: EngineTime, clock: EngineClock) {
    self.queuedAt = queuedAt
    self.clock = clock
  }

  /// When `start` was called.
  package var queued: ContinuousClock.Instant { clock.instant(at: queuedAt) }
  /// When the connection stood, TLS included; nil for a reused connection and before the head.
  package var connected: ContinuousClock.Instant? { connectedAt.map(clock.instant(at:)) }
  /// When the response head was complete.
  package var firstByte: ContinuousClock.Instant? { firstByteAt.map(clock.instant(at:)) }
  /// When the exchange ended, well or not.
  package var ended: ContinuousClock.Instant? { endedAt.map(clock.instant(at:)) }

  /// From `start` to ``connected``.
  package var timeToConnect: Duration? { connectedAt.map { .nanoseconds($0 - queuedAt) } }
  /// From `start` to ``ended``, or to this moment before that.
  package var duration: Duration { .nanoseconds((endedAt ?? clock.now) - queuedAt) }

  /// From `start` to an instant.
  package func time(to instant: ContinuousClock.Instant) -> Duration {
    .nanoseconds(clock.time(of: instant) - queuedAt)
  }
}

/// The connection that carried an exchange.
package struct HTTPConnectionFacts: Sendable, Hashable {
  /// Whether it had been opened for an earlier exchange.
  package let isReused: Bool
  /// The numeric address of the other end, that of a proxy where one is used.
  package let remoteHost: String
  /// The port of the other end.
  package let remotePort: Int
  /// The version of HTTP that is spoken on it.
  package let version: HTTPVersion
}

/// How far connecting came, each part counted from the start of the exchange.
package struct HTTPPhases: Sendable, Hashable {
  /// When the name was found; nil: it was not.
  package let lookup: Duration?
  /// When the connection stood; nil: none did, or its TLS failed.
  package let connect: Duration?
  /// When TLS stood, that of the upstream where a proxy has its own; nil: it did not, or there is none.
  package let handshake: Duration?
  /// The numeric address of the other end, that of a proxy where one is used; empty: none was tried.
  package let remoteHost: String
  /// The port of the other end; 0: none was tried.
  package let remotePort: Int
}
