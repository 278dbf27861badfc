#if Gateway
/// A token for one run of a gateway.
enum OneTimeToken {
  /// 256 bits of the system's randomness, as text that may stand in a header.
  static func make() -> String {
    var random = SystemRandomNumberGenerator()
    let digits = Array("0123456789abcdef")
    return "jf-" + String((0..<64).map { _ in digits[Int.random(in: 0..<16, using: &random)] })
  }
}
#endif
