/// What the host lends a transport besides effects: its clock and its randomness.
///
/// They come from the host so that a replay gives the same bytes; a transport that describes attempts and
/// reads answers needs neither.
public struct HostServices: Sendable {
  private let clock: @Sendable () -> Duration
  private let generator: @Sendable (Int) -> [UInt8]

  /// Services made of two functions; for tests and for the entry code.
  ///
  /// - Parameters:
  ///   - unixTime: The time since the beginning of 1970 in UTC.
  ///   - random: As many random bytes as asked for.
  public init(
    unixTime: @escaping @Sendable () -> Duration,
    random: @escaping @Sendable (_ count: Int) -> [UInt8]
  ) {
    clock = unixTime
    generator = random
  }

  /// A host whose clock stands at zero and whose random bytes are all zero; for tests.
  public static var none: HostServices {
    HostServices(unixTime: { .zero }, random: { [UInt8](repeating: 0, count: $0) })
  }

  /// The time since the beginning of 1970 in UTC, to the millisecond.
  public var unixTime: Duration { clock() }

  /// Random bytes that nobody can guess, good enough for ids.
  ///
  /// - Parameter count: How many; at least 0.
  /// - Returns: That many bytes.
  public func random(_ count: Int) -> [UInt8] { generator(count) }
}
