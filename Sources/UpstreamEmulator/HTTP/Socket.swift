import Glibc

/// Why nothing more can be read from or written to a connection.
enum SocketError: Error {
  /// The peer ended its side, or the listener was stopped.
  case closed
  /// The system refused; the number is its `errno`.
  case failed(Int32)
}

/// One TCP socket, closed when the last reference goes.
final class Socket: Sendable {
  let descriptor: Int32

  /// Takes over an open descriptor.
  init(owning descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    _ = close(descriptor)
  }

  /// Reads what has arrived, waiting for the first byte.
  ///
  /// - Parameter capacity: At most so many bytes.
  /// - Returns: At least one byte.
  /// - Throws: `closed` at the end of what the peer sends.
  func receive(upTo capacity: Int) throws(SocketError) -> [UInt8] {
    var outcome = 0
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      repeat {
        // SAFETY: recv writes at most `capacity` bytes into a buffer of that capacity, and the
        // count tells how many of them are initialized.
        outcome = unsafe recv(descriptor, buffer.baseAddress, capacity, 0)
        code = errno
      } while outcome < 0 && code == EINTR
      count = max(0, outcome)
    }
    guard outcome >= 0 else { throw .failed(code) }
    guard outcome > 0 else { throw .closed }
    return bytes
  }

  /// Writes all bytes, waiting while the peer does not read.
  func send(_ bytes: [UInt8]) throws(SocketError) {
    var sent = 0
    while sent < bytes.count {
      var outcome = 0
      var code: Int32 = 0
      unsafe bytes.withUnsafeBytes { buffer in
        // SAFETY: the slice from `sent` to the end lies within the buffer.
        outcome = unsafe Glibc.send(
          descriptor, buffer.baseAddress?.advanced(by: sent), buffer.count - sent,
          Int32(MSG_NOSIGNAL))
        code = errno
      }
      if outcome < 0 && code == EINTR { continue }
      guard outcome >= 0 else { throw code == EPIPE ? .closed : .failed(code) }
      sent += outcome
    }
  }

  /// Ends both directions, which wakes a thread that waits on this socket.
  func shutDown() {
    _ = shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Ends our direction and reads what the peer still sends, so that the last reply is not lost to
  /// the reset that unread bytes would cause.
  func finishWriting() {
    _ = shutdown(descriptor, Int32(SHUT_WR))
    setTimeout(.seconds(1))
    for _ in 0..<256 {
      guard (try? receive(upTo: 65536)) != nil else { return }
    }
  }

  /// Makes the close that follows a reset (RST) in place of an orderly end.
  func resetWhenClosed() {
    setOption(SOL_SOCKET, SO_LINGER, linger(l_onoff: 1, l_linger: 0))
  }

  /// Sends small writes at once, and as packets of their own.
  func disableDelay() {
    setOption(Int32(IPPROTO_TCP), TCP_NODELAY, Int32(1))
  }

  /// Waits until the peer goes away, or the time is over.
  ///
  /// - Parameter limit: How long; nil waits for the peer for ever.
  /// - Returns: Whether the peer went away.
  func waitForHangUp(limit: Duration?) -> Bool {
    let end = limit.map { ContinuousClock.now + $0 }
    while true {
      let left = end.map { max(0, ($0 - ContinuousClock.now).milliseconds) } ?? -1
      var entry = pollfd(
        fd: descriptor, events: Self.peerEnded, revents: 0)
      let count = unsafe poll(&entry, 1, Int32(clamping: left))
      if count > 0 { return true }
      if count == 0 && limit != nil { return false }
      if count < 0 && errno != EINTR { return true }
    }
  }

  // POLLRDHUP of Linux, which Glibc's module hides behind _GNU_SOURCE: the peer will send no more.
  private static let peerEnded = Int16(0x2000)

  func setTimeout(_ limit: Duration) {
    setOption(
      SOL_SOCKET, SO_RCVTIMEO,
      timeval(tv_sec: Int(limit.components.seconds), tv_usec: 0))
  }

  private func setOption<Value: BitwiseCopyable>(_ level: Int32, _ name: Int32, _ value: Value) {
    // SAFETY: the system copies the value during the call.
    unsafe withUnsafeBytes(of: value) { bytes in
      _ = unsafe setsockopt(
        descriptor, level, name, bytes.baseAddress, socklen_t(bytes.count))
    }
  }

  /// Waits for the next connection.
  ///
  /// - Returns: The connection, or nil when none could be made this time.
  /// - Throws: `closed` once `shutDown` was called.
  func accept() throws(SocketError) -> Socket? {
    let accepted = Glibc.accept(descriptor, nil, nil)
    guard accepted < 0 else {
      _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
      return Socket(owning: accepted)
    }
    switch errno {
    case EINVAL, EBADF: throw .closed
    case EMFILE, ENFILE, ENOBUFS, ENOMEM:
      // Nothing can be accepted until a connection ends; without a pause this would be a busy loop.
      _ = poll(nil, 0, 10)
      return nil
    default: return nil
    }
  }
}

extension Duration {
  /// The whole milliseconds in this duration, rounded up.
  var milliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
