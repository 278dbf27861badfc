internal import CTransportABI

/// What `jf_exchange` points to: what one exchange remembers.
final class ExchangeBox {
  /// Translates the frames, or nil.
  let reader: (any FrameReader)?
  /// What `prepare` noted.
  let notes: [String]

  init(_ reader: (any FrameReader)?, notes: [String]) {
    self.reader = reader
    self.notes = notes
  }

  /// The box behind an exchange.
  static func at(_ exchange: OpaquePointer) -> ExchangeBox {
    // SAFETY: the host passes what `prepare` set and has not destroyed it.
    unsafe Unmanaged<ExchangeBox>.fromOpaque(UnsafeRawPointer(exchange)).takeUnretainedValue()
  }
}

/// `on_frame`: without a reader the frame goes on as it came.
func readFrame(
  _ exchange: OpaquePointer?, name: jf_borrowed_text, data: jf_borrowed_bytes,
  sink: jf_event_sink
) -> jf_status {
  guard let exchange = unsafe exchange, let reader = unsafe ExchangeBox.at(exchange).reader else {
    unsafe _ = sink.forward(sink.context)
    return JF_OK
  }
  let buffer = unsafe data.buffer
  return unsafe deliver(to: sink) { events throws(TransportFailure) in
    unsafe try reader.read(name: String(name), data: buffer.span, events: &events)
  }
}

/// `on_end`: a reader says what is still to say.
func endFrames(_ exchange: OpaquePointer?, sink: jf_event_sink) -> jf_status {
  guard let exchange = unsafe exchange, let reader = unsafe ExchangeBox.at(exchange).reader else {
    return JF_OK
  }
  return unsafe deliver(to: sink) { events throws(TransportFailure) in
    try reader.end(events: &events)
  }
}

/// Runs a reader and hands the host what it gave, the events before a failure included.
private func deliver(
  to sink: jf_event_sink, _ read: (inout EventDraft) throws(TransportFailure) -> Void
) -> jf_status {
  var events = EventDraft()
  var failure: TransportFailure?
  do throws(TransportFailure) { try read(&events) } catch { failure = error }
  var isWanted = true
  if events.isForwarded { unsafe isWanted = sink.forward(sink.context) != 0 }
  for event in events.events where isWanted {
    isWanted = unsafe event.name.borrowed { name in
      unsafe event.data.borrowed { unsafe sink.emit(sink.context, name, $0) != 0 }
    }
  }
  guard let failure else { return JF_OK }
  unsafe failure.send(to: sink.fail, sink.context)
  return JF_FAILED
}
