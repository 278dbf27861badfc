import JSONText

/// What known secrets look like in a text: as they are, and as JSON and URLs write them.
struct SecretForms: Sendable {
  /// How a writer of JSON escapes beyond what it must.
  private struct Style {
    var slash = false
    var markup = false
    var ascii = false
    var isUpperCase = false
  }

  /// The common writers: RFC 8259 alone, with `\/`, with `\u003c` for markup, ASCII alone.
  private static let styles = [
    Style(), Style(slash: true), Style(markup: true), Style(markup: true, isUpperCase: true),
    Style(ascii: true), Style(ascii: true, isUpperCase: true), Style(slash: true, ascii: true),
  ]

  /// JSON inside a JSON string inside a JSON string is as deep as tools go: the arguments of a call
  /// in an event whose data is quoted.
  private static let depth = 3

  /// No form twice, the longest first.
  let all: [[UInt8]]
  /// For each byte whether a form begins with it.
  let begins: [Bool]
  /// The length of the longest.
  let longest: Int

  var isEmpty: Bool { all.isEmpty }

  init(of secrets: [[UInt8]]) {
    var forms: Set<[UInt8]> = []
    for secret in secrets where !secret.isEmpty {
      forms.insert(secret)
      forms.insert(Self.percentEncoded(secret))
      guard let text = String(validating: secret, as: UTF8.self) else { continue }
      for style in Self.styles {
        var form = text
        for _ in 0..<Self.depth {
          form = Self.escaped(form, style)
          forms.insert(Array(form.utf8))
        }
      }
    }
    all = forms.sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
    }
    var begins = [Bool](repeating: false, count: 256)
    for form in forms { begins[Int(form[0])] = true }
    self.begins = begins
    longest = all.first?.count ?? 0
  }

  private static func escaped(_ text: String, _ style: Style) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isMarkup = scalar == "<" || scalar == ">" || scalar == "&"
      switch scalar {
      case "/" where style.slash: out.append(contentsOf: "\\/".unicodeScalars)
      case _ where style.markup && isMarkup || style.ascii && scalar > "~":
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16, uppercase: style.isUpperCase)
          let zeros = String(repeating: "0", count: 4 - digits.count)
          out.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
        }
      default:
        let literal = String(decoding: JSONEscape.literal(String(scalar)), as: UTF8.self)
        out.append(contentsOf: literal.unicodeScalars.dropFirst().dropLast())
      }
    }
    return String(out)
  }

  /// - Source: RFC 3986, section 2.3: all but the unreserved characters.
  private static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    for byte in bytes {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: out.append(byte)
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        out += "%\(byte < 16 ? "0" : "")\(digits)".utf8
      }
    }
    return out
  }
}
