internal import CTransportABI

/// How a body is cut into frames.
package enum Framing: Sendable, Hashable {
  /// A frame an event.
  case serverSentEvents
  /// A frame a non-blank line.
  case jsonLines
  /// One frame, at the end.
  case whole
  /// As bytes arrive.
  case raw
}

/// A header of a response.
package typealias HeaderPair = (name: String, value: String)

/// What a transport remembers of one attempt, and the functions that read its response.
///
/// The host calls it from one task at a time, as the tag `[exchange]` asks.
@safe package final class TransportExchange: @unchecked Sendable {
  // SAFETY: the pointer never changes; the ABI forbids two calls at once for one exchange, and the
  // response pipeline, its only user, is a single task.
  private let instance: TransportInstance
  private let pointer: OpaquePointer?
  private let request: (operation: String, model: String, responseID: String)

  init(_ instance: TransportInstance, _ pointer: OpaquePointer?, for input: PrepareInput) {
    self.instance = instance
    unsafe self.pointer = pointer
    request = (input.operation, input.modelOnWire, input.responseID)
  }

  deinit {
    guard let pointer = unsafe pointer else { return }
    unsafe instance.library.table.pointee.exchange_destroy?(pointer)
  }

  /// What the head said besides its framing; set by ``framing(status:headers:)``.
  private(set) var headFacts = HeadFacts()

  /// Asks how the body behind a head below 400 is framed.
  package func framing(status: Int, headers: [HeaderPair]) throws(ReportedFailure) -> Framing {
    try framing(status: status, headers: .composed(headers))
  }

  func framing(status: Int, headers: ResponseHeaders) throws(ReportedFailure) -> Framing {
    let collector = HeadCollector()
    let result = withExtendedLifetime(collector) {
      unsafe withResponse(status: status, headers: headers, body: []) { response in
        var response = unsafe response
        var sink = unsafe collector.sink
        return unsafe instance.library.table.pointee.on_head(
          instance.pointer, pointer, &response, &sink)
      }
    }
    headFacts = collector.facts
    if let failure = collector.failure { throw failure.named(instance.library.id) }
    guard result == JF_OK else {
      throw .misbehaved(instance.library.id, "on_head returned \(result) without a failure")
    }
    guard let framing = collector.chosen else {
      throw .misbehaved(instance.library.id, "on_head chose a framing that ABI 1 does not have")
    }
    return framing
  }

  /// Hands a frame over; what the transport says goes to the collector.
  package func frame(name: Span<UInt8>, data: Span<UInt8>, to collector: EventCollector) {
    guard let onFrame = unsafe instance.library.table.pointee.on_frame else {
      collector.forwardFrame()
      return
    }
    let result = unsafe name.withUnsafeBufferPointer { name in
      unsafe data.withUnsafeBufferPointer { data in
        var sink = unsafe collector.sink
        return unsafe onFrame(
          instance.pointer, pointer,
          jf_borrowed_text(
            ptr: UnsafeRawPointer(name.baseAddress)?.assumingMemoryBound(to: CChar.self),
            len: name.count),
          jf_borrowed_bytes(ptr: data.baseAddress, len: data.count), &sink)
      }
    }
    collector.finish(result, of: "on_frame", by: instance.library.id)
  }

  /// The body ended cleanly.
  package func end(to collector: EventCollector) {
    guard let onEnd = unsafe instance.library.table.pointee.on_end else { return }
    var sink = unsafe collector.sink
    let result = unsafe onEnd(instance.pointer, pointer, &sink)
    collector.finish(result, of: "on_end", by: instance.library.id)
  }

  /// Has a refusal explained: a status of 400 or more with its body, or a stream's error object.
  package func classify(status: Int, headers: [HeaderPair], body: [UInt8]) -> ReportedFailure {
    classify(status: status, headers: .composed(headers), body: body)
  }

  func classify(status: Int, headers: ResponseHeaders, body: [UInt8]) -> ReportedFailure {
    let collector = FailureCollector()
    withExtendedLifetime(collector) {
      unsafe withResponse(status: status, headers: headers, body: body) { response in
        var response = unsafe response
        var sink = unsafe collector.sink
        unsafe instance.library.table.pointee.classify(
          instance.pointer, pointer, &response, &sink)
      }
    }
    return collector.failure?.named(instance.library.id)
      ?? .misbehaved(instance.library.id, "classify explained nothing")
  }

  private func withResponse<R>(
    status: Int, headers: ResponseHeaders, body: [UInt8], _ use: (jf_response) -> R
  ) -> R {
    var arena = LendingArena()
    let operation = arena.add(request.operation)
    let model = arena.add(request.model)
    let responseID = arena.add(request.responseID)
    return arena.withLent { lent in
      unsafe headers.withLent { pairs in
        unsafe body.withUnsafeBufferPointer { bytes in
          unsafe use(
            jf_response(
              struct_size: UInt32(MemoryLayout<jf_response>.size),
              status: Int32(clamping: status), headers: pairs.baseAddress,
              header_count: pairs.count,
              body: jf_borrowed_bytes(ptr: bytes.baseAddress, len: bytes.count),
              operation: lent[operation], model: lent[model], response_id: lent[responseID]))
        }
      }
    }
  }
}
