/// HTML as it grows: markup stands as it is, everything else goes through ``text(_:)``.
struct HTMLText {
  private(set) var markup = ""

  mutating func raw(_ markup: StaticString) { self.markup += "\(markup)" }

  /// Appends markup that this module made of numbers and constants.
  mutating func made(_ markup: String) { self.markup += markup }

  /// Appends text that anybody may have written, as content or inside of a quoted attribute.
  mutating func text(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": markup += "&amp;"
      case "<": markup += "&lt;"
      case ">": markup += "&gt;"
      case "\"": markup += "&quot;"
      case "'": markup += "&#39;"
      default: markup.unicodeScalars.append(scalar)
      }
    }
  }

  /// Appends an element with text in it, or nothing where there is no text.
  mutating func element(_ tag: StaticString, _ attributes: StaticString = "", _ text: String) {
    guard !text.isEmpty else { return }
    markup += "<\(tag)"
    if attributes.utf8CodeUnitCount > 0 { markup += " \(attributes)" }
    markup += ">"
    self.text(text)
    markup += "</\(tag)>"
  }

  /// Appends a value that the page's script replaces by name.
  mutating func field(_ name: StaticString, _ fields: StatusFields) {
    markup += "<span data-f=\"\(name)\">"
    text(fields["\(name)"])
    markup += "</span>"
  }
}
