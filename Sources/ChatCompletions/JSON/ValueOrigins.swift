/// What one value of an output was made of, each place as the offset of a value's first byte.
struct ValueOrigin {
  /// The value, in the output.
  let start: Int
  /// What it was made of, in the source.
  let source: Int
  /// The source's object in which members would stand that the value does not have; nil: there is none.
  var members: Int?
  /// Whether the value is that of the source byte for byte, so that what is below it is there too.
  var isCopy = false
}

/// What the values of an output were made of; those that the writer made up are not among them.
struct ValueOrigins {
  /// In the order of the output.
  private var origins: [ValueOrigin] = []

  /// Takes the next value.
  ///
  /// - Parameter origin: What it is made of; it starts behind all that were told before.
  mutating func note(_ origin: ValueOrigin) { origins.append(origin) }

  /// What the value that starts at an offset was made of; nil where nothing was noted.
  subscript(start: Int) -> ValueOrigin? {
    var range = origins.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      let origin = origins[middle]
      if origin.start == start { return origin }
      range =
        origin.start < start ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }
}
