extension Span where Element == UInt8 {
  /// The first byte from `start` that a string's plain content cannot hold: a quote, a backslash or
  /// a control character; the count when there is none.
  @inline(__always)
  func firstStringStop(from start: Int) -> Int {
    var offset = start
    while offset + ByteBlock.size <= count {
      if let first = block(at: offset).stringStops.firstTrue { return offset + first }
      offset += ByteBlock.size
    }
    while offset < count, !self[offset].stopsString { offset += 1 }
    return offset
  }

  /// Like ``firstStringStop(from:)``, but goes on over escapes that lie inside a block and are `\"`,
  /// `\n`, `\r` or `\t`: in source text those are nearly all.
  ///
  /// What `start` names is neither the first byte of the text nor the second of an escape.
  @inline(__always)
  func firstUndecidedInString(from start: Int) -> Int {
    // The byte behind a block is looked at as well.
    let search = search(from: start, limit: count - 1) { offset in
      block(at: offset).stringStops
    } refining: { offset in
      block(at: offset).stringStops .& .!commonEscapes(inBlockAt: offset)
    }
    return search.isFound ? search.offset : firstStringStop(from: search.offset)
  }

  /// The backslashes of common escapes, and all quotes behind a backslash.
  ///
  /// Right only up to the first other backslash: behind it, the second of a pair looks like the
  /// first. A backslash in the last lane is left out, so that a block never starts inside an escape,
  /// and with it the quote that might follow in the first lane of the next block.
  @inline(__always)
  private func commonEscapes(inBlockAt offset: Int) -> BlockMask {
    let byte = block(at: offset)
    let next = block(at: offset + 1)
    let escapable =
      (next .== .all(UInt8(ascii: "\""))) .| (next .== .all(UInt8(ascii: "n")))
      .| (next .== .all(UInt8(ascii: "t"))) .| (next .== .all(UInt8(ascii: "r")))
    let backslashes = (byte .== .all(UInt8(ascii: "\\"))) .& escapable .& .allButLast
    let isBehindBackslash = block(at: offset - 1) .== .all(UInt8(ascii: "\\"))
    let quotes = (byte .== .all(UInt8(ascii: "\""))) .& isBehindBackslash .& .allButFirst
    return backslashes .| quotes
  }
}

extension ByteBlock {
  /// The lanes that a string's plain content cannot hold.
  @inline(__always)
  fileprivate var stringStops: BlockMask {
    (self .== .all(UInt8(ascii: "\""))) .| (self .== .all(UInt8(ascii: "\\")))
      .| (self .< .all(0x20))
  }
}
