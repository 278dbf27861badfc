internal import CCrypto

/// A secret key in memory, for codes that only its holder can make.
///
/// The code is HMAC with SHA-256 (RFC 2104). The key leaves this type in no way: neither printed nor
/// by reflection.
@safe package final class MessageCode: Sendable {
  /// How many bytes a code has.
  package static let length = 32

  /// SAFETY: made by libcrypto with the key in it, freed and wiped in `deinit`, never handed out and
  /// only copied from, which libcrypto allows on any number of threads.
  nonisolated(unsafe) private let keyed: OpaquePointer

  /// Takes a key of any length but none.
  ///
  /// - Throws: ``SigningError/refused(_:)`` for an empty key, and where libcrypto has no HMAC.
  package init(key: [UInt8]) throws(SigningError) {
    guard !key.isEmpty else { throw .refused("the key is empty") }
    guard let keyed = unsafe Self.context() else { throw .last() }
    guard unsafe Self.start(keyed, with: key) else {
      unsafe EVP_MAC_CTX_free(keyed)
      throw .last()
    }
    unsafe self.keyed = keyed
  }

  deinit { unsafe EVP_MAC_CTX_free(keyed) }

  /// The code of a message: ``length`` bytes.
  package func code(of message: [UInt8]) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: Self.length)
    var length = 0
    // A copy saves looking the algorithm up and hashing the key.
    guard let context = unsafe EVP_MAC_CTX_dup(keyed) else {
      preconditionFailure("libcrypto copies a context as long as there is memory")
    }
    defer { unsafe EVP_MAC_CTX_free(context) }
    guard unsafe EVP_MAC_update(context, message, message.count) == 1,
      unsafe EVP_MAC_final(context, &code, &length, code.count) == 1, length == code.count
    else { preconditionFailure("HMAC takes any message") }
    return code
  }

  /// Whether two codes are equal, in a time that does not tell where they differ.
  package static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    unsafe one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
  }

  private static func context() -> OpaquePointer? {
    guard let algorithm = unsafe EVP_MAC_fetch(nil, "HMAC", nil) else { return nil }
    // The context holds the algorithm as long as it lives.
    defer { unsafe EVP_MAC_free(algorithm) }
    return unsafe EVP_MAC_CTX_new(algorithm)
  }

  private static func start(_ context: OpaquePointer, with key: [UInt8]) -> Bool {
    let parameter = Array("digest".utf8CString)
    var digest = Array("SHA256".utf8CString)
    // SAFETY: the parameters point at both texts, not at copies, and are read within the call.
    return unsafe parameter.withUnsafeBufferPointer { name in
      unsafe digest.withUnsafeMutableBufferPointer { value in
        let parameters = unsafe [
          OSSL_PARAM_construct_utf8_string(name.baseAddress, value.baseAddress, 0),
          OSSL_PARAM_construct_end(),
        ]
        return unsafe EVP_MAC_init(context, key, key.count, parameters) == 1
      }
    }
  }
}

extension MessageCode: CustomStringConvertible, CustomReflectable {
  /// The type alone.
  package var description: String { "MessageCode" }

  /// What `dump` shows: nothing.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
