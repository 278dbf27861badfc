import CCrypto
import Testing

@testable import UpstreamEmulator

/// A fresh key of RSA with a certificate of its own, which signs as an application does.
@safe final class SigningKey {
  let certificate: String
  let thumbprint: String
  let olderThumbprint: String
  private let key: OpaquePointer

  init() throws {
    let context = unsafe try #require(unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil))
    defer { unsafe EVP_PKEY_CTX_free(context) }
    var made: OpaquePointer?
    unsafe EVP_PKEY_keygen_init(context)
    unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048)
    unsafe EVP_PKEY_keygen(context, &made)
    unsafe key = try #require(unsafe made)
    certificate = unsafe try Self.certificate(key)
    let registered = try #require(RegisteredCertificate(pem: certificate))
    thumbprint = registered.thumbprint
    olderThumbprint = registered.olderThumbprint
  }

  deinit { unsafe EVP_PKEY_free(key) }

  private static func certificate(_ key: OpaquePointer) throws -> String {
    let certificate = unsafe try #require(unsafe X509_new())
    defer { unsafe X509_free(certificate) }
    unsafe X509_gmtime_adj(X509_getm_notBefore(certificate), 0)
    unsafe X509_gmtime_adj(X509_getm_notAfter(certificate), 3600)
    unsafe X509_set_pubkey(certificate, key)
    unsafe X509_sign(certificate, key, EVP_sha256())
    let buffer = unsafe try #require(unsafe BIO_new(BIO_s_mem()))
    defer { unsafe BIO_free(buffer) }
    unsafe PEM_write_bio_X509(buffer, certificate)
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = unsafe BIO_read(buffer, &bytes, Int32(bytes.count))
    return String(decoding: bytes.prefix(Int(count)), as: UTF8.self)
  }

  /// A JWT with this header and these claims.
  func sign(_ header: JSON, _ claims: JSON) throws -> String {
    let signed = Base64URL.text(header.bytes) + "." + Base64URL.text(claims.bytes)
    let signature = try signature(of: Array(signed.utf8), isPSS: header["alg"] == "PS256")
    return signed + "." + Base64URL.text(signature)
  }

  private func signature(of bytes: [UInt8], isPSS: Bool) throws -> [UInt8] {
    let context = unsafe try #require(unsafe EVP_MD_CTX_new())
    defer { unsafe EVP_MD_CTX_free(context) }
    var parameters: OpaquePointer?
    unsafe EVP_DigestSignInit(context, &parameters, EVP_sha256(), nil, key)
    if isPSS {
      unsafe EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING)
      unsafe EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST)
    }
    var signature = [UInt8](repeating: 0, count: 512)
    var count = signature.count
    try #require(unsafe EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1)
    return Array(signature.prefix(count))
  }
}
