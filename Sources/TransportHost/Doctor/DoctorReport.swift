public import ProviderConfiguration

/// What can be said of a configuration and its surroundings without a connection.
public struct DoctorReport: Sendable {
  /// How much a finding matters.
  public enum Severity: String, Sendable {
    /// As it should be.
    case ok
    /// Something may not work, or is unsafe.
    case warning
    /// Some calls cannot work.
    case error
  }

  /// One thing that was looked at.
  public struct Finding: Sendable, Hashable {
    /// How much it matters.
    public let severity: Severity
    /// What was looked at: a file, a plugin, a variable.
    public let subject: String
    /// What was found; never a secret.
    public let message: String
    /// What to do; nil where nothing is to be done or the message says it.
    public let advice: String?
    /// Where the configuration speaks of it.
    public let source: Mark?
  }

  /// The findings about one kind of things.
  public struct Section: Sendable {
    /// `files`, `plugins`, `variables`, `credentials`, `clock`, `proxies`, `tls`, `libraries` or
    /// `limits`.
    public let name: String
    /// In the order in which they were made.
    public let findings: [Finding]
  }

  /// The sections, each there even when it is empty.
  public let sections: [Section]

  /// How many findings have a severity.
  public func count(_ severity: Severity) -> Int {
    sections.reduce(0) { $0 + $1.findings.count { $0.severity == severity } }
  }

  /// The report as one JSON object.
  public var json: [UInt8] {
    var out = JSONWriter()
    out.object { top in
      top.member("errors", Int64(count(.error)))
      top.member("warnings", Int64(count(.warning)))
      top.member("sections") { out in
        out.array(sections) { section, out in
          out.object { object in
            object.member("name", section.name)
            object.member("findings") { $0.array(section.findings) { $0.write(to: &$1) } }
          }
        }
      }
    }
    return out.bytes
  }
}

extension DoctorReport.Finding {
  static func ok(_ subject: String, _ message: String, at source: Mark? = nil) -> Self {
    Self(severity: .ok, subject: subject, message: message, advice: nil, source: source)
  }

  static func warning(
    _ subject: String, _ message: String, advice: String? = nil, at source: Mark? = nil
  ) -> Self {
    Self(severity: .warning, subject: subject, message: message, advice: advice, source: source)
  }

  static func error(
    _ subject: String, _ message: String, advice: String? = nil, at source: Mark? = nil
  ) -> Self {
    Self(severity: .error, subject: subject, message: message, advice: advice, source: source)
  }

  fileprivate func write(to out: inout JSONWriter) {
    out.object { object in
      object.member("severity", severity.rawValue)
      object.member("subject", subject)
      object.member("message", message)
      object.member("advice", advice)
      object.member("source", source?.description)
    }
  }
}
