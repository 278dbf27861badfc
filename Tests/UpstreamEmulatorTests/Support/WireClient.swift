import Glibc
import Testing

@testable import UpstreamEmulator

/// How a reply ended.
enum Ending: Sendable {
  /// As its framing announced.
  case complete
  /// An orderly end of the connection before that.
  case cut
  /// A reset.
  case reset
}

/// A reply, read from raw bytes by code that shares nothing with the server's.
struct WireReply: Sendable {
  var status = 0
  var headers: [String: String] = [:]
  var body: [UInt8] = []
  var ending = Ending.complete
  /// Everything that arrived.
  var raw: [UInt8] = []

  var text: String { String(decoding: body, as: UTF8.self) }
  var json: JSON { (try? JSON(parsing: body)) ?? .null }
  var error: JSON { json["error"] ?? .null }
  var message: String? { error["message"]?.text }

  /// The events of a stream with LF line ends.
  var events: [(name: String, data: JSON)] {
    text.components(separatedBy: "\n\n").compactMap { block in
      var name = ""
      var data: JSON?
      for line in block.split(separator: "\n") {
        if line.hasPrefix("event: ") { name = String(line.dropFirst(7)) }
        if line.hasPrefix("data: ") { data = try? JSON(parsing: Array(line.dropFirst(6).utf8)) }
      }
      return data.map { (name, $0) }
    }
  }

  var eventNames: [String] { events.map(\.name) }
}

/// One connection to a listener.
final class WireClient {
  private let socket: Socket
  private var buffer: [UInt8] = []
  private var ending = Ending.complete

  init(port: UInt16) throws {
    socket = try Socket.connected(toPort: port)
  }

  func send(_ text: String) throws { try socket.send(Array(text.utf8)) }
  func send(_ bytes: [UInt8]) throws { try socket.send(bytes) }

  /// Reads one reply; whatever follows stays for the next.
  func reply() -> WireReply {
    var reply = WireReply()
    while headEnd == nil, fill() {}
    guard let end = headEnd else {
      reply.raw = buffer
      reply.ending = ending
      return reply
    }
    guard buffer.starts(with: Array("HTTP/1.1 ".utf8)) else {
      while fill() {}
      reply.raw = buffer
      reply.ending = ending
      return reply
    }
    let lines = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n")
    reply.status = lines.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      reply.headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmed : ""
    }
    reply.raw = buffer
    buffer.removeFirst(end + 4)
    readBody(of: &reply)
    return reply
  }

  private func readBody(of reply: inout WireReply) {
    if let length = reply.headers["content-length"].flatMap({ Int($0) }) {
      while buffer.count < length, fill() {}
      reply.ending = buffer.count < length ? ending : .complete
      reply.body = Array(buffer.prefix(length))
      buffer.removeFirst(min(length, buffer.count))
    } else if reply.headers["transfer-encoding"] == "chunked" {
      readChunks(of: &reply)
    } else {
      while fill() {}
      reply.body = buffer
      reply.ending = ending == .reset ? .reset : .complete
    }
  }

  private func readChunks(of reply: inout WireReply) {
    while true {
      guard let line = line(), let size = Int(line, radix: 16) else { break }
      while buffer.count < size + 2, fill() {}
      guard buffer.count >= size + 2 else { break }
      reply.body += buffer.prefix(size)
      buffer.removeFirst(size + 2)
      if size == 0 { return }
    }
    reply.ending = ending == .reset ? .reset : .cut
  }

  private func line() -> String? {
    while true {
      if let end = buffer.firstIndex(of: 10) {
        defer { buffer.removeFirst(end + 1) }
        return String(decoding: buffer[..<max(0, end - 1)], as: UTF8.self)
      }
      guard fill() else { return nil }
    }
  }

  private var headEnd: Int? {
    let mark = Array("\r\n\r\n".utf8)
    guard buffer.count >= 4 else { return nil }
    return (0...buffer.count - 4).first { buffer[$0] == 13 && Array(buffer[$0..<$0 + 4]) == mark }
  }

  private func fill() -> Bool {
    do {
      buffer += try socket.receive(upTo: 1 << 16)
      return true
    } catch .closed {
      ending = .cut
    } catch {
      ending = .reset
    }
    return false
  }

  /// Reads up to and including some text, which is then forgotten.
  ///
  /// - Returns: Whether it came; nil as the text asks for nothing.
  func received(until text: String?) -> Bool {
    guard let text = text.map({ Array($0.utf8) }) else { return true }
    while true {
      let starts = buffer.count >= text.count ? 0...buffer.count - text.count : nil
      if let start = starts?.first(where: { buffer[$0...].starts(with: text) }) {
        buffer.removeFirst(start + text.count)
        return true
      }
      guard fill() else { return false }
    }
  }

  /// What has arrived and was not asked for yet.
  var unread: [UInt8] { buffer }

  /// Whether nothing more comes for so long, and the connection stays open.
  func isSilent(for limit: Duration) -> Bool {
    socket.isSilent(for: limit)
  }
}

extension Socket {
  func isSilent(for limit: Duration) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&entry, 1, Int32(limit.milliseconds)) == 0
  }

  static func connected(toPort port: UInt16) throws -> Socket {
    let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    // SAFETY: sockaddr_in is layout-compatible with the head of sockaddr.
    let outcome = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    let socket = Socket(owning: descriptor)
    guard outcome == 0 else { throw SocketError.failed(errno) }
    // A server that does not answer fails a test and does not hang it.
    socket.setTimeout(.seconds(10))
    return socket
  }
}

extension String {
  func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = Substring(self)
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
