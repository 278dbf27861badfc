internal import Glibc

/// What must be known of a file before the system's loader maps it.
///
/// glibc believes the program headers: it maps segments that lie behind the end of a file, and the
/// first touch of such a page is SIGBUS. A download that broke off must not end the host, so its
/// segments are compared with its length first. All else is left to the loader, which says it well.
enum SharedObject {
  /// Offsets of ELF64 (System V ABI, chapter 4 and 5), the same on every 64-bit machine.
  private enum Layout {
    static let header = 64
    static let programHeaderOffset = 32
    static let programHeaderSize = 54
    static let programHeaderCount = 56
    static let segmentOffset = 8
    static let segmentFileSize = 32
    static let segment = 56
    static let loadable: UInt32 = 1
  }

  /// Finds out whether a file ends before its last segment.
  ///
  /// - Returns: How many bytes it must have, when it has fewer; else nil, also for what is no ELF64.
  static func missingLength(of path: String) -> (needed: Int, present: Int)? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    guard let header = read(file, at: 0, count: Layout.header),
      header.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2])
    else { return nil }
    let start = Int(truncatingIfNeeded: word(header, Layout.programHeaderOffset, UInt64.self))
    let size = Int(word(header, Layout.programHeaderSize, UInt16.self))
    let count = Int(word(header, Layout.programHeaderCount, UInt16.self))
    guard size == Layout.segment, let table = read(file, at: start, count: size * count) else {
      return nil
    }
    let present = Int(lseek(file, 0, SEEK_END))
    let needed = (0..<count).map { end(ofSegment: table[($0 * size)...]) }.max() ?? 0
    return needed > present ? (needed, present) : nil
  }

  private static func end(ofSegment header: ArraySlice<UInt8>) -> Int {
    let header = Array(header.prefix(Layout.segment))
    guard word(header, 0, UInt32.self) == Layout.loadable else { return 0 }
    let offset = word(header, Layout.segmentOffset, UInt64.self)
    let (end, overflows) = offset.addingReportingOverflow(
      word(header, Layout.segmentFileSize, UInt64.self))
    return overflows ? .max : Int(clamping: end)
  }

  private static func read(_ file: Int32, at offset: Int, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    // SAFETY: the buffer has `count` bytes and outlives the call.
    let length = unsafe bytes.withUnsafeMutableBytes {
      unsafe pread(file, $0.baseAddress, count, offset)
    }
    return length == count ? bytes : nil
  }

  private static func word<Word: FixedWidthInteger>(
    _ bytes: [UInt8], _ offset: Int, _ type: Word.Type
  ) -> Word {
    (0..<MemoryLayout<Word>.size).reduce(0) { $0 | Word(bytes[offset + $1]) << Word($1 * 8) }
  }
}
