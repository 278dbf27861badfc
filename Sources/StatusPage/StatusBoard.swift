/// Remembers what a status page shows of the last half hour, in bounded memory.
///
/// It is told when calls begin and end and what time it is; it has no clock. Times are milliseconds since
/// the epoch; one that lies before what was already told counts as that, so that they should come of a
/// clock that is never set: the time of the start and what passed since. Memory is bounded whatever comes:
/// 180 rows of ten seconds with at most 64 targets each, 20 errors, texts of at most 400 characters.
public struct StatusBoard: Sendable {
  /// How long one row is, in milliseconds.
  public static let step: Int64 = 10_000
  /// How many rows there are: half an hour.
  public static let rowCount = 180
  /// How many errors are kept.
  public static let errorCount = 20
  /// How many rows the figures of the last five minutes are made of.
  static let recentRows = 30

  private var rows = Array(repeating: StatusRow(), count: StatusBoard.rowCount)
  /// The row in which it is now, counted from the epoch.
  private var current: Int64
  private var now: Int64
  private var inFlight = 0
  private var streams = 0
  private var errors: [StatusError] = []

  /// An empty board.
  ///
  /// - Parameter now: Milliseconds since the epoch.
  public init(at now: Int64) {
    self.now = StatusText.instant(now)
    current = self.now / Self.step
  }

  /// Counts a call in.
  public mutating func began(at time: Int64) {
    advance(to: time)
    inFlight += 1
  }

  /// Counts an open stream, until its call ends.
  public mutating func streamOpened(at time: Int64) {
    advance(to: time)
    streams += 1
    rows[row].streams = max(rows[row].streams, streams)
  }

  /// Counts a call out.
  ///
  /// - Parameters:
  ///   - call: What came of it.
  ///   - hadStream: Whether ``streamOpened(at:)`` was told of it.
  ///   - time: When.
  public mutating func ended(_ call: EndedCall, hadStream: Bool, at time: Int64) {
    advance(to: time)
    inFlight = max(0, inFlight - 1)
    if hadStream { streams = max(0, streams - 1) }
    rows[row].count(call)
    guard call.isFailed else { return }
    remember(StatusError(call, at: now))
  }

  /// What there is to show.
  ///
  /// - Parameters:
  ///   - gateway: What is known of the gateway.
  ///   - targets: The targets with their state, in the order in which they are shown.
  ///   - time: When.
  /// - Returns: A value of its own, with texts made harmless.
  public mutating func snapshot(
    gateway: GatewayFacts, targets: [TargetStatus], at time: Int64
  ) -> StatusSnapshot {
    advance(to: time)
    let ordered = (0..<Self.rowCount).map { rows[(row + 1 + $0) % Self.rowCount] }
    var half = StatusRow()
    for row in ordered { half.merge(row) }
    var recent = StatusRow()
    for row in ordered.suffix(Self.recentRows) { recent.merge(row) }
    // The last row is not over yet.
    let recentTime = Int64(Self.recentRows - 1) * Self.step + now % Self.step
    return StatusSnapshot(
      gateway: gateway.cleaned, now: now, inFlight: inFlight, streams: streams,
      summary: StatusSummary(recent: recent, milliseconds: recentTime, half: half),
      start: (current - Int64(Self.rowCount) + 1) * Self.step,
      points: points(ordered),
      targets: targets.map { $0.counted(half) }, errors: errors)
  }

  /// Each row, with the percentiles of the minute that it ends: ten seconds have too few calls to tell a
  /// percentile from chance.
  private func points(_ rows: [StatusRow]) -> [StatusPoint] {
    rows.indices.map { index in
      var minute = DurationHistogram()
      for row in rows[max(0, index - 5)...index] { minute.merge(row.durations) }
      return StatusPoint(rows[index], minute: minute)
    }
  }

  /// Puts an error in front; one that was there already is counted once more and not repeated.
  private mutating func remember(_ error: StatusError) {
    var error = error
    if let index = errors.firstIndex(where: { $0.isSame(as: error) }) {
      error.count += errors.remove(at: index).count
    }
    errors.insert(error, at: 0)
    if errors.count > Self.errorCount { errors.removeLast() }
  }

  /// Where the present row is.
  private var row: Int { Int(current % Int64(Self.rowCount)) }

  /// Clears the rows between then and now; a stream that is open was open in all of them.
  private mutating func advance(to time: Int64) {
    now = max(now, StatusText.instant(time))
    let last = now / Self.step
    current = max(current, last - Int64(Self.rowCount))
    while current < last {
      current += 1
      rows[row] = StatusRow()
      rows[row].streams = streams
    }
  }
}
