internal import JSONText

/// Reads a provider's `options` against what the descriptor knows.
enum TransportOptions {
  /// The options by name.
  ///
  /// Unknown keys and values that are no strings are reported.
  static func read(
    _ json: [UInt8], known: [OptionDescription], report: inout SettingsReport
  ) -> [String: String] {
    let text = json.span
    guard !json.isEmpty, let root = try? JSONText.validate(text), root.kind == .object else {
      if !json.isEmpty { report.fail("/options", "options must be a mapping.") }
      return [:]
    }
    var options: [String: String] = [:]
    var members = JSONMembers(of: root)
    while let member = members.next(in: text) {
      let name = member.name(in: text)
      let pointer = JSONPointer.appending(name, to: "/options")
      guard known.contains(where: { $0.name == name }) else {
        report.unknownOption(name, pointer: pointer, known: known.map(\.name))
        continue
      }
      guard let value = member.value.string(in: text) else {
        report.wrongType(member.value, of: name, pointer: pointer, in: text)
        continue
      }
      options[name] = value
    }
    return options
  }
}

extension SettingsReport {
  fileprivate mutating func wrongType(
    _ value: JSONValue, of name: String, pointer: String, in text: Span<UInt8>
  ) {
    switch value.kind {
    case .number, .true, .false:
      let written = String(copying: value.range, of: text)
      fail(
        pointer, "option \"\(name)\" must be a string. Write it in quotes.",
        suggestion: "\"\(written)\"")
    default: fail(pointer, "option \"\(name)\" must be a string.")
    }
  }

  fileprivate mutating func unknownOption(_ name: String, pointer: String, known: [String]) {
    if let nearest = name.nearest(among: known) ?? name.beginning(among: known) {
      // No suggestion: that would stand in the place of the value.
      fail(pointer, "unknown option \"\(name)\". Did you mean \"\(nearest)\"?")
    } else if known.isEmpty {
      fail(pointer, "unknown option \"\(name)\": this transport has none.")
    } else {
      fail(
        pointer,
        "unknown option \"\(name)\". This transport has: \(known.joined(separator: ", ")).")
    }
  }
}

extension String {
  fileprivate init(copying range: Range<Int>, of text: Span<UInt8>) {
    var bytes: [UInt8] = []
    for index in range { bytes.append(text[index]) }
    self = String(decoding: bytes, as: UTF8.self)
  }
}
