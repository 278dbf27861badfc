#if Gateway
internal import NIOCore
internal import NIOHTTP1

/// One connection of a client: reads requests one after the other, and has each answered.
///
/// It lives on its connection's thread. The handler before it in the pipeline holds back a request
/// that comes before the answer to the one before it has left.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// Where the connection stands.
  private enum Phase {
    /// No request is there. Left by a head.
    case idle
    /// The body of one comes. Left by its end, or by too much of it.
    case receiving(Reception)
    /// The rest of one comes that is answered already. Left by its end.
    case discarding
    /// An answer is on its way. Left by its end.
    case answering(AnswerWriter, Task<Void, Never>)
  }

  private let service: any RequestService
  private let connections: LoopConnections
  private var phase = Phase.idle
  private var context: ChannelHandlerContext?
  private let isSurplus: Bool
  private var keepsAlive = true
  /// Whether the last answer that the connection may have has left.
  private var isOver = false
  /// Whether the last answer broke off.
  private var isBroken = false
  /// Whether the answer to come is to HEAD, and so has no body.
  private var isToHead = false
  /// Whether the answer to come is to HTTP/1.0, which knows no chunks.
  private var isToOld = false
  /// Whether the client waits with its body until it is told to go on.
  private var isAwaited = false
  private var isDraining = false
  private var unsent = 0
  /// When bytes were last taken in or given out.
  private var lastProgress = NIODeadline.now()

  /// - Parameters:
  ///   - service: Who answers requests.
  ///   - connections: Those of the same thread.
  ///   - isSurplus: Whether there are as many connections as there may be without this one, whose
  ///     only request is refused.
  init(service: any RequestService, connections: LoopConnections, isSurplus: Bool = false) {
    self.service = service
    self.connections = connections
    self.isSurplus = isSurplus
  }

  // MARK: - The connection

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    connections.add(self)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    connections.remove(self)
  }

  func channelInactive(context: ChannelHandlerContext) {
    if case .answering(let writer, let task) = phase {
      writer.gone()
      task.cancel()
    }
    phase = .idle
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  // MARK: - Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isOver else { return }
    lastProgress = .now()
    switch (unwrapInboundIn(data), phase) {
    case (.head(let head), _): begin(head, context)
    case (.body(let part), .receiving(let reception)): take(part, reception, context)
    case (.end, .receiving(let reception)): answer(reception, context)
    case (.end, .discarding):
      phase = .idle
      guard !keepsAlive || isDraining else { break }
      isOver = true
      context.close(promise: nil)
    case (.body, _), (.end, _): break
    }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    keepsAlive = head.isKeepAlive && !isDraining && !isSurplus
    isToHead = head.method == .HEAD
    isToOld = head.version == .http1_0
    isAwaited = expects(head)
    let length = head.headers.first(name: "content-length").flatMap { Int($0) }
    let seen = Admission.Head(
      method: head.method.rawValue, target: head.uri,
      headers: head.headers.map { ($0.name, $0.value) }, contentLength: length)
    switch isSurplus ? .refused(.tooManyConnections) : service.admit(seen) {
    case .refused(let answer):
      phase = .discarding
      // Whoever waits to be told to send the body need not send it: then there is no next request.
      if isAwaited { keepsAlive = false }
      send(answer, context)
    case .admitted(let reception):
      phase = .receiving(reception)
      reception.expect(length ?? 0)
      if isAwaited {
        let go = HTTPResponseHead(version: head.version, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
      }
    }
  }

  /// - Source: RFC 9110 section 10.1.1.
  private func expects(_ head: HTTPRequestHead) -> Bool {
    head.version != .http1_0 && head.headers.first(name: "expect")?.lowercased() == "100-continue"
  }

  private func take(
    _ part: ByteBuffer, _ reception: Reception, _ context: ChannelHandlerContext
  ) {
    guard reception.take(part) else {
      phase = .discarding
      isAwaited = false
      return send(reception.tooLarge, context)
    }
  }

  private func answer(_ reception: Reception, _ context: ChannelHandlerContext) {
    let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
    let loop = context.eventLoop
    let request = reception.request
    let writer = AnswerWriter(
      allocator: context.channel.allocator, tap: service.tap(for: request)
    ) {
      loop.execute { handler.value.fetch() }
    }
    phase = .answering(writer, reception.answer(request, with: writer, on: connections.executor))
  }

  // MARK: - Answers

  /// Sends what the answer's writer has.
  private func fetch() {
    guard case .answering(let writer, _) = phase, let context else { return }
    let batch = writer.take()
    if let head = batch.head {
      context.write(wrapOutboundOut(.head(finished(head))), promise: nil)
    }
    let count = batch.body?.readableBytes ?? 0
    if count > 0, isToHead {
      writer.sent(count)
    } else if let body = batch.body, count > 0 {
      unsent += count
      let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
      let sent = context.eventLoop.makePromise(of: Void.self)
      sent.futureResult.whenComplete { _ in handler.value.sent(count, writer) }
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: sent)
    }
    switch batch.ending {
    case nil: context.flush()
    case .complete: end(context)
    case .broken:
      // What is on its way still arrives; the end of the coding does not, and that tells.
      phase = .idle
      isOver = true
      isBroken = true
      context.flush()
      closeIfBroken()
    }
  }

  /// Closes a connection whose answer broke off, once all that came of it was sent.
  private func closeIfBroken() {
    if isBroken, unsent == 0 { close() }
  }

  private func sent(_ count: Int, _ writer: AnswerWriter) {
    unsent -= count
    lastProgress = .now()
    writer.sent(count)
    closeIfBroken()
  }

  private func send(_ answer: Answer, _ context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(.head(finished(answer.head))), promise: nil)
    if !isToHead {
      let body = context.channel.allocator.buffer(bytes: answer.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    finish(context)
  }

  private func end(_ context: ChannelHandlerContext) {
    phase = .idle
    finish(context)
  }

  /// Ends an answer, and the connection where no further request may come on it.
  private func finish(_ context: ChannelHandlerContext) {
    lastProgress = .now()
    // A connection that is closed while the request still comes is reset, and the answer lost with
    // it: what comes is read to its end first.
    let isRead = if case .discarding = phase { isAwaited } else { true }
    guard keepsAlive && !isDraining || !isRead else {
      isOver = true
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      let sent = context.eventLoop.makePromise(of: Void.self)
      sent.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
      return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  private func finished(_ head: HTTPResponseHead) -> HTTPResponseHead {
    var head = head
    if !head.headers.contains(name: "content-length"), isToOld || isToHead { keepsAlive = false }
    if isToOld {
      head.version = .http1_0
      head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
    }
    guard !keepsAlive || isDraining else { return head }
    keepsAlive = false
    head.headers.replaceOrAdd(name: "connection", value: "close")
    return head
  }
}

// MARK: - What the loop asks of its connections

extension ConnectionHandler {
  /// Whether nothing has moved for so long, although it is the client's turn.
  func isStalled(at now: NIODeadline, limit: TimeAmount) -> Bool {
    guard now - lastProgress > (isSurplus ? min(limit, .seconds(1)) : limit) else { return false }
    if case .answering = phase { return unsent > 0 }
    return true
  }

  /// Closes the connection, whatever it does.
  func close() { context?.close(promise: nil) }

  /// Lets what is on its way end, and nothing begin that has not.
  ///
  /// - Parameter grace: How long a request may still come that was sent before the client could know.
  func drain(grace: TimeAmount) {
    guard !isDraining, let context else { return }
    isDraining = true
    let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: grace) { handler.value.closeIfIdle() }
  }

  private func closeIfIdle() {
    switch phase {
    case .idle, .discarding: close()
    case .receiving, .answering: break
    }
  }
}
#endif
