/// The five clocks of a call as one level of the file sets them; nil where it does not.
package struct Timeouts: Sendable, Equatable {
  /// From the first packet to a finished TLS handshake.
  package var connect: Sourced<Duration>?
  /// From the sent request to the first event of the answer.
  package var firstEvent: Sourced<Duration>?
  /// The longest silence between two pieces of the answer.
  package var idle: Sourced<Duration>?
  /// One whole attempt.
  package var attempt: Sourced<Duration>?
  /// The whole call, waits and further attempts included.
  package var total: Sourced<Duration>?

  /// Creates clocks of which none is set.
  package init() {}

  /// These clocks, and the outer ones where these are not set.
  package func merged(over outer: Timeouts) -> Timeouts {
    var merged = self
    merged.connect = connect ?? outer.connect
    merged.firstEvent = firstEvent ?? outer.firstEvent
    merged.idle = idle ?? outer.idle
    merged.attempt = attempt ?? outer.attempt
    merged.total = total ?? outer.total
    return merged
  }

  /// What holds where nothing is written; `total` depends on the call and stays nil.
  package static let builtIn: Timeouts = {
    var timeouts = Timeouts()
    timeouts.connect = TimeoutKeys.connect.default?.value
    timeouts.firstEvent = TimeoutKeys.firstEvent.default?.value
    timeouts.idle = TimeoutKeys.idle.default?.value
    timeouts.attempt = TimeoutKeys.attempt.default?.value
    return timeouts
  }()

  /// The built-in limit of a call that is not streamed; a streamed one has none.
  package static let totalWithoutStream: Duration = .seconds(15 * 60)
}

enum TimeoutKeys {
  static let connect = ConfigurationKey(
    "connect", ConfigurationType.duration.sourced, default: .duration(.seconds(10)),
    doc: "From the first packet to a finished TLS handshake.")

  static let firstEvent = ConfigurationKey(
    "first_event", ConfigurationType.duration.sourced, default: .duration(.seconds(60)),
    doc: "From the sent request to the first event of the answer.",
    misnomers: ["first_byte", "ttft", "read"])

  static let idle = ConfigurationKey(
    "idle", ConfigurationType.duration.sourced, default: .duration(.seconds(300)),
    doc: "The longest silence between two pieces of the answer.", misnomers: ["stream_idle"])

  static let attempt = ConfigurationKey(
    "attempt", ConfigurationType.duration.sourced, default: .duration(.seconds(600)),
    doc: "One whole attempt.", misnomers: ["request"])

  static let total = ConfigurationKey(
    "total", ConfigurationType.duration.sourced,
    default: ConfigurationDefault(
      value: nil,
      text: "none for streams, otherwise `\(DurationText.write(Timeouts.totalWithoutStream))`"),
    doc: """
      The whole call: attempts, waits and fallbacks share it. The first target of the model asked for \
      decides it, and it stays when the call moves.
      """, misnomers: ["overall", "deadline"])

  static let table = ConfigurationTable(
    "timeouts", title: "timeouts",
    doc: """
      The clocks of a call. They may stand in `defaults`, a provider, a model and a target; each \
      clock is taken from the nearest place that sets it: target, model, provider, defaults.
      """, example: "{ idle: 300s }",
    keys: [
      connect.description, firstEvent.description, idle.description, attempt.description,
      total.description,
    ])

  static let type = ConfigurationType<Timeouts>.table(table) { members in
    var timeouts = Timeouts()
    timeouts.connect = members.value(connect)
    timeouts.firstEvent = members.value(firstEvent)
    timeouts.idle = members.value(idle)
    timeouts.attempt = members.value(attempt)
    timeouts.total = members.value(total)
    return timeouts
  }
}
