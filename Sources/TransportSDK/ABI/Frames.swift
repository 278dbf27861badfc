internal import CTransportABI

/// What `jf_exchange` points to: the reader of one exchange.
final class ReaderBox {
  let reader: any FrameReader

  init(_ reader: any FrameReader) { self.reader = reader }
}

/// `on_frame`: without a reader the frame goes on as it came.
func readFrame(
  _ exchange: OpaquePointer?, name: jf_borrowed_text, data: jf_borrowed_bytes,
  sink: jf_event_sink
) -> jf_status {
  guard let exchange = unsafe exchange else {
    unsafe _ = sink.forward(sink.context)
    return JF_OK
  }
  let buffer = unsafe data.buffer
  return unsafe deliver(to: sink) { events throws(TransportFailure) in
    unsafe try reader(exchange).read(name: String(name), data: buffer.span, events: &events)
  }
}

/// `on_end`: a reader says what is still to say.
func endFrames(_ exchange: OpaquePointer?, sink: jf_event_sink) -> jf_status {
  guard let exchange = unsafe exchange else { return JF_OK }
  return unsafe deliver(to: sink) { events throws(TransportFailure) in
    unsafe try reader(exchange).end(events: &events)
  }
}

private func reader(_ exchange: OpaquePointer) -> any FrameReader {
  // SAFETY: the host passes what `prepare` set and has not destroyed it.
  unsafe Unmanaged<ReaderBox>.fromOpaque(UnsafeRawPointer(exchange)).takeUnretainedValue().reader
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
