import CCurl
import Synchronization

// Every function here belongs to the turn.

extension MultiLoop {
  func perform(_ command: Command) {
    switch command {
    case .start(let transfer): start(transfer)
    case .goOn(let transfer): goOn(transfer)
    case .cancel(let transfer): close(transfer, .failed(.cancelled))
    case .stop: stop()
    }
  }

  private func start(_ transfer: Transfer) {
    guard !isStopped else {
      return fail(transfer, HTTPError(.cancelled, "the engine is shut down"))
    }
    // Cancelled before it came here: the consumer knows.
    guard transfer.state.withLock({ $0.end == nil }) else { return }
    do throws(HTTPError) {
      let easy = try handle()
      transfer.easy = easy
      transfer.startedAt = now
      transfer.openIndex = open.count
      open.append(transfer)
      try easy.lend(to: transfer)
      let code = unsafe curl_multi_add_handle(multi, easy.curl)
      guard code == CURLM_OK else { throw HTTPError(code) }
      alarms.set(transfer, to: transfer.nextDeadline().time)
    } catch {
      fail(transfer, error)
    }
  }

  private func handle() throws(HTTPError) -> EasyHandle {
    if let easy = spare.popLast() { return easy }
    let easy = try EasyHandle(loop: self)
    handleCount += 1
    return easy
  }

  private func goOn(_ transfer: Transfer) {
    guard transfer.isPaused, transfer.easy != nil else { return }
    transfer.isPaused = false
    transfer.unread = 0
    transfer.arrivedAt = now
    pause(transfer)
    rearm(transfer)
  }

  /// Ends an exchange before its time: its connection is closed, or its HTTP/2 stream reset.
  func close(_ transfer: Transfer, _ end: ExchangeState.End) {
    guard transfer.easy != nil else { return }
    detach(transfer)
    transfer.end = end
    touch(transfer)
  }

  private func fail(_ transfer: Transfer, _ error: HTTPError) {
    detach(transfer)
    transfer.end = .failed(error)
    touch(transfer)
  }

  /// Takes an exchange from libcurl and from the loop.
  ///
  /// The handle goes back to the spare ones.
  func detach(_ transfer: Transfer) {
    guard let easy = transfer.easy else { return }
    transfer.easy = nil
    easy.takeBack()
    // libcurl 7.88 leaks what it holds back for a paused HTTP/2 stream unless that is refused
    // first.
    if transfer.isPaused { unsafe _ = curl_easy_pause(easy.curl, CURLPAUSE_CONT) }
    unsafe _ = curl_multi_remove_handle(multi, easy.curl)
    alarms.remove(transfer)
    let last = open.removeLast()
    if last !== transfer {
      open[transfer.openIndex] = last
      last.openIndex = transfer.openIndex
    }
    transfer.releaseBody()
    if spare.count < Self.spareHandles, !isStopped {
      spare.append(easy)
    } else {
      handleCount -= 1
    }
  }

  private func stop() {
    guard !isStopped else { return }
    isStopped = true
    for transfer in open { close(transfer, .failed(.cancelled)) }
    handleCount -= spare.count
    spare = []
    unsafe _ = curl_multi_cleanup(multi)
    curlAlarm = .never
    events.ring()
  }
}

extension HTTPError {
  static var cancelled: HTTPError { HTTPError(.cancelled, "the exchange was cancelled") }

  /// An error of the multi interface: always ours, never the upstream's.
  fileprivate init(_ code: CURLMcode) {
    self.init(.engine, unsafe String(cString: curl_multi_strerror(code)))
  }
}
