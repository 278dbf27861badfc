/// A finding in a configuration file, with the place that it is about.
public struct Diagnostic: Error, Sendable, Hashable {
  /// How grave a finding is.
  public enum Severity: String, Sendable, Hashable {
    /// What is written cannot be used.
    case error
    /// What is written can be used, but probably does not do what was meant, or not here.
    case warning
  }

  /// Text that would be right, and the stretch of the file that it replaces.
  public struct Suggestion: Sendable, Hashable {
    /// The new text.
    public let text: String
    /// The first line of what it replaces, from 1.
    public let line: Int
    /// The first column of what it replaces, from 1, in Unicode scalars.
    public let column: Int
    /// The line on which the replaced text ends.
    public let endLine: Int
    /// The column after the last one replaced; equal to `column` on the same line for an insertion.
    public let endColumn: Int
  }

  /// The file's name as the caller gave it.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in Unicode scalars.
  public let column: Int
  /// The column after the last one meant on that line; greater than `column`.
  public let endColumn: Int
  /// Whether the finding forbids the use of what is written.
  public let severity: Severity
  /// The kind of finding; each has a section in the diagnostics page.
  public let code: DiagnosticCode
  /// The finding in one sentence, without a secret.
  public let message: String
  /// What to do, where that is more than the suggestion says.
  public let help: String?
  /// The corrected text where it is known.
  public let suggestion: Suggestion?
  /// The source line with secrets blanked out; nil when there is none to show.
  let excerpt: String?

  /// A file that could not be read at all.
  ///
  /// - Parameters:
  ///   - file: The name as the user gave it.
  ///   - reason: Why, such as the operating system's words.
  /// - Returns: An error about line 1, without a source line.
  public static func unreadable(file: String, reason: String) -> Diagnostic {
    Diagnostic(
      file: file, line: 1, column: 1, endColumn: 2, severity: .error, code: .fileUnreadable,
      message: "cannot read \(file): \(reason)", help: nil, suggestion: nil, excerpt: nil)
  }

  /// The place as `file:line:column`.
  public var source: String { "\(file):\(line):\(column)" }

  /// Whether what it concerns must not be used.
  var isDisabling: Bool { severity == .error || code == .unsetVariable }
}

/// A place in a configuration file.
public struct Mark: Sendable, Hashable, CustomStringConvertible {
  /// The file's name as the caller gave it.
  public let file: String
  /// The first line, from 1.
  public let line: Int
  /// The first column, from 1, in Unicode scalars.
  public let column: Int
  /// The line on which the value ends.
  public let endLine: Int
  /// The column after the value's last one.
  public let endColumn: Int

  /// The place as `file:line:column`.
  public var description: String { "\(file):\(line):\(column)" }

  /// Whether a finding is about a place inside this one.
  func contains(_ finding: Diagnostic) -> Bool {
    (line, column) <= (finding.line, finding.column)
      && (finding.line, finding.column) < (endLine, endColumn)
  }
}

/// A value with the place where it is written.
package struct Sourced<Value: Sendable>: Sendable {
  /// The value.
  package let value: Value
  /// Where it is written; nil for a built-in default.
  package let mark: Mark?

  /// Creates a sourced value; without a mark it is a built-in default.
  package init(_ value: Value, at mark: Mark? = nil) {
    self.value = value
    self.mark = mark
  }
}

extension Sourced: Equatable where Value: Equatable {}
