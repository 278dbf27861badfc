import TransportSDK

/// A refusal with a number whose cause is known.
///
/// - Source: the numbers are those of Microsoft's page "Microsoft Entra authentication and authorization
///   error codes".
struct KnownRefusal: Sendable {
  /// The number behind `AADSTS`.
  let number: Int
  /// The key to look at.
  let key: SettingsKey
  /// Cause and cure, as two sentences.
  let words: String
  var code = TransportFailure.Code.auth

  /// What a person is told; `subject` begins the sentence, `trace` is for support.
  func failure(of subject: String, trace: String = "") -> TransportFailure {
    TransportFailure(
      code, scope: .credential, "\(subject): \(words) (AADSTS\(number))\(trace)",
      pointer: key.pointer, upstreamCode: "AADSTS\(number)", retry: .no)
  }

  /// The row of the first number that is known.
  static func first(of numbers: [Int]) -> KnownRefusal? {
    numbers.lazy.compactMap { number in table.first { $0.number == number } }.first
  }

  /// The row of the first known number in a text.
  static func first(in text: String) -> KnownRefusal? { first(of: codes(in: text)) }

  /// The numbers in a text.
  static func codes(in text: String) -> [Int] {
    String(text.prefix(4096)).tails(behind: "AADSTS").compactMap { tail in
      Int(tail.prefix { ("0"..."9").contains($0) })
    }
  }

  private static let table = [
    KnownRefusal(
      number: 7_000_215, key: .clientSecret,
      words: "the client secret is wrong. Give client_secret the secret's value, not its id."),
    KnownRefusal(
      number: 7_000_222, key: .clientSecret,
      words: "the client secret has expired. Make a new one and give it to client_secret."),
    KnownRefusal(
      number: 700_016, key: .clientID,
      words: "the tenant has no such application. Check client_id and tenant."),
    KnownRefusal(
      number: 7_000_229, key: .clientID,
      words: "the tenant does not have the application among its enterprise applications. Add it "
        + "there, or check client_id and tenant."),
    KnownRefusal(
      number: 7_000_112, key: .clientID,
      words: "the application is disabled. Enable it, or name another in client_id."),
    KnownRefusal(
      number: 90_002, key: .tenant,
      words: "there is no such tenant. Check tenant, and authority if it is in another cloud."),
    KnownRefusal(
      number: 900_023, key: .tenant,
      words: "the tenant is neither an id nor a domain. Check tenant."),
    KnownRefusal(
      number: 900_382, key: .tenant,
      words: "the tenant is in another cloud. Set authority to that cloud's."),
    KnownRefusal(
      number: 500_011, key: .scope,
      words:
        "the tenant does not know what the token is for. Check scope, and authority if it is in "
        + "another cloud."),
    KnownRefusal(
      number: 70_011, key: .scope, words: "the scope is malformed. Check scope."),
    KnownRefusal(
      number: 1_002_012, key: .scope, words: "the scope is malformed; it must end in /.default."),
    KnownRefusal(
      number: 700_027, key: .certificate,
      words:
        "the application does not know the certificate. Register it with the application, or name "
        + "the registered one in certificate."),
    KnownRefusal(
      number: 700_024, key: .federatedTokenFile,
      words:
        "the proof is not valid at this time. Check this machine's clock, and that the file of "
        + "federated_token_file is renewed."),
    KnownRefusal(
      number: 70_021, key: .federatedTokenFile,
      words: "no federated credential of the application fits the token in federated_token_file. "
        + "Register its issuer, subject and audience."),
    KnownRefusal(
      number: 700_211, key: .federatedTokenFile,
      words: "the application trusts no issuer like the one of the token in federated_token_file. "
        + "Register it as a federated credential."),
    KnownRefusal(
      number: 700_212, key: .federatedTokenFile,
      words: "the token in federated_token_file is for another audience than the one registered."),
    KnownRefusal(
      number: 700_213, key: .federatedTokenFile,
      words: "the token in federated_token_file is of another subject than the one registered."),
    KnownRefusal(
      number: 53_003, key: .clientID,
      words:
        "a policy of the tenant (conditional access) forbids this sign-in. Its administrators can "
        + "say which.", code: .permission),
  ]
}
