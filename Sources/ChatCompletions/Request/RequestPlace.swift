import JSONText

/// The two ways to write a place of a request: `/input/0/type`, and `input[0].type` as errors of the API
/// have it in `param`.
public enum RequestPlace {
  /// A pointer as the API writes places.
  ///
  /// - Parameter pointer: A pointer by RFC 6901.
  /// - Returns: The names with dots between them, and numbers in brackets.
  public static func parameter(of pointer: String) -> String {
    var text = ""
    for part in pointer.split(separator: "/") {
      let name = part.replacing("~1", with: "/").replacing("~0", with: "~")
      if !name.isEmpty, name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        text += "[\(name)]"
      } else {
        text += text.isEmpty ? name : ".\(name)"
      }
    }
    return text
  }

  /// A place that the API wrote as a pointer.
  ///
  /// - Parameter parameter: The place; a pointer is taken for what it is.
  /// - Returns: A pointer by RFC 6901. Of a name with a dot or a bracket in it, it makes several.
  public static func pointer(of parameter: String) -> String {
    guard parameter.utf8.first != UInt8(ascii: "/") else { return parameter }
    var pointer = ""
    let steps = parameter.split { $0 == "." || $0 == "[" }
    for step in steps {
      let name = step.last == "]" ? step.dropLast() : step
      pointer = JSONPointer.appending(String(name), to: pointer)
    }
    return pointer
  }
}
