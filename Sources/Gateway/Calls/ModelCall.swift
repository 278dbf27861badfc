#if Gateway
internal import JSONText
internal import NIOCore
internal import NIOHTTP1
internal import ProviderConfiguration
internal import TransportHost

/// Carries one request to whoever serves it, and the answer back.
///
/// It belongs to the task that serves the request, and is a class so that the task's frames hold one
/// reference to it.
final class ModelCall {
  private let request: ReceivedRequest
  private let generation: Generation
  private let observed: ObservedCall
  private let call: CallRequest
  private var form: AnswerForm
  private var end = CallEnd(status: 0)

  /// - Parameters:
  ///   - request: What the client sent.
  ///   - call: The same, as the host has it.
  ///   - form: The language of the answer.
  ///   - generation: What serves it.
  ///   - observed: What is told of it.
  init(
    _ request: ReceivedRequest, _ call: CallRequest, as form: AnswerForm,
    generation: Generation, observed: ObservedCall
  ) {
    self.request = request
    self.generation = generation
    self.observed = observed
    self.form = form
    var call = call
    call.headers = request.headers
    call.limits = CallLimits(of: request).limits
    let client = request.client
    if client.entry?.models != nil { call.mayUse = { client.mayUse($0) } }
    self.call = call
  }

  /// Has the call answered, and tells what came of it.
  func run(with writer: AnswerWriter) async {
    do throws(CallError) {
      let events = try await generation.host.stream(call)
      end.attempts = events.attempts
      end.model = events.requestedModel
      // Nothing has left yet: the client gets a status and not a stream that tells of a failure.
      if events.hasFailed { for try await _ in events {} }
      if events.isStream {
        try await forward(events, to: writer)
      } else {
        try await send(events, to: writer)
      }
      end.result = events.result
      end.attempts = events.attempts
    } catch {
      end.error = error
      end.attempts = error.attempts
      if end.status == 0 {
        var answer = ErrorShape.answer(to: error, of: form.translation)
        answer.headers.append((HeaderName.requestID, observed.requestID))
        end.status = answer.status
        writer.send(answer)
      }
    }
    finish(writer)
  }

  private func finish(_ writer: AnswerWriter) {
    end.bytes = writer.bodyLength
    if end.error != nil, end.model == nil { end.model = modelOfBody }
    let bodies = generation.host.observability.bodies
    end.showsBodies = bodies == .all || bodies == .errors && end.error != nil
    observed.ended(request, end, generation: generation.number)
  }

  /// The model that a request asks for which reached nobody.
  private var modelOfBody: String? {
    let body = call.body ?? []
    return try? JSONText.validate(body.span).member("model", in: body.span)?.string(in: body.span)
  }

  /// Forwards a stream, event by event.
  ///
  /// A failure after the first of them is told by the stream's own last event; where there was none,
  /// the connection breaks, so that nobody takes the answer for whole.
  private func forward(
    _ events: ResponseEvents, to writer: AnswerWriter
  ) async throws(CallError) {
    var isOver = false
    do throws(CallError) {
      var iterator = events.makeAsyncIterator()
      while let event = try await iterator.next(isolation: nil) {
        if end.status == 0 { begin(events, writer) }
        isOver = event.isTerminal
        writer.write { form.append(event, to: &$0) }
        guard await writer.roomIsLeft() else {
          throw CallError(.cancelled, "the client left before the answer was over.")
        }
      }
      if end.status == 0 { begin(events, writer) }
      writer.end()
    } catch {
      if end.status != 0 { writer.end(isOver ? .complete : .broken) }
      throw error
    }
  }

  private func begin(_ events: ResponseEvents, _ writer: AnswerWriter) {
    end.status = events.status
    observed.streamOpened()
    writer.begin(head(of: events))
  }

  /// Sends a whole answer, once it is known to be one.
  private func send(
    _ events: ResponseEvents, to writer: AnswerWriter
  ) async throws(CallError) {
    var event: ResponseEvent?
    for try await next in events { event = next }
    let body = try form.body(of: event?.data ?? [], at: WallClock.seconds())
    end.status = events.status
    var head = head(of: events)
    head.headers.add(name: "content-length", value: String(body.count))
    writer.send(head, body)
  }

  private func head(of events: ResponseEvents) -> HTTPResponseHead {
    var head = AnswerHead.of(events, requestID: observed.requestID)
    let dropped = form.dropped
    if !dropped.isEmpty {
      head.headers.add(name: HeaderName.dropped, value: dropped.joined(separator: ", "))
    }
    return head
  }
}
#endif
