import CCrypto

/// The certificate that an application is known by.
///
/// The signature is verified by the system's library and not by code of this project, so that an error
/// of the side that signs cannot hide on both.
final class RegisteredCertificate: Sendable {
  /// How an assertion may be signed.
  enum Algorithm: String, Sendable {
    case ps256 = "PS256"
    case rs256 = "RS256"
  }

  /// SHA-256 of the certificate, as `x5t#S256` has it.
  let thumbprint: String
  /// SHA-1 of the certificate, as `x5t` has it.
  let olderThumbprint: String
  private let key: Key

  // SAFETY: nothing changes the key after it was read, verifying only reads it, and the library counts
  // references to it atomically.
  @safe private final class Key: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) {
      unsafe self.pointer = unsafe pointer
    }

    deinit { unsafe EVP_PKEY_free(pointer) }
  }

  /// The first certificate of a PEM text, or nil when there is none or its key is not of RSA.
  init?(pem: String) {
    let text = Array(pem.utf8)
    // SAFETY: the buffer lives until the certificate has been read from it.
    let read = unsafe text.withUnsafeBytes { bytes -> OpaquePointer? in
      guard let buffer = unsafe BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else {
        return nil
      }
      defer { unsafe BIO_free(buffer) }
      return unsafe PEM_read_bio_X509(buffer, nil, nil, nil)
    }
    guard let certificate = unsafe read else { return nil }
    defer { unsafe X509_free(certificate) }
    guard let key = unsafe X509_get_pubkey(certificate) else { return nil }
    self.key = unsafe Key(owning: key)
    thumbprint = unsafe Self.digest(certificate, EVP_sha256())
    olderThumbprint = unsafe Self.digest(certificate, EVP_sha1())
    guard unsafe EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else { return nil }
  }

  private static func digest(_ certificate: OpaquePointer, _ kind: OpaquePointer?) -> String {
    var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    // SAFETY: no digest is longer than the buffer.
    let isDone = unsafe bytes.withUnsafeMutableBufferPointer {
      unsafe X509_digest(certificate, kind, $0.baseAddress, &count)
    }
    return isDone == 1 ? Base64URL.text(Array(bytes.prefix(Int(count)))) : ""
  }

  /// Whether the key of this certificate signed these bytes.
  func verifies(_ signature: [UInt8], over bytes: [UInt8], _ algorithm: Algorithm) -> Bool {
    guard let context = unsafe EVP_MD_CTX_new() else { return false }
    defer { unsafe EVP_MD_CTX_free(context) }
    var parameters: OpaquePointer?
    guard unsafe EVP_DigestVerifyInit(context, &parameters, EVP_sha256(), nil, key.pointer) == 1,
      unsafe Self.prepare(parameters, algorithm)
    else { return false }
    // SAFETY: both buffers are read during the call and no further than their counts.
    return unsafe signature.withUnsafeBufferPointer { signature in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe EVP_DigestVerify(
          context, signature.baseAddress, signature.count, bytes.baseAddress, bytes.count) == 1
      }
    }
  }

  // Source: RFC 7518, 3.5: the salt is as long as the digest.
  private static func prepare(_ parameters: OpaquePointer?, _ algorithm: Algorithm) -> Bool {
    guard algorithm == .ps256 else {
      return unsafe EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PADDING) == 1
    }
    return unsafe EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1
      && EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1
  }
}
