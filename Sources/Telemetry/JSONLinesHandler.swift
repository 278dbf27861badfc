#if Gateway

public import Logging

/// Writes what is logged as JSON, an object a line.
///
/// Its members are `time` (RFC 3339, UTC, milliseconds), `level`, `message`, then those of the request
/// log in their fixed order, then all others by name. Numbers and truth values stay what they are. A line
/// never has a line break within, whatever is logged.
public struct JSONLinesHandler: LogHandler {
  /// The least severe level that is written.
  public var logLevel: Logger.Level
  /// What every line has.
  public var metadata: Logger.Metadata = [:]
  /// What every line has at that moment.
  public var metadataProvider: Logger.MetadataProvider?
  private let now: @Sendable () -> Int64
  private let write: @Sendable ([UInt8]) -> Void

  /// A handler that writes whole lines.
  ///
  /// - Parameters:
  ///   - logLevel: The least severe level that is written.
  ///   - now: Milliseconds since the epoch.
  ///   - write: Takes one line with its end. It is called from whatever thread logs, and several may
  ///     call at once; what it does with a line that cannot be written is its own business.
  public init(
    logLevel: Logger.Level = .info, now: @escaping @Sendable () -> Int64,
    write: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.logLevel = logLevel
    self.now = now
    self.write = write
  }

  /// A value that every line has.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes a line.
  public func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let own = event.metadata { all.merge(own) { $1 } }
    var line = JSONLine()
    line.member("time", Timestamp.text(now()))
    line.member("level", event.level.rawValue)
    line.member("message", event.message.description)
    for name in ServedCall.memberOrder {
      if let value = all.removeValue(forKey: name) { line.member(name, value) }
    }
    for (name, value) in all.sorted(by: { $0.key < $1.key }) { line.member(name, value) }
    if let error = event.error, all["error"] == nil { line.member("thrown", "\(error)") }
    write(line.finished())
  }
}

#endif
