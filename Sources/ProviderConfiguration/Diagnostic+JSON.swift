internal import JSONText

extension Diagnostic {
  /// The finding as a JSON object with the keys of `check --json`, in their order.
  public var json: [UInt8] {
    var output: [UInt8] = Array("{\"file\":".utf8)
    JSONEscape.append(file, to: &output)
    output += ",\"line\":\(line),\"column\":\(column),\"end_column\":\(endColumn)".utf8
    output += ",\"severity\":\"\(severity.rawValue)\",\"code\":\"\(code.rawValue)\"".utf8
    output += ",\"message\":".utf8
    JSONEscape.append(message, to: &output)
    output += ",\"suggestion\":".utf8
    output += suggestion?.json ?? Array("null".utf8)
    output.append(UInt8(ascii: "}"))
    return output
  }

  /// What `check --json` prints: one object with all findings.
  ///
  /// - Parameter diagnostics: The findings in the order to print.
  /// - Returns: The object's bytes without a line end.
  public static func report(_ diagnostics: [Diagnostic]) -> [UInt8] {
    Array("{\"diagnostics\":[".utf8)
      + diagnostics.map(\.json).joined(separator: [UInt8(ascii: ",")]) + Array("]}".utf8)
  }
}

extension Diagnostic.Suggestion {
  fileprivate var json: [UInt8] {
    var output: [UInt8] = Array("{\"text\":".utf8)
    JSONEscape.append(text, to: &output)
    output += ",\"line\":\(line),\"column\":\(column)".utf8
    output += ",\"end_line\":\(endLine),\"end_column\":\(endColumn)}".utf8
    return output
  }
}
