import Foundation

/// One header of the contract, read as text: its structs, functions and constants with their comments.
struct Header {
  /// A struct of the contract.
  struct Struct {
    let tag: String
    let comment: String
    let fields: [Field]

    /// The name under which C code knows it: the tag without its version.
    var name: String { String(tag.dropLast(2)) }
  }

  /// A field of a struct; a function when it is called.
  struct Field {
    let name: String
    /// The declaration as a C compiler without nullability reads it, in one line.
    let declaration: String
    let comment: String
    let isFunction: Bool

    /// The tag of threads and state that ends the comment: `[in-call]`.
    var threadTag: String? { Header.threadTag(of: comment) }
  }

  /// A constant that a value was defined for.
  struct Constant {
    let name: String
    let value: String
  }

  let name: String
  let text: String

  /// Reads a file.
  init(_ url: URL) throws {
    name = url.lastPathComponent
    text = try String(contentsOf: url, encoding: .utf8)
  }

  /// Every struct whose layout is public, in order.
  var structs: [Struct] {
    text.matches(of: /(?:typedef )?struct (?:JF_SENDABLE )?(jf_\w+) \{\n((?:.|\n)*?)\n\}[^;]*;/).map
    {
      let comment = Self.comment(endingAt: $0.range.lowerBound, in: text)
      return Struct(tag: String($0.1), comment: comment, fields: Self.fields(String($0.2)))
    }
  }

  /// Every constant except include guards and what only shapes declarations.
  var constants: [Constant] {
    text.matches(of: /(?m)^#define (JF_\w+) ([("].*)$/).map {
      let value = String($0.2).replacing(/\s*\/\*.*$/, with: "")
      return Constant(name: String($0.1), value: value)
    }
  }

  /// Types that have no layout of their own: opaque structs and scalars.
  var names: [String] {
    text.matches(of: /(?m)^typedef (?:struct jf_\w+_s|int32_t|uint64_t) (jf_\w+);/).map {
      String($0.1)
    }
  }

  /// Functions that a plugin exports.
  var exports: [Field] {
    text.matches(of: /(?m)^JF_EXPORT ([^;]*?(jf_\w+)\([^;]*\));/).map {
      Field(
        name: String($0.2), declaration: Self.plain(String($0.1)),
        comment: Self.comment(endingAt: $0.range.lowerBound, in: text), isFunction: true)
    }
  }

  static func threadTag(of comment: String) -> String? {
    comment.matches(of: /\[(load|instance|exchange|any-thread|in-call)\]/).last.map { String($0.0) }
  }

  /// Fields with the comment above or behind each.
  private static func fields(_ body: String) -> [Field] {
    var comment = ""
    var declaration = ""
    var fields: [Field] = []
    for token in body.matches(of: /\/\*(?:.|\n)*?\*\/|[^\/]+|\//).map({ String($0.0) }) {
      if token.hasPrefix("/*") {
        // One behind a declaration, in its line, says nothing of the next.
        if declaration.contains("\n") || fields.isEmpty { comment = token }
        continue
      }
      for (index, part) in token.split(separator: ";", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 {
          fields.append(field(plain(declaration), comment))
          (declaration, comment) = ("", "")
        }
        declaration += part
      }
    }
    return fields
  }

  private static func field(_ declaration: String, _ comment: String) -> Field {
    if let called = declaration.firstMatch(of: /\(\*\s*(\w+)\)\s*\(/) {
      return Field(
        name: String(called.1), declaration: declaration, comment: comment, isFunction: true)
    }
    let name = declaration.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.last ?? ""
    return Field(
      name: String(name), declaration: declaration, comment: comment, isFunction: false)
  }

  /// One line without the macros that only clang knows.
  private static func plain(_ declaration: String) -> String {
    declaration.replacing(/JF_(NULLABLE|NONNULL|SENDABLE)\s*/, with: "")
      .split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  /// The comment that ends right before a place.
  private static func comment(endingAt end: String.Index, in text: String) -> String {
    var lines: [Substring] = []
    for line in text[..<end].split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .reversed()
    {
      if lines.isEmpty, line.hasPrefix("typedef struct") { continue }
      if lines.isEmpty, !line.hasSuffix("*/") { return "" }
      lines.append(line)
      if line.hasPrefix("/*") { break }
    }
    return lines.reversed().joined(separator: "\n")
  }
}
