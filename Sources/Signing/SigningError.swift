internal import CCrypto

/// Why a text cannot be signed; never with a part of the key.
package enum SigningError: Error, Sendable, Hashable {
  /// There is no private key in the PEM text, or none that can be read.
  case noKey
  /// The private key is encrypted.
  case encrypted
  /// The private key is of another kind than RSA.
  case notRSA
  /// The key has too few bits.
  case tooShort(bits: Int)
  /// libcrypto's own words.
  case refused(String)

  /// What libcrypto last said on this thread.
  static func last() -> SigningError {
    let code = ERR_get_error()
    ERR_clear_error()
    // SAFETY: the text is a constant of libcrypto.
    guard let reason = unsafe ERR_reason_error_string(code) else {
      return .refused("error \(code)")
    }
    return unsafe .refused(String(cString: reason))
  }
}

extension SigningError: CustomStringConvertible {
  /// The reason in words, lower case, without an end.
  package var description: String {
    switch self {
    case .noKey:
      "it holds no private key that can be read; what is needed is PEM, as in"
        + " \"-----BEGIN PRIVATE KEY-----\""
    case .encrypted:
      "its private key is encrypted; store it without a password, as"
        + " \"openssl pkey -in encrypted.pem -out plain.pem\" writes it"
    case .notRSA: "its private key is no RSA key"
    case .tooShort(let bits):
      "its private key has \(bits) bits, and at least \(SigningKey.leastBits) are needed"
    case .refused(let words): "libcrypto will not sign with it: \(words)"
    }
  }
}
