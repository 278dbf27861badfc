import ChildProcess
import Foundation
import Testing

@testable import Signing

@Suite struct `A text is signed with a key in memory` {
  /// A key and its certificate, made for one test by the openssl program.
  private struct KeyFiles {
    let folder: URL

    init(bits: Int = 2048) throws {
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("jackfield-signing-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try openssl("genrsa", "-out", "pkcs8.pem", "\(bits)")
    }

    @discardableResult
    func openssl(_ words: String...) throws -> String {
      try ChildProcess.run("openssl", words, in: folder.path).checked().text
    }

    func bytes(_ name: String) throws -> [UInt8] {
      Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    func write(_ bytes: [UInt8], _ name: String) throws {
      try Data(bytes).write(to: folder.appendingPathComponent(name))
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
  }

  @Test(arguments: SigningKey.Algorithm.allCases, ["pkcs8.pem", "pkcs1.pem", "both.pem"])
  func `openssl verifies the signature`(algorithm: SigningKey.Algorithm, file: String) throws {
    let files = try KeyFiles()
    defer { files.remove() }
    try files.openssl("rsa", "-in", "pkcs8.pem", "-traditional", "-out", "pkcs1.pem")
    try files.openssl("pkey", "-in", "pkcs8.pem", "-pubout", "-out", "public.pem")
    try files.openssl(
      "req", "-x509", "-key", "pkcs8.pem", "-subj", "/CN=test", "-out", "certificate.pem")
    try files.write(files.bytes("certificate.pem") + files.bytes("pkcs8.pem"), "both.pem")
    let message = Array("header.claims".utf8)
    let key = try SigningKey(pem: files.bytes(file))
    try files.write(message, "message")
    try files.write(key.signature(of: message, algorithm), "signature")
    let padding =
      algorithm == .ps256
      ? ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"] : []
    let outcome = try ChildProcess.run(
      "openssl",
      ["dgst", "-sha256", "-verify", "public.pem"] + padding + [
        "-signature", "signature", "message",
      ],
      in: files.folder.path)
    #expect(outcome.text == "Verified OK\n")
  }

  @Test func `a signature of another text does not verify`() throws {
    let files = try KeyFiles()
    defer { files.remove() }
    try files.openssl("pkey", "-in", "pkcs8.pem", "-pubout", "-out", "public.pem")
    try files.write(Array("another".utf8), "message")
    let key = try SigningKey(pem: files.bytes("pkcs8.pem"))
    try files.write(key.signature(of: Array("text".utf8), .rs256), "signature")
    let outcome = try ChildProcess.run(
      "openssl",
      ["dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "message"],
      in: files.folder.path)
    #expect(outcome.status == 1)
  }

  @Test(arguments: ["encrypted8.pem", "encrypted1.pem"])
  func `an encrypted key is refused with words and without a question`(file: String) throws {
    let files = try KeyFiles()
    defer { files.remove() }
    try files.openssl(
      "pkcs8", "-topk8", "-in", "pkcs8.pem", "-passout", "pass:hunter2", "-out", "encrypted8.pem")
    try files.openssl(
      "rsa", "-in", "pkcs8.pem", "-aes128", "-traditional", "-passout", "pass:hunter2", "-out",
      "encrypted1.pem")
    let pem = try files.bytes(file)
    #expect(refusal(pem) == .encrypted)
  }

  @Test func `a key that cannot sign is told by its kind`() throws {
    let files = try KeyFiles(bits: 1024)
    defer { files.remove() }
    try files.openssl("genpkey", "-algorithm", "ed25519", "-out", "ed.pem")
    #expect(refusal(try files.bytes("pkcs8.pem")) == .tooShort(bits: 1024))
    #expect(refusal(try files.bytes("ed.pem")) == .notRSA)
    #expect(refusal(Array("no PEM at all".utf8)) == .noKey)
    #expect(refusal([]) == .noKey)
    #expect(
      refusal(Array("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n".utf8))
        == .noKey)
  }

  @Test func `of a PEM text only the certificates are handed out`() throws {
    let text = """
      Bag Attributes: x
      -----BEGIN PRIVATE KEY-----\r
      c2VjcmV0\r
      -----END PRIVATE KEY-----\r
        -----BEGIN CERTIFICATE-----
        Zmlyc3Q=
        -----END CERTIFICATE-----
      words between
      -----BEGIN CERTIFICATE-----
      c2Vjb25k
      -----END CERTIFICATE-----
      """
    #expect(
      PEM.certificates(in: text)
        == "-----BEGIN CERTIFICATE-----\nZmlyc3Q=\n-----END CERTIFICATE-----\n"
        + "-----BEGIN CERTIFICATE-----\nc2Vjb25k\n-----END CERTIFICATE-----\n")
    #expect(PEM.certificates(in: "-----BEGIN PRIVATE KEY-----\nx\n") == "")
  }

  private func refusal(_ pem: [UInt8]) -> SigningError? {
    do throws(SigningError) {
      _ = try SigningKey(pem: pem)
      return nil
    } catch {
      return error
    }
  }
}
