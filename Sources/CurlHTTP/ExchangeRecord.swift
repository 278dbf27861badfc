/// What an attempt ledger wants to know of an exchange.
package struct ExchangeRecord: Sendable {
  /// When `start` was called.
  package internal(set) var queued: ContinuousClock.Instant
  /// When the connection stood, TLS included; nil for a reused connection and before the head.
  package internal(set) var connected: ContinuousClock.Instant?
  /// When the response head was complete.
  package internal(set) var firstByte: ContinuousClock.Instant?
  /// When the exchange ended, well or not.
  package internal(set) var ended: ContinuousClock.Instant?
  /// The connection, from the response head on.
  package internal(set) var connection: HTTPConnectionFacts?
  /// Decoded body bytes that have arrived.
  package internal(set) var bytesReceived = 0
}

/// The connection that carried an exchange.
package struct HTTPConnectionFacts: Sendable, Hashable {
  /// Whether it had been opened for an earlier exchange.
  package let isReused: Bool
  /// The address and port of the other end, that of a proxy where one is used.
  package let remoteAddress: String
  /// The version of HTTP that is spoken on it.
  package let version: HTTPVersion
}
