internal import ProviderConfiguration
internal import Signing

/// The secret that response ids are tagged with, as the file names it.
struct StateKey: Sendable {
  /// The shortest secret, in bytes.
  ///
  /// Source: half of what RFC 2104 section 3 advises for SHA-256; a shorter one could be guessed.
  static let leastLength = 16

  private let entry: StateKeyEntry
  private let reader: SecretReader

  /// The secret of a file; nil where it names none.
  init?(_ document: ConfigurationDocument, environment: @escaping @Sendable (String) -> String?) {
    guard let entry = document.stateKey else { return nil }
    self.entry = entry
    reader = SecretReader(document: document, environment: environment)
  }

  /// What makes tags with it.
  ///
  /// - Throws: `config_invalid` where it cannot be had.
  func tagger() throws(CallError) -> StateTagger {
    do throws(SecretUnavailable) { return StateTagger(key: try code()) } catch {
      throw CallError(
        .configInvalid, "state_key cannot be used: \(error.message)", source: entry.mark)
    }
  }

  /// Why it cannot be had, without it; nil where it can.
  var problem: String? {
    do throws(SecretUnavailable) {
      _ = try code()
      return nil
    } catch {
      return error.message
    }
  }

  /// Whether it stands in a variable that is not set, which is a finding of the file itself.
  var isUnset: Bool {
    guard case .secret(let source) = entry.source, source.isVariable else { return false }
    return !reader.isThere(source)
  }

  private func code() throws(SecretUnavailable) -> MessageCode {
    guard case .secret(let source) = entry.source else {
      throw SecretUnavailable(
        message: "its credential is not one that can be read. jackfield check says why.")
    }
    let bytes = try reader.secret(source, name: "state_key").withValue { Array($0.utf8) }
    guard bytes.count >= Self.leastLength else {
      throw SecretUnavailable(
        message: "it has \(bytes.count) bytes, and at least \(Self.leastLength) are needed. Make"
          + " one: openssl rand -hex 32.")
    }
    do { return try MessageCode(key: bytes) } catch {
      throw SecretUnavailable(message: "\(error).")
    }
  }
}
