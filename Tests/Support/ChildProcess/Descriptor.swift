import Foundation
import Synchronization

/// An open descriptor that no other program inherits, closed when it is dropped.
final class Descriptor: Sendable {
  let number: Int32

  private init(_ number: Int32) throws(ChildProcessFailure) {
    guard number >= 0 else { throw ChildProcessFailure("no descriptor: errno \(errno)") }
    self.number = number
  }

  deinit { close(number) }

  /// The two ends of a pipe.
  static func pipe() throws(ChildProcessFailure) -> (reading: Descriptor, writing: Descriptor) {
    var ends: [Int32] = [-1, -1]
    // SAFETY: the call fills the two elements; when it fails it leaves them, and they are refused.
    _ = unsafe pipe2(&ends, O_CLOEXEC)
    return (try Descriptor(ends[0]), try Descriptor(ends[1]))
  }

  /// A file without a name that holds those bytes and stands at their start.
  static func memoryFile(_ bytes: [UInt8] = []) throws(ChildProcessFailure) -> Descriptor {
    let file = try Descriptor(unsafe memfd_create("stream", UInt32(MFD_CLOEXEC)))
    // SAFETY: the bytes are as many as are said to be there.
    guard unsafe pwrite(file.number, bytes, bytes.count, 0) == bytes.count else {
      throw ChildProcessFailure("a file in memory cannot be written: errno \(errno)")
    }
    return file
  }

  /// What a program reads, and for an open pipe the end that keeps it open.
  static func opened(
    for input: ChildProcess.Input
  ) throws(ChildProcessFailure) -> (source: Descriptor, feed: Descriptor?) {
    switch input {
    case .nothing: return (try Descriptor(unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)), nil)
    case .text(let text): return (try memoryFile(Array(text.utf8)), nil)
    case .open:
      let (reading, writing) = try pipe()
      return (reading, writing)
    }
  }

  /// Waits for the next bytes, at most 64 KiB; none at the end.
  func next() -> [UInt8] {
    unsafe bytes { buffer in unsafe read(number, buffer.baseAddress, buffer.count) }
  }

  /// All bytes of a file, from its start, wherever who writes it stands.
  func wholeFile() -> [UInt8] {
    var whole: [UInt8] = []
    while true {
      let part = unsafe bytes { buffer in
        unsafe pread(number, buffer.baseAddress, buffer.count, whole.count)
      }
      guard !part.isEmpty else { return whole }
      whole += part
    }
  }

  private func bytes(_ fill: (UnsafeMutableBufferPointer<UInt8>) -> Int) -> [UInt8] {
    // SAFETY: the system writes within the buffer and says how much.
    unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      repeat { count = unsafe fill(buffer) } while count < 0 && errno == EINTR
      count = max(count, 0)
    }
  }
}

/// A pipe's bytes as lines; one reader at a time.
final class LineReader: Sendable {
  private let source: Descriptor
  private let unread = Mutex<[UInt8]>([])

  init(_ source: Descriptor) { self.source = source }

  /// The next line without its end, the last one also without one; nil at the end.
  func next() -> String? {
    unread.withLock { unread in
      var searched = 0
      while true {
        if let end = unread[searched...].firstIndex(of: UInt8(ascii: "\n")) {
          defer { unread.removeSubrange(...end) }
          return String(decoding: unread[..<end], as: UTF8.self)
        }
        searched = unread.count
        let bytes = source.next()
        guard !bytes.isEmpty else {
          defer { unread = [] }
          return unread.isEmpty ? nil : String(decoding: unread, as: UTF8.self)
        }
        unread += bytes
      }
    }
  }

  /// Everything to the end.
  func rest() -> [UInt8] {
    unread.withLock { unread in
      defer { unread = [] }
      while case let bytes = source.next(), !bytes.isEmpty { unread += bytes }
      return unread
    }
  }
}
