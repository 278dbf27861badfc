internal import CTransportABI
internal import JSONText

/// "jackfield.json/1": the scanner, lent to plugins that have none.
enum JSONService {
  /// SAFETY: written once and never freed.
  nonisolated(unsafe) static let table: UnsafeRawPointer = {
    let memory = UnsafeMutablePointer<jf_json>.allocate(capacity: 1)
    unsafe memory.initialize(
      to: jf_json(
        struct_size: UInt32(MemoryLayout<jf_json>.size), reserved: 0,
        find: { unsafe JSONService.find($0, String($1), $2) },
        next: { unsafe JSONService.next($0, $1, $2, $3) },
        unescape: { unsafe JSONService.unescape($0, $1, $2, $3) }))
    return UnsafeRawPointer(memory)
  }()

  private static func find(
    _ document: jf_borrowed_bytes, _ pointer: String, _ value: UnsafeMutablePointer<jf_range>
  ) -> Int32 {
    let buffer = unsafe document.buffer
    let text = unsafe buffer.span
    guard let root = JSONValue(at: rootRange(of: text), in: text),
      let found = root.value(at: pointer, in: text)
    else { return 0 }
    unsafe value.pointee = jf_range(found.range)
    return 1
  }

  /// The document without the white space around it.
  private static func rootRange(of text: Span<UInt8>) -> Range<Int> {
    func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
    var range = 0..<text.count
    while !range.isEmpty, isSpace(text[range.lowerBound]) { range = range.dropFirst() }
    while !range.isEmpty, isSpace(text[range.upperBound - 1]) { range = range.dropLast() }
    return range
  }

  private static func next(
    _ document: jf_borrowed_bytes, _ container: jf_range, _ cursor: UnsafeMutablePointer<Int>,
    _ member: UnsafeMutablePointer<jf_member>
  ) -> Int32 {
    let buffer = unsafe document.buffer
    let text = unsafe buffer.span
    guard let range = container.range(within: text.count),
      let value = JSONValue(at: range, in: text)
    else { return 0 }
    // The cursor is the end of the value before, and 0 at first.
    let end = unsafe cursor.pointee
    switch value.kind {
    case .object:
      var members = JSONMembers(of: value, behind: end)
      guard let found = members.next(in: text) else { return 0 }
      unsafe member.pointee = jf_member(
        key: jf_range(found.key), value: jf_range(found.value.range))
      unsafe cursor.pointee = found.value.range.upperBound
    case .array:
      var items = JSONItems(of: value, behind: end)
      guard let found = items.next(in: text) else { return 0 }
      unsafe member.pointee = jf_member(
        key: jf_range(offset: found.range.lowerBound, length: 0), value: jf_range(found.range))
      unsafe cursor.pointee = found.range.upperBound
    default: return 0
    }
    return 1
  }

  private static func unescape(
    _ document: jf_borrowed_bytes, _ string: jf_range, _ buffer: UnsafeMutablePointer<CChar>?,
    _ capacity: Int
  ) -> Int {
    let lent = unsafe document.buffer
    let text = unsafe lent.span
    guard let range = string.range(within: text.count), let value = JSONValue(at: range, in: text),
      let decoded = value.string(in: text)
    else { return 0 }
    let bytes = Array(decoded.utf8)
    guard let buffer = unsafe buffer, bytes.count <= capacity else { return bytes.count }
    for (index, byte) in bytes.enumerated() {
      // SAFETY: the plugin lends `capacity` bytes, and `index` is below it.
      unsafe buffer[index] = CChar(bitPattern: byte)
    }
    return bytes.count
  }
}
