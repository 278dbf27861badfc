internal import Glibc

/// A descriptor that is closed with its owner, and that no started program inherits.
final class OwnedDescriptor: Sendable {
  /// Its number.
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// Both ends of a pipe.
  static func pipe() throws(IOFailure) -> (reading: OwnedDescriptor, writing: OwnedDescriptor) {
    var ends: (Int32, Int32) = (-1, -1)
    // SAFETY: a tuple of two equal members lies in memory as an array of two.
    let code = unsafe withUnsafeMutablePointer(to: &ends) { pair in
      unsafe pair.withMemoryRebound(to: Int32.self, capacity: 2) { unsafe pipe2($0, O_CLOEXEC) }
    }
    guard code == 0 else { throw .last }
    let (reading, writing) = (OwnedDescriptor(ends.0), OwnedDescriptor(ends.1))
    return (try reading.aboveStandard(), try writing.aboveStandard())
  }

  /// Itself, or a copy whose number no standard stream has.
  ///
  /// In a process that was started without one of those streams a new descriptor takes its number, and a
  /// started program would lose it when it gets its own.
  private func aboveStandard() throws(IOFailure) -> OwnedDescriptor {
    guard number <= 2 else { return self }
    let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw .last }
    return OwnedDescriptor(copy)
  }

  /// What is there, at most 64 KiB; empty at the end.
  func read() -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
      while true {
        // SAFETY: the buffer has that many bytes.
        let read = unsafe Glibc.read(number, buffer.baseAddress, buffer.count)
        if read < 0, errno == EINTR { continue }
        count = max(0, read)
        return
      }
    }
  }
}

/// Wakes a thread that waits in `poll`, once.
final class WakePipe: Sendable {
  /// Becomes readable.
  let reading: OwnedDescriptor
  private let writing: OwnedDescriptor

  init() throws(IOFailure) { (reading, writing) = try OwnedDescriptor.pipe() }

  /// Wakes the thread now or when it next waits.
  func wake() {
    var byte: UInt8 = 1
    // SAFETY: one byte is written from a variable of one byte.
    _ = unsafe write(writing.number, &byte, 1)
  }
}
