package import JSONText

/// Why a file is no recording, and where that shows.
package struct CassetteError: Error, Sendable, Hashable {
  /// What is wrong with a line.
  package enum Reason: Error, Sendable, Hashable {
    /// The file has no whole first line.
    case noRequest
    /// The line is no JSON.
    case invalidJSON(JSONTextError)
    /// The line is JSON and no object.
    case notAnObject
    /// The first line does not say `"cassette"`.
    case notACassette
    /// A version that is not read here.
    case unknownVersion(String)
    /// A member that must be there.
    case missing(String)
    /// A member that is not what it must be; the second says what that is.
    case invalid(String, expected: String)
    /// A member that no line of its kind has.
    case unknown(String, known: [String])
    /// The line is none of head, write and end.
    case unknownLine
    /// The time is before that of the line above.
    case timeRunsBack
    /// A line that cannot stand here, such as a write before the head.
    case misplaced(String, reason: String)
  }

  /// The file, as it was named.
  package let file: String
  /// The line, counted from 1.
  package let line: Int
  /// What is wrong with it.
  package let reason: Reason

  /// Names what is wrong with a line.
  package init(file: String, line: Int, reason: Reason) {
    self.file = file
    self.line = line
    self.reason = reason
  }
}

extension CassetteError: CustomStringConvertible {
  /// The place, what is wrong, why, and what to do.
  package var description: String { "\(file):\(line): \(reason)" }
}

extension CassetteError.Reason: CustomStringConvertible {
  /// What is wrong, why, and what to do.
  package var description: String {
    switch self {
    case .noRequest:
      "the recording has no whole first line: it was stopped before the request was written."
        + " Delete the file, or record again."
    case .invalidJSON(let error):
      "the line is no JSON: byte \(error.offset + 1) of it: \(error.reason)."
        + " Restore the line, or record again."
    case .notAnObject: "the line is no JSON object. Each line of a recording is one."
    case .notACassette:
      "the line has no \"cassette\", which says the version: this is no recording."
        + " Move the file elsewhere."
    case .unknownVersion(let version):
      "the recording has version \(version), and this program reads \(CassetteLine.version)."
        + " Read it with the program that wrote it, or record again."
    case .missing(let name): "the line has no \"\(name)\". Add it, or record again."
    case .invalid(let name, let expected): "\"\(name)\" is not \(expected). Correct it."
    case .unknown(let name, let known):
      "a line of this kind has no \"\(name)\", only \(known.joined(separator: ", "))."
        + " Remove it."
    case .unknownLine:
      "the line is no head (\"status\"), no write (\"text\" or \"base64\") and no end (\"end\")."
        + " Add one of them, or remove the line."
    case .timeRunsBack: "\"ms\" is less than in the line above. Times never run back; correct it."
    case .misplaced(let what, let reason): "\(what) cannot stand here: \(reason). Remove the line."
    }
  }
}
