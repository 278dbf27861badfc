/// A string with `${NAME}` and `${NAME:-default}` in it.
///
/// A default stands for a variable that is unset or empty, as in a shell; a lone `$` is a `$`.
struct VariableText {
  /// One stretch of the string, in scalar offsets.
  struct Problem {
    enum Kind {
      /// The variable of this name is not set and has no default.
      case unset(String)
      /// The braces hold something else; the text is what was probably meant.
      case malformed(suggestion: String?)
    }

    let kind: Kind
    let range: Range<Int>
  }

  /// The string with all variables replaced; meaningless when there are problems.
  private(set) var text = ""
  private(set) var problems: [Problem] = []
  /// Whether there was any variable.
  private(set) var hasVariables = false

  /// Whether a text has a variable in it, well-formed or not.
  static func isIn(_ text: String) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains {
      $0 == UInt8(ascii: "$") && $1 == UInt8(ascii: "{")
    }
  }

  init(_ written: String, environment: (String) -> String?) {
    let scalars = Array(written.unicodeScalars)
    var offset = 0
    while offset < scalars.count {
      guard scalars[offset...].starts(with: "${".unicodeScalars) else {
        text.unicodeScalars.append(scalars[offset])
        offset += 1
        continue
      }
      hasVariables = true
      let end = scalars[offset...].firstIndex(of: "}").map { $0 + 1 } ?? scalars.count
      replace(scalars[offset..<end], environment)
      offset = end
    }
  }

  private mutating func replace(
    _ written: ArraySlice<Unicode.Scalar>, _ environment: (String) -> String?
  ) {
    let inner = VariableText.string(written.dropFirst(2).dropLast(written.last == "}" ? 1 : 0))
    let name = String(inner.prefix { $0 != ":" })
    let rest = inner.dropFirst(name.count)
    let isWellFormed =
      written.last == "}" && NameRule.variable.allows(name)
      && (rest.isEmpty || rest.hasPrefix(":-")) && !rest.contains("${")
    guard isWellFormed else {
      let suggestion = VariableText.correction(of: inner)
      problems.append(Problem(kind: .malformed(suggestion: suggestion), range: written.indices))
      return
    }
    let value = environment(name)
    if !rest.isEmpty {
      text += value.flatMap { $0.isEmpty ? nil : $0 } ?? String(rest.dropFirst(2))
    } else if let value {
      text += value
    } else {
      problems.append(Problem(kind: .unset(name), range: written.indices))
    }
  }

  /// `NAME-default`, `NAME=default`, `NAME:default` and ` NAME ` as they should be written.
  private static func correction(of inner: String) -> String? {
    let bare = inner.split(separator: " ").joined()
    let name = bare.prefix { NameRule.variable.allows("_\($0)") }
    guard NameRule.variable.allows(String(name)) else { return nil }
    let rest = bare.dropFirst(name.count).drop { ":-=?".contains($0) }
    guard !rest.contains("$"), !rest.contains("{") else { return nil }
    return rest.isEmpty ? "${\(name)}" : "${\(name):-\(rest)}"
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
