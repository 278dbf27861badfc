import Foundation

/// The pixels of a PNG as browsers write it: eight bits a channel, not interlaced.
struct Picture {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let width: Int
  let height: Int
  /// `0xRRGGBB`, row by row.
  let pixels: [UInt32]

  init(png: Data) throws {
    let bytes = [UInt8](png)
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      throw Failure(description: "no PNG")
    }
    var packed: [UInt8] = []
    var header: [UInt8] = []
    var offset = 8
    while offset + 12 <= bytes.count {
      let length = Self.number(bytes[offset..<offset + 4])
      let name = String(decoding: bytes[offset + 4..<offset + 8], as: UTF8.self)
      guard offset + 12 + length <= bytes.count else { throw Failure(description: "cut short") }
      let content = bytes[offset + 8..<offset + 8 + length]
      if name == "IHDR" { header = Array(content) }
      if name == "IDAT" { packed += content }
      offset += 12 + length
    }
    guard header.count == 13, header[8] == 8, header[9] == 2 || header[9] == 6, header[12] == 0
    else {
      throw Failure(description: "a PNG of another kind: \(header)")
    }
    (width, height) = (Self.number(header[0..<4]), Self.number(header[4..<8]))
    let depth = header[9] == 6 ? 4 : 3
    var inflater = Inflater(Array(packed.dropFirst(2)))
    let rows = try inflater.inflated()
    guard rows.count == height * (width * depth + 1) else {
      throw Failure(description: "\(rows.count) bytes of pixels")
    }
    pixels = Self.pixels(of: rows, width: width, depth: depth)
  }

  /// How many pixels have each colour.
  func colours() -> [UInt32: Int] { pixels.reduce(into: [:]) { $0[$1, default: 0] += 1 } }

  /// The mean brightness from 0 to 255.
  var brightness: Int {
    let sum = pixels.reduce(0) { $0 + Int($1 >> 16 & 255) + Int($1 >> 8 & 255) + Int($1 & 255) }
    return sum / max(1, pixels.count * 3)
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  /// Undoes the filters of each row.
  private static func pixels(of rows: [UInt8], width: Int, depth: Int) -> [UInt32] {
    let stride = width * depth
    var pixels: [UInt32] = []
    pixels.reserveCapacity(rows.count / depth)
    var above = [UInt8](repeating: 0, count: stride)
    for start in Swift.stride(from: 0, to: rows.count, by: stride + 1) {
      var row = Array(rows[start + 1..<start + 1 + stride])
      let filter = rows[start]
      for index in row.indices {
        let left = index >= depth ? row[index - depth] : 0
        let corner = index >= depth ? above[index - depth] : 0
        row[index] &+= predicted(filter, Int(left), Int(above[index]), Int(corner))
      }
      for index in Swift.stride(from: 0, to: stride, by: depth) {
        pixels.append(
          UInt32(row[index]) << 16 | UInt32(row[index + 1]) << 8 | UInt32(row[index + 2]))
      }
      above = row
    }
    return pixels
  }

  private static func predicted(_ filter: UInt8, _ left: Int, _ up: Int, _ corner: Int) -> UInt8 {
    switch filter {
    case 1: return UInt8(left)
    case 2: return UInt8(up)
    case 3: return UInt8((left + up) / 2)
    case 4:
      let guess = left + up - corner
      let (a, b, c) = (abs(guess - left), abs(guess - up), abs(guess - corner))
      return UInt8(a <= b && a <= c ? left : b <= c ? up : corner)
    default: return 0
    }
  }
}

/// Unpacks a stream of deflate.
///
/// - Source: RFC 1951.
struct Inflater {
  private let input: [UInt8]
  private var position = 0
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var output: [UInt8] = []

  init(_ input: [UInt8]) { self.input = input }

  mutating func inflated() throws -> [UInt8] {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try copyStored()
      case 1: try unpack(Self.fixedLengths, Self.fixedDistances)
      case 2:
        let (lengths, distances) = try tables()
        try unpack(lengths, distances)
      default: throw Picture.Failure(description: "no such block")
      }
    }
    return output
  }

  private mutating func take(_ count: Int) throws -> Int {
    while bitCount < count {
      guard position < input.count else { throw Picture.Failure(description: "cut short") }
      bits |= UInt32(input[position]) << UInt32(bitCount)
      position += 1
      bitCount += 8
    }
    let value = bits & ((1 << UInt32(count)) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func copyStored() throws {
    (bits, bitCount) = (0, 0)
    let count = try take(16)
    _ = try take(16)
    guard position + count <= input.count else { throw Picture.Failure(description: "cut short") }
    output += input[position..<position + count]
    position += count
  }

  private mutating func unpack(_ lengths: Code, _ distances: Code) throws {
    while true {
      let symbol = try decode(lengths)
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return }
      let length = try Self.lengthBase[symbol - 257] + take(Self.lengthExtra[symbol - 257])
      let code = try decode(distances)
      let distance = try Self.distanceBase[code] + take(Self.distanceExtra[code])
      guard distance <= output.count else { throw Picture.Failure(description: "too far back") }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }

  private mutating func tables() throws -> (Code, Code) {
    let (lengthCount, distanceCount) = (try take(5) + 257, try take(5) + 1)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var widths = [Int](repeating: 0, count: 19)
    for index in 0..<(try take(4) + 4) { widths[order[index]] = try take(3) }
    let code = Code(widths)
    var all: [Int] = []
    while all.count < lengthCount + distanceCount {
      switch try decode(code) {
      case 16: all += [Int](repeating: all.last ?? 0, count: try take(2) + 3)
      case 17: all += [Int](repeating: 0, count: try take(3) + 3)
      case 18: all += [Int](repeating: 0, count: try take(7) + 11)
      case let width: all.append(width)
      }
    }
    return (Code(Array(all[..<lengthCount])), Code(Array(all[lengthCount...])))
  }

  private mutating func decode(_ code: Code) throws -> Int {
    var (value, first, index) = (0, 0, 0)
    for width in 1...15 {
      value |= try take(1)
      let count = code.counts[width]
      if value - count < first { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw Picture.Failure(description: "no such code")
  }

  /// A canonical Huffman code.
  private struct Code {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(_ widths: [Int]) {
      for width in widths where width > 0 { counts[width] += 1 }
      for width in 1...15 {
        symbols += widths.indices.filter { widths[$0] == width }
      }
    }
  }

  private static let fixedLengths = Code(
    (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  private static let fixedDistances = Code([Int](repeating: 5, count: 30))
  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthExtra = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceExtra = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]
}
