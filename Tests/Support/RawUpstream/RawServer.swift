package import Foundation
import Synchronization

/// A server whose every byte a test decides: each connection runs a script on a thread of its own.
package final class RawServer: Sendable {
  package let port: UInt16
  private let listener: Int32
  private let counter: Counter

  final class Counter: Sendable {
    let accepted = Atomic(0)
  }

  package var url: String { "http://127.0.0.1:\(port)" }
  /// How many connections came.
  package var accepted: Int { counter.accepted.load(ordering: .acquiring) }

  package init(backlog: Int32 = 512, _ script: @escaping @Sendable (RawConnection) -> Void) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        _ = unsafe bind(listener, pointer, length)
        _ = unsafe getsockname(listener, pointer, &length)
      }
    }
    guard listen(listener, backlog) == 0 else { throw TestFailure("listen: errno \(errno)") }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    let counter = Counter()
    self.counter = counter
    Thread.detachNewThread {
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { break }
        counter.accepted.add(1, ordering: .acquiringAndReleasing)
        let connection = RawConnection(descriptor)
        Thread.detachNewThread { script(connection) }
      }
      close(listener)
    }
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }
}

/// One accepted connection, read and written with blocking calls; closed when it is dropped.
package final class RawConnection: @unchecked Sendable {
  private let descriptor: Int32
  private var rest: [UInt8] = []
  private var isOpen = true

  package init(_ descriptor: Int32) { self.descriptor = descriptor }
  deinit { end() }

  /// Reads a request's head, or nil at the end of the connection.
  package func readHead() -> String? {
    while true {
      if let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) {
        let head = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
        rest.removeSubrange(..<end.upperBound)
        return head
      }
      guard readMore() else { return nil }
    }
  }

  /// Reads a line without its end, or nil at the end of the connection.
  package func readLine() -> String? {
    while true {
      if let end = rest.firstRange(of: Array("\r\n".utf8)) {
        let line = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
        rest.removeSubrange(..<end.upperBound)
        return line
      }
      guard readMore() else { return nil }
    }
  }

  /// Reads all that comes until the other side ends, or breaks off.
  package func readToEnd() -> [UInt8] {
    while readMore() {}
    return takeRest()
  }

  /// Reads that many bytes of a body.
  package func readBody(_ count: Int) -> [UInt8] {
    while rest.count < count, readMore() {}
    let body = Array(rest.prefix(count))
    rest.removeFirst(body.count)
    return body
  }

  /// Reads a head and the body that its `content-length` announces.
  @discardableResult
  package func readRequest() -> (head: String, body: [UInt8])? {
    guard let head = readHead() else { return nil }
    let length = head.lowercased().split(separator: "\r\n")
      .first { $0.hasPrefix("content-length: ") }
      .flatMap { Int($0.dropFirst(16)) }
    return (head, readBody(length ?? 0))
  }

  /// Sends bytes; false where the other side has gone.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    guard isOpen else { return false }
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes[sent...].withUnsafeBytes {
        unsafe Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  @discardableResult
  package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Sends a whole response with a length.
  package func respond(_ body: String, status: String = "200 OK", headers: String = "") {
    send("HTTP/1.1 \(status)\r\n\(headers)content-length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  /// Paces a drip: waits, but not after the connection broke.
  package func pause(milliseconds: Int32) {
    var poll = pollfd(fd: descriptor, events: 0, revents: 0)
    _ = unsafe Foundation.poll(&poll, 1, milliseconds)
  }

  /// Waits until the other side has closed or reset the connection.
  package func waitForClose() {
    rest = []
    while readMore() { rest = [] }
  }

  /// Sends what the socket takes within a moment, and tells how much that was.
  package func sendUntilBlocked(atMost limit: Int) -> Int {
    setPatience(timeval(tv_sec: 0, tv_usec: 300_000))
    defer { setPatience(timeval()) }
    let block = [UInt8](repeating: 0x78, count: 64 << 10)
    var sent = 0
    while sent < limit {
      let count = unsafe block.withUnsafeBytes {
        unsafe Foundation.send(
          descriptor, $0.baseAddress, min($0.count, limit - sent), Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { break }
      sent += count
    }
    return sent
  }

  private func setPatience(_ time: timeval) {
    var time = time
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  /// Closes with a RST instead of a FIN.
  package func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    end()
  }

  package func shutdownSending() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Takes what was read beyond the last request.
  package func takeRest() -> [UInt8] {
    defer { rest = [] }
    return rest
  }

  package func end() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
  }

  // The number of a closed descriptor may be somebody else's by now, whose bytes are not ours.
  private func readMore() -> Bool {
    guard isOpen else { return false }
    var block = [UInt8](repeating: 0, count: 64 << 10)
    let count = unsafe block.withUnsafeMutableBytes {
      unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
    }
    guard count > 0 else { return false }
    rest += block[..<count]
    return true
  }
}

package struct TestFailure: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

package func loopback(port: UInt16) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
  return address
}

/// A port that nobody listens on at this moment, outside the range from which the system gives
/// ports to clients.
package func freePort() -> UInt16 {
  while true {
    let port = UInt16.random(in: 15_000..<32_000)
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = loopback(port: port)
    let code = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if code == 0 { return port }
  }
}

extension RawConnection {
  /// Answers a `CONNECT` and carries bytes both ways until either side ends.
  package func tunnel(to port: UInt16) {
    let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port: port)
    let code = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(other, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else { return end() }
    send("HTTP/1.1 200 Connection established\r\nx-proxy: yes\r\n\r\n")
    let upstream = RawConnection(other)
    let isBack = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [self] in
      while let bytes = upstream.readBlock(), send(bytes) {}
      isBack.signal()
    }
    while let bytes = readBlock(), upstream.send(bytes) {}
    upstream.shutdownSending()
    isBack.wait()
  }

  private func readBlock() -> [UInt8]? {
    let block = readBody(1)
    guard !block.isEmpty else { return nil }
    return block + takeRest()
  }
}
