/// JSON numbers by their value, of any size and exactly.
enum DecimalNumber {
  /// The one way to write a number, whatever the way in which it is written.
  ///
  /// - Parameter number: As JSON writes it, such as `1.50e3`.
  /// - Returns: An integer's digits, of others digits and exponent.
  static func canonical(_ number: [UInt8]) -> [UInt8] {
    let isNegative = number.first == UInt8(ascii: "-")
    let unsigned = isNegative ? number.dropFirst() : number[...]
    let mantissa = unsigned.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
    let power = String(decoding: unsigned.dropFirst(mantissa.count + 1), as: UTF8.self)
    // An exponent beyond all integers is of no number that anybody sends; it stays as it is written.
    guard let exponent = power.isEmpty ? 0 : Int(power), abs(exponent) < 1_000_000_000 else {
      return number
    }
    let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }
    let fraction = mantissa.dropFirst(whole.count + 1)
    var digits = Array((Array(whole) + fraction).drop { $0 == UInt8(ascii: "0") })
    guard !digits.isEmpty else { return [UInt8(ascii: "0")] }
    var scale = exponent - fraction.count
    while digits.last == UInt8(ascii: "0") {
      digits.removeLast()
      scale += 1
    }
    let sign: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    if 0...20 ~= scale { return sign + digits + [UInt8](repeating: 0x30, count: scale) }
    return sign + digits + "e\(scale)".utf8
  }
}
