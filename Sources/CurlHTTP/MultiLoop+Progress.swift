import CCurl
import Synchronization

// Every function here belongs to the turn, or is called by libcurl within it.

extension MultiLoop {
  func setOptions() {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe _ = jf_curl_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, context)
    unsafe _ = jf_curl_multi_set_pointer(multi, CURLMOPT_TIMERDATA, context)
    unsafe _ = jf_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, options.idleConnections)
    // SAFETY: the context is this loop, which cleans the multi handle up before it goes.
    unsafe _ = jf_curl_multi_set_socket(multi) { _, descriptor, what, context, _ in
      unsafe MultiLoop.at(context).watch(descriptor, what)
      return 0
    }
    unsafe _ = jf_curl_multi_set_timer(multi) { _, milliseconds, context in
      unsafe MultiLoop.at(context).setCurlAlarm(milliseconds)
      return 0
    }
  }

  static func at(_ context: UnsafeMutableRawPointer?) -> MultiLoop {
    guard let context = unsafe context else {
      preconditionFailure("libcurl hands back the context that it was given")
    }
    return unsafe Unmanaged<MultiLoop>.fromOpaque(context).takeUnretainedValue()
  }

  private func watch(_ descriptor: Int32, _ what: Int32) {
    var bits: UInt32 = 0
    if what == CURL_POLL_IN || what == CURL_POLL_INOUT { bits |= UInt32(jf_curl_readable) }
    if what == CURL_POLL_OUT || what == CURL_POLL_INOUT { bits |= UInt32(jf_curl_writable) }
    sockets.want(descriptor, bits, in: events)
  }

  private func setCurlAlarm(_ milliseconds: Int) {
    curlAlarm =
      switch milliseconds {
      case ..<0: .never
      // At once: in this turn, whose time is older than the clock's.
      case 0: now
      default: clock.now + EngineTime(milliseconds) * 1_000_000
      }
  }

  // MARK: - Work

  func handleNews(_ event: EventQueue.Event) {
    guard sockets.isWanted(event.descriptor, in: events) else { return }
    var bits: Int32 = 0
    if event.isReadable { bits |= CURL_CSELECT_IN }
    if event.isWritable { bits |= CURL_CSELECT_OUT }
    if event.isBroken {
      bits |= CURL_CSELECT_ERR
      // A reset may be told a moment before its end of input. libcurl takes an error alone for one of
      // sending; by reading it finds out what happened.
      if !event.isReadable, !event.isWritable { bits |= CURL_CSELECT_IN }
    }
    drive(event.descriptor, bits)
  }

  private func drive(_ descriptor: Int32, _ bits: Int32) {
    var running: Int32 = 0
    unsafe _ = curl_multi_socket_action(multi, descriptor, bits, &running)
  }

  /// Brings the loop to rest: due alarms, finished exchanges, deliveries.
  func settle() {
    guard !isStopped else { return deliverAll() }
    ringAlarms()
    repeat {
      driveTimers()
      collectFinished()
      deliverAll()
    } while curlAlarm <= now
  }

  private func driveTimers() {
    while curlAlarm <= now {
      // libcurl sets it again in this call if it needs another one.
      curlAlarm = .never
      drive(-1 /* CURL_SOCKET_TIMEOUT */, 0)
    }
  }

  private func ringAlarms() {
    while let transfer = alarms.first, transfer.alarm <= now {
      let next = transfer.nextDeadline()
      if next.time <= now {
        close(transfer, .failed(.timeout(next.kind)))
      } else {
        alarms.set(transfer, to: next.time)
      }
    }
  }

  /// Moves an exchange's alarm forward if its next deadline came nearer.
  func rearm(_ transfer: Transfer) {
    let time = transfer.nextDeadline().time
    if time < transfer.alarm { alarms.set(transfer, to: time) }
  }

  private func collectFinished() {
    var left: Int32 = 0
    while let message = unsafe curl_multi_info_read(multi, &left) {
      guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
      let code = unsafe jf_curl_result(message)
      var context: UnsafeMutableRawPointer? = nil
      unsafe _ = jf_curl_pointer(message.pointee.easy_handle, CURLINFO_PRIVATE, &context)
      let easy = unsafe EasyHandle.at(context)
      guard let transfer = easy.transfer, !sendAgain(transfer, easy, after: code) else { continue }
      finish(transfer, easy, code)
    }
  }

  /// Sends a request once more if a pooled connection turned out to be dead while it was sent.
  ///
  /// libcurl does so itself when the connection's end is noticed by reading, but not by writing,
  /// which a large body makes likely.
  private func sendAgain(_ transfer: Transfer, _ easy: EasyHandle, after code: CURLcode) -> Bool {
    guard code == CURLE_SEND_ERROR, !transfer.isSentAgain, easy.number(CURLINFO_NUM_CONNECTS) == 0,
      easy.number(CURLINFO_HEADER_SIZE) == 0
    else { return false }
    transfer.isSentAgain = true
    unsafe _ = curl_multi_remove_handle(multi, easy.curl)
    guard (try? easy.lend(to: transfer)) != nil else { return false }
    return unsafe curl_multi_add_handle(multi, easy.curl) == CURLM_OK
  }

  private func finish(_ transfer: Transfer, _ easy: EasyHandle, _ code: CURLcode) {
    transfer.end =
      code == CURLE_OK && transfer.hasHead
      ? .completed : .failed(easy.error(code, of: transfer))
    touch(transfer)
    // The facts of the connection go with the handle.
    noteConnection(transfer, easy)
    detach(transfer)
  }

  // MARK: - Deliveries

  /// Puts an exchange on the list of those that have something for their consumer.
  func touch(_ transfer: Transfer) {
    guard !transfer.isTouched else { return }
    transfer.isTouched = true
    touched.append(transfer)
  }

  private func deliverAll() {
    while let transfer = touched.popLast() {
      transfer.isTouched = false
      deliver(transfer)
    }
  }

  private func deliver(_ transfer: Transfer) {
    if let easy = transfer.easy { noteConnection(transfer, easy) }
    let head = transfer.takeFreshHead()
    if head != nil || !transfer.arrived.isEmpty { transfer.arrivedAt = now }
    // A turn may have many exchanges and take long: it began before what it brought.
    let moment = head != nil || transfer.end != nil ? clock.now : now
    let (wakeup, staysPaused) = transfer.state.withLock { state in
      if head != nil { state.record.firstByteAt = moment }
      if transfer.end != nil { state.record.endedAt = moment }
      let wakeup = state.deliver(head: head, &transfer.arrived, end: transfer.end)
      transfer.unread = state.unreadCount
      return (wakeup, !transfer.isPaused || state.pause())
    }
    if let wakeup { wakeups.append(wakeup) }
    guard transfer.easy != nil else { return }
    if !staysPaused { perform(.goOn(transfer)) }
    if let head {
      stopUpload(of: transfer, after: head)
      rearm(transfer)
    }
  }

  /// Stops sending a body that an HTTP/2 upstream has refused unread.
  ///
  /// libcurl 7.88 would go on, and never notice the end of the stream while flow control holds it
  /// up.
  private func stopUpload(of transfer: Transfer, after head: HTTPHead) {
    guard head.version == .http2, head.status >= 300, let body = transfer.request.body,
      let easy = transfer.easy, easy.offset(CURLINFO_SIZE_UPLOAD_T) < body.count
    else { return }
    transfer.isUploadStopped = true
    pause(transfer)
  }

  /// Tells libcurl which directions of an exchange stand still.
  func pause(_ transfer: Transfer) {
    guard let easy = transfer.easy else { return }
    let send = transfer.isUploadStopped ? CURLPAUSE_SEND : 0
    let receive = transfer.isPaused ? CURLPAUSE_RECV : 0
    unsafe _ = curl_easy_pause(easy.curl, send | receive)
  }

  /// Writes down the connection once, when the head has come or the exchange ends without one.
  private func noteConnection(_ transfer: Transfer, _ easy: EasyHandle) {
    guard let head = transfer.freshHead else { return }
    let isReused = easy.number(CURLINFO_NUM_CONNECTS) == 0
    let facts = HTTPConnectionFacts(
      isReused: isReused, remoteHost: easy.string(CURLINFO_PRIMARY_IP),
      remotePort: easy.number(CURLINFO_PRIMARY_PORT), version: head.version)
    let connected = isReused ? nil : easy.connectedAfter.map { transfer.startedAt + $0 }
    let phases = isReused ? nil : easy.phases
    transfer.state.withLock { state in
      state.record.connection = facts
      state.record.connectedAt = connected
      state.record.phases = phases
    }
  }
}

