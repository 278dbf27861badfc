/// What the host has to do after it told a ``ResponseStream`` what happened.
///
/// At most one event leaves for each thing that happens.
package enum ResponseStreamAction: Sendable, Hashable {
  /// Pass on the event just received, byte for byte.
  case forward
  /// Nothing leaves.
  case nothing
  /// Nothing leaves yet: unless ``finish(_:_:)`` comes first, call ``ResponseStream/timerFired()``
  /// after this time.
  case startTimer(Duration)
  /// Let the terminal event leave, stop the timer and abandon what the upstream may still send.
  indirect case finish(TerminalEvent, ResponseOutcome)

  /// Where the terminal event's bytes come from.
  package enum TerminalEvent: Sendable, Hashable {
    /// The event just received leaves, byte for byte.
    case received
    /// An event with this type and this data leaves: one held until now, or one made here.
    case emitted(type: String, data: [UInt8])
  }
}
