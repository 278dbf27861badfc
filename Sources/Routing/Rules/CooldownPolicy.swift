/// When what failures blame is left alone, and for how long.
package struct CooldownPolicy: Sendable, Hashable {
  /// So many failures in a row open a cooldown.
  package var failures = 3
  /// Within such a time.
  package var window = Duration.seconds(60)
  /// How long the first cooldown lasts; each that follows without an answer in between twice as long.
  package var duration = Duration.seconds(30)
  /// How long none lasts, but for a quota of which the upstream says when it is whole again.
  package var maximum = Duration.seconds(600)
  /// How many attempts at a time find out whether it is over.
  package var probes = 1

  /// What holds where nothing is configured.
  package init() {}

  /// How long the nth cooldown in a row lasts: `duration * 2^(n-1)`, and `maximum` at most.
  ///
  /// With the defaults 30, 60, 120, 240, 480, 600, 600, … seconds.
  func length(ofOpening opening: Int) -> Duration {
    var length = duration
    var step = 1
    while step < opening, length < maximum {
      length = length * 2
      step += 1
    }
    return min(length, maximum)
  }
}