extension EasyHandle {
  /// How long connecting took, TLS included, in nanoseconds.
  fileprivate var connectedAfter: EngineTime? {
    let time = max(offset(CURLINFO_APPCONNECT_TIME_T), offset(CURLINFO_CONNECT_TIME_T))
    return time > 0 ? EngineTime(time) * 1_000 : nil
  }

  /// How far connecting came.
  fileprivate var phases: HTTPPhases {
    func duration(_ name: CURLINFO) -> Duration? {
      let time = offset(name)
      return time > 0 ? .microseconds(time) : nil
    }
    return HTTPPhases(
      lookup: duration(CURLINFO_NAMELOOKUP_TIME_T), connect: duration(CURLINFO_CONNECT_TIME_T),
      handshake: duration(CURLINFO_APPCONNECT_TIME_T), remoteHost: string(CURLINFO_PRIMARY_IP),
      remotePort: number(CURLINFO_PRIMARY_PORT))
  }

  fileprivate func error(_ code: CURLcode, of transfer: Transfer) -> HTTPError {
    var error = failure(code, of: transfer)
    error.phases = phases
    return error
  }

  private func failure(_ code: CURLcode, of transfer: Transfer) -> HTTPError {
    if let refusal = transfer.refusal {
      return HTTPError(.protocol, refusal, curlCode: Int32(bitPattern: code.rawValue))
    }
    // libcurl 7.88 takes an end inside the head for the end of an empty response.
    guard code != CURLE_OK else {
      return HTTPError(.receiveFailed, "the connection ended inside the response head")
    }
    // libcurl says so of a header line that is longer than it takes: 100 KiB in 7.88.
    if code == CURLE_OUT_OF_MEMORY, !transfer.hasHead, number(CURLINFO_REQUEST_SIZE) > 0 {
      return HTTPError(
        .protocol, "a line of the response head is too long",
        curlCode: Int32(bitPattern: code.rawValue))
    }
    return HTTPError(code, detail: failureText, proxyStatus: number(CURLINFO_HTTP_CONNECTCODE))
  }
}
