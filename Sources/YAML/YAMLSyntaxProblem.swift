/// libyaml's complaint, told in words that name the usual cause.
struct YAMLSyntaxProblem {
  let problem: String
  let context: String?
  let offset: Int
  let contextOffset: Int

  func error(in source: YAMLSource) -> YAMLError {
    tab(in: source) ?? star(in: source) ?? variable(in: source) ?? quote(in: source)
      ?? reserved(in: source) ?? known(in: source)
      ?? YAMLError(
        .syntax, [problem, context].compactMap(\.self).joined(separator: " "),
        at: source.span(offset, offset + 1))
  }

  private func tab(in source: YAMLSource) -> YAMLError? {
    guard problem.contains("cannot start any token"), source[offset] == "\t" else { return nil }
    let line = source.mark(at: offset).line
    let start = source.offset(of: YAMLMark(line: line, column: 1))
    let end = source.end(from: start) { $0 == " " || $0 == "\t" }
    let width = source.scalars[start..<end].reduce(0) { $0 + ($1 == "\t" ? 2 : 1) }
    let isIndentation = end > offset
    return YAMLError(
      .tabIndentation, "a tab cannot indent YAML", at: source.span(offset, end),
      help: "Indent with spaces; many editors can convert tabs.",
      replacement: isIndentation
        ? .init(text: String(repeating: " ", count: width), span: source.span(start, end)) : nil)
  }

  /// `*:` or `{ *: … }`: the wildcard of a model name, unquoted.
  private func star(in source: YAMLSource) -> YAMLError? {
    guard context == "while scanning an alias", source[contextOffset] == "*" else { return nil }
    let end = source.end(from: contextOffset) { !" \t\r\n:,{}[]".unicodeScalars.contains($0) }
    return YAMLError(
      .syntax, "an unquoted * starts an alias", at: source.span(contextOffset, end),
      help: "Quote a name that begins with a star.",
      replacement: source.quoting(contextOffset..<end))
  }

  /// `{ name: ${VAR} }`: braces inside a flow collection.
  private func variable(in source: YAMLSource) -> YAMLError? {
    guard source[offset] == "{", source[offset - 1] == "$" else { return nil }
    var start = offset
    while start > 0, !" \t\r\n,{}[]\"'".unicodeScalars.contains(source.scalars[start - 1]) {
      start -= 1
    }
    let brace = source.end(from: offset) { !"}\r\n".unicodeScalars.contains($0) }
    let end = source.end(from: brace + 1) { !" \t\r\n,{}[]".unicodeScalars.contains($0) }
    guard source[brace] == "}" else { return nil }
    return YAMLError(
      .syntax, "braces inside { } or [ ] must be quoted", at: source.span(start, end),
      help: "Quote the value.", replacement: source.quoting(start..<end))
  }

  private func quote(in source: YAMLSource) -> YAMLError? {
    guard context == "while scanning a quoted scalar", problem.contains("end of stream") else {
      return nil
    }
    return YAMLError(
      .syntax, "this quote is never closed", at: source.span(contextOffset, contextOffset + 1),
      help: "Close it on the line where the value ends.")
  }

  private func reserved(in source: YAMLSource) -> YAMLError? {
    guard problem.contains("cannot start any token"), let character = source[offset],
      character == "@" || character == "`" || character == "%"
    else { return nil }
    let end = source.end(from: offset) { !" \t\r\n,{}[]".unicodeScalars.contains($0) }
    return YAMLError(
      .syntax, "a plain value cannot begin with \(character)", at: source.span(offset, end),
      help: "Quote it.", replacement: source.quoting(offset..<end))
  }

  private func known(in source: YAMLSource) -> YAMLError? {
    let row = YAMLSyntaxProblem.rows.first { problem.contains($0.problem) }
    return row.map {
      YAMLError(.syntax, $0.message, at: source.span(offset, offset + 1), help: $0.help)
    }
  }

  /// libyaml's words, ours, and the usual cure.
  private static let rows: [(problem: String, message: String, help: String)] = [
    (
      "mapping values are not allowed", "a mapping cannot start here",
      "Quote a value that contains \": \"; put nested keys on lines of their own."
    ),
    (
      "did not find expected key", "expected a key of the mapping above",
      "Indent the keys of one mapping alike, and close quotes and brackets before this line."
    ),
    (
      "could not find expected ':'", "expected : after the key before this place",
      "Write name: value, with a space after the colon."
    ),
    (
      "did not find expected ',' or '}'", "expected , or } in this mapping",
      "Separate its entries by commas and close it; quote values with braces or commas."
    ),
    (
      "did not find expected ',' or ']'", "expected , or ] in this list",
      "Separate its items by commas and close it; quote values with brackets or commas."
    ),
    (
      "did not find expected '-' indicator", "expected - for the next item of the list above",
      "Indent all items of one list alike."
    ),
    (
      "unknown escape character", "unknown escape in a double-quoted string",
      "Write \\\\ for a backslash, or use single quotes."
    ),
    (
      "block sequence entries are not allowed", "a list cannot start here",
      "Put the - on a line of its own below the key."
    ),
  ]
}

extension YAMLSource {
  subscript(offset: Int) -> Unicode.Scalar? {
    scalars.indices.contains(offset) ? scalars[offset] : nil
  }

  func end(from offset: Int, while belongs: (Unicode.Scalar) -> Bool) -> Int {
    guard offset < scalars.count else { return scalars.count }
    return scalars[offset...].firstIndex { !belongs($0) } ?? scalars.count
  }

  func quoting(_ range: Range<Int>) -> YAMLError.Replacement {
    .init(
      text: YAMLText.doubleQuoted(string(range)), span: span(range.lowerBound, range.upperBound))
  }
}
