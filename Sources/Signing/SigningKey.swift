internal import CCrypto

/// An RSA private key in memory, for signing.
@safe package struct SigningKey: ~Copyable {
  /// How a text is signed.
  package enum Algorithm: String, Sendable, CaseIterable {
    /// RSASSA-PSS with SHA-256 and a salt of 32 bytes (RFC 7518, section 3.5).
    case ps256 = "PS256"
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3).
    case rs256 = "RS256"
  }

  /// The fewest bits that a key may have.
  ///
  /// Source: RFC 7518, sections 3.3 and 3.5.
  package static let leastBits = 2048

  /// SAFETY: made by libcrypto, freed in `deinit`, and never handed out.
  private let key: OpaquePointer

  /// Reads the first private key of a PEM text, whatever else stands in it: PKCS#8 or PKCS#1.
  ///
  /// - Throws: ``SigningError``.
  package init(pem: [UInt8]) throws(SigningError) {
    let text = String(decoding: pem, as: UTF8.self)
    guard !PEM.isEncrypted(text) else { throw .encrypted }
    guard let key = unsafe Self.read(pem) else {
      ERR_clear_error()
      throw .noKey
    }
    if let problem = unsafe Self.problem(of: key) {
      unsafe EVP_PKEY_free(key)
      throw problem
    }
    unsafe self.key = key
  }

  deinit { unsafe EVP_PKEY_free(key) }

  /// Signs bytes.
  ///
  /// - Returns: As many bytes as the key has.
  /// - Throws: `refused` where libcrypto will not.
  package borrowing func signature(
    of message: [UInt8], _ algorithm: Algorithm
  ) throws(SigningError) -> [UInt8] {
    guard let context = unsafe EVP_MD_CTX_new() else { throw .refused("no memory") }
    defer { unsafe EVP_MD_CTX_free(context) }
    var details: OpaquePointer?
    guard unsafe EVP_DigestSignInit(context, &details, EVP_sha256(), nil, key) == 1,
      unsafe Self.pad(details, algorithm)
    else { throw .last() }
    var length = 0
    guard unsafe EVP_DigestSign(context, nil, &length, message, message.count) == 1 else {
      throw .last()
    }
    var signature = [UInt8](repeating: 0, count: length)
    guard unsafe EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else {
      throw .last()
    }
    return Array(signature.prefix(length))
  }

  private static func problem(of key: OpaquePointer) -> SigningError? {
    guard unsafe EVP_PKEY_is_a(key, "RSA") == 1 else { return .notRSA }
    let bits = unsafe Int(EVP_PKEY_get_bits(key))
    return bits < leastBits ? .tooShort(bits: bits) : nil
  }

  private static func pad(_ details: OpaquePointer?, _ algorithm: Algorithm) -> Bool {
    switch algorithm {
    case .rs256: unsafe EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PADDING) == 1
    case .ps256:
      unsafe EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) == 1
        && EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST) == 1
    }
  }

  private static func read(_ pem: [UInt8]) -> OpaquePointer? {
    unsafe pem.withUnsafeBytes { bytes in
      // SAFETY: the BIO reads from the array's own bytes and is freed before they are.
      guard let source = unsafe BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
      else { return nil }
      defer { unsafe _ = BIO_free(source) }
      // Without a function of ours libcrypto would ask for a password at the terminal.
      return unsafe PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in -1 }, nil)
    }
  }
}
