import Glibc
import Synchronization
import UpstreamEmulator

/// A file with a line of JSON for each reply that has ended.
///
/// It says what arrived, header fields aside, since one of them is the credential; and whether the
/// client stayed to the end, so that a test in another program sees that a call was given up.
final class ReplyLogFile: Sendable {
  // A body of megabytes is told by its size alone.
  private static let longestBody = 1 << 16

  private let descriptor: Int32
  private let writing = Mutex(())

  /// Opens the file, making it where it is missing; nil when that is not possible.
  init?(_ path: String) {
    let opened = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard opened >= 0 else { return nil }
    descriptor = opened
  }

  deinit {
    close(descriptor)
  }

  /// Adds a line; what the disk does not take is lost, and the emulator goes on.
  @Sendable func append(_ reply: EndedReply) {
    let bytes = Self.line(reply).bytes + [10]
    writing.withLock { _ in
      // SAFETY: write reads the given number of bytes during the call.
      unsafe bytes.withUnsafeBytes { _ = unsafe write(descriptor, $0.baseAddress, $0.count) }
    }
  }

  private static func line(_ reply: EndedReply) -> JSON {
    let request = reply.request
    let body = request.body.count <= longestBody ? request.json : nil
    return [
      "emulator": .string(request.upstream.rawValue), "method": .string(request.method),
      "target": .string(request.target), "bytes": .number(String(request.body.count)),
      "body": body ?? .null, "status": .number(String(reply.status)),
      "events": .number(String(reply.events)), "client_left": .boolean(reply.clientLeft),
    ]
  }
}
