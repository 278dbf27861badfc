internal import YAML

/// A header that the user adds to each request of a provider.
package struct HeaderEntry: Sendable, Hashable {
  /// The name as written.
  package let name: String
  /// The value with variables replaced: no line ends, no NUL.
  package let value: String
  /// Where the name is written.
  package let mark: Mark
}

extension ConfigurationType where Value == String {
  static var headerName: ConfigurationType {
    let shape = TypeShape.text("header name", pattern: NameRule.header.pattern, hasVariables: false)
    return ConfigurationType(shape: shape) { node, reading in
      guard let text = reading.literal(node, wanted: "text") else { return nil }
      return reading.checkHeaderName(text, at: node.span) ? text : nil
    }
  }

  fileprivate static var headerValue: ConfigurationType {
    let shape = TypeShape.text("header value", pattern: nil, hasVariables: true)
    return ConfigurationType(shape: shape) { node, reading in
      guard let text = reading.expanded(node, wanted: "text") else { return nil }
      guard let bad = text.unicodeScalars.first(where: { !Reading.isHeaderText($0) }) else {
        return text
      }
      let code = String(bad.value, radix: 16, uppercase: true)
      reading.report(
        .invalidHeader, "the value of \(reading.place) holds the control character 0x\(code)",
        at: node.span, help: "Header values are one line of text.")
      return nil
    }
  }
}

extension ConfigurationType where Value == [HeaderEntry] {
  static var headers: ConfigurationType {
    let value = ConfigurationType<String>.headerValue
    let shape = TypeShape.named("name", .header, value.shape)
    return ConfigurationType(shape: shape) { node, reading in
      if node.scalar?.kind == .null { return [] }
      guard let entries = node.entries else {
        reading.mismatch(node, wanted: "a mapping")
        return nil
      }
      var places: [String: Mark] = [:]
      return entries.compactMap { entry in
        let mark = reading.source.mark(entry.keySpan)
        let isFirst = reading.isFirst(entry, &places, mark)
        let isName = reading.checkHeaderName(entry.name, at: entry.keySpan)
        let text = reading.within(entry.name) { value.read(entry.value, reading) }
        guard isFirst, isName, let text else { return nil }
        return HeaderEntry(name: entry.name, value: text, mark: mark)
      }
    }
  }
}

extension Reading {
  /// Fields that frame a message or belong to one connection; HTTP itself sets them.
  ///
  /// - Source: RFC 9110, section 7.6.1, and RFC 9112, section 6.
  private static var framing: [String] {
    [
      "connection", "content-length", "host", "keep-alive", "proxy-connection", "te", "trailer",
      "transfer-encoding", "upgrade",
    ]
  }

  fileprivate func checkHeaderName(_ name: String, at span: YAMLSpan) -> Bool {
    if Reading.framing.contains(name.lowercased()) {
      report(
        .reservedHeader, "the header \(name) is set by HTTP itself", at: span, help: "Remove it.")
      return false
    }
    guard NameRule.header.allows(name) else {
      report(
        .invalidHeader, "\(quote(name)) is no header name", at: span,
        help: "A header name is made of \(NameRule.header.words).")
      return false
    }
    return true
  }

  /// Header names that differ in case only are one name.
  fileprivate func isFirst(
    _ entry: YAMLEntry, _ places: inout [String: Mark], _ mark: Mark
  ) -> Bool {
    let name = entry.name.lowercased()
    guard let first = places[name] else {
      places[name] = mark
      return true
    }
    report(
      .duplicateKey, "duplicate header \(quote(entry.name)): first written at \(first)",
      at: entry.keySpan, help: "Keep one of the two; case makes no difference.")
    return false
  }

  /// - Source: RFC 9110, section 5.5; a tab is allowed, other controls are not.
  fileprivate static func isHeaderText(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\t" || scalar.value >= 0x20 && scalar.value != 0x7F
  }
}
