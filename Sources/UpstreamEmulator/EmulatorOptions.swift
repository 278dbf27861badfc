/// How one listener behaves.
package struct EmulatorOptions: Sendable {
  /// The TCP port on 127.0.0.1; 0 picks a free one.
  package var port: UInt16 = 0
  /// The credential to expect; nil is the upstream's own default.
  package var key: String?
  /// Whose tokens the two Azure ones take beside their key; nil: no token is good.
  package var tokens: TokenIssuer?
  /// The model or deployment names that exist.
  package var deployments: [String] = ["gpt-5", "gpt-5-mini", "gpt-4.1"]
  /// How long an id stays unreadable after its response was finished, on the two that have this lag.
  ///
  /// Source of the default: well inside the 5.5 s median measured for streamed parents, and longer
  /// than the three quick retries a naive client makes.
  package var race: Duration = .milliseconds(2000)
  /// The shortest such time; nil makes all of them `race`.
  ///
  /// With a shorter one every response and every item draws a time of its own between the two, the same
  /// with each run.
  package var raceFrom: Duration?
  /// The longest such time where the response was not streamed; nil makes no difference.
  package var raceOfWhole: Duration?
  /// Behaviour that only some accounts, models or regions show.
  package var quirks: [Quirk] = []
  /// What goes wrong with every request that names no fault of its own.
  package var faults: [Fault] = []
  /// What the race and every timestamp are measured with.
  package var clock: EmulatorClock = .system
  /// Is told of each reply once it has ended; called on the thread of its connection.
  package var onReplyEnd: (@Sendable (EndedReply) -> Void)?
  /// How many requests the log keeps; older ones are forgotten.
  package var requestLogLimit = 10_000

  /// Options as the program has them without a flag.
  package init() {}

  var lag: StorageLag { StorageLag(race, from: raceFrom, ofWhole: raceOfWhole) }
}
