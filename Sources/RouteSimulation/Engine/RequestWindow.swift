/// An upstream's own limit: so many requests within any minute.
///
/// What is refused does not count.
struct RequestWindow: Sendable {
  private static let length = Duration.seconds(60)

  private let limit: Int
  /// When the last requests were taken, as a ring once there are as many as the limit.
  private var times: [Duration] = []
  private var oldest = 0

  init(limit: Int) { self.limit = limit }

  /// Takes a request in.
  ///
  /// - Returns: Nil where it is taken; else how long it takes until there is room, rounded up to the
  ///   whole seconds that `Retry-After` has.
  mutating func take(at now: Duration) -> Duration? {
    guard limit > 0 else { return Self.length }
    if times.count < limit {
      times.append(now)
      return nil
    }
    let room = times[oldest] + Self.length
    guard now >= room else {
      let (seconds, attoseconds) = (room - now).components
      return .seconds(seconds + (attoseconds > 0 ? 1 : 0))
    }
    times[oldest] = now
    oldest = (oldest + 1) % limit
    return nil
  }
}
