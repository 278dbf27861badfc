internal import Glibc
internal import Synchronization

/// A file descriptor of this process.
package struct Stream: Sendable, Hashable {
  /// The most that is read from a file or a pipe: 256 MiB.
  package static let limit = 256 << 20

  /// Standard input.
  package static let input = Stream(descriptor: 0)
  /// Standard output.
  package static let output = Stream(descriptor: 1)
  /// Standard error.
  package static let error = Stream(descriptor: 2)

  private let descriptor: Int32

  /// Whether a person sits at the other end.
  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// The terminal's width in cells, or nil where there is none.
  package var columns: Int? {
    var size = winsize()
    // SAFETY: TIOCGWINSZ fills one winsize, which outlives the call.
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  private static let refusal = Atomic<Int32>(0)

  /// Why standard output did not take something, or nil where it took everything so far.
  package static var outputFailure: IOFailure? {
    let code = refusal.load(ordering: .relaxed)
    return code == 0 ? nil : IOFailure(code: code)
  }

  /// Gives standard streams that this process was started without to the null device.
  ///
  /// The next descriptor to be opened, a connection say, would else become the standard output.
  package static func occupyStandard() {
    for (descriptor, mode) in [(Int32(0), O_RDONLY), (1, O_RDONLY), (2, O_WRONLY)]
    where fcntl(descriptor, F_GETFD) < 0 {
      // SAFETY: the path is a constant. Numbers are given in order, so that this is the free one;
      // standard output cannot be written to, and says so.
      _ = unsafe open("/dev/null", mode)
    }
  }

  /// Writes all bytes, unbuffered; what cannot be written is lost, and told by ``outputFailure``.
  ///
  /// A reader that went away ends the process by SIGPIPE, as of any filter.
  package func write(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    var offset = 0
    while offset < bytes.count {
      // SAFETY: the pointer is used inside its closure, for the bytes that remain.
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress?.advanced(by: offset), bytes.count - offset)
      }
      if count < 0, errno != EINTR, errno != EAGAIN {
        if descriptor == 1 { Stream.refusal.store(errno, ordering: .relaxed) }
        return
      }
      offset += max(count, 0)
    }
  }

  /// Writes a text.
  package func write(_ text: String) { write(text.utf8) }

  /// Reads up to the end.
  ///
  /// - Throws: ``IOFailure``, `EFBIG` beyond ``limit``.
  package func readToEnd() throws(IOFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      // SAFETY: the buffer is as long as is said and outlives the call.
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .last }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= Stream.limit else { throw IOFailure(code: EFBIG) }
    }
  }

  /// Opens, uses and closes a file.
  static func withFile<Result>(
    _ path: String, _ flags: Int32, _ body: (Stream) throws(IOFailure) -> Result
  ) throws(IOFailure) -> Result {
    // SAFETY: the path is a NUL-terminated copy for the time of the call.
    let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    return try body(Stream(descriptor: descriptor))
  }
}
