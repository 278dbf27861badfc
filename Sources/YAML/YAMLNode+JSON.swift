extension YAMLNode {
  /// The value as compact JSON: order of the file, numbers as written wherever JSON allows the form.
  ///
  /// `+1`, `007`, `.5`, `1.`, `0o17` and `0x1F` become `1`, `7`, `0.5`, `1`, `15` and `31`.
  ///
  /// - Throws: ``YAMLError/Reason/numberNotJSON`` for `.inf` and `.nan`.
  package func json() throws(YAMLError) -> [UInt8] {
    var output: [UInt8] = []
    try append(to: &output)
    return output
  }

  private func append(to output: inout [UInt8]) throws(YAMLError) {
    switch content {
    case .scalar(let scalar): try append(scalar, to: &output)
    case .sequence(let items):
      output.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        try item.append(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .mapping(let entries):
      output.append(UInt8(ascii: "{"))
      for (index, entry) in entries.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        output.append(contentsOf: YAMLText.doubleQuoted(entry.name).utf8)
        output.append(UInt8(ascii: ":"))
        try entry.value.append(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  private func append(_ scalar: YAMLScalar, to output: inout [UInt8]) throws(YAMLError) {
    switch scalar.kind {
    case .null: output.append(contentsOf: "null".utf8)
    case .boolean:
      output.append(contentsOf: (CoreSchema.isTrue(scalar.text) ? "true" : "false").utf8)
    case .string: output.append(contentsOf: YAMLText.doubleQuoted(scalar.text).utf8)
    case .integer, .float:
      guard let number = CoreSchema.json(ofNumber: scalar.text) else {
        throw YAMLError(
          .numberNotJSON, "JSON has no way to write \(scalar.text)", at: span,
          help: "Write a finite number, or quote it.")
      }
      output.append(contentsOf: number.utf8)
    }
  }
}
