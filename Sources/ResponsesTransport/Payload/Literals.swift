/// The bytes that rules put in, made once.
enum Literals {
  /// A type's name, alone and as a whole member.
  struct TypeName {
    let value: [UInt8]
    let member: [UInt8]

    init(_ name: String) {
      value = Array("\"\(name)\"".utf8)
      member = Array("\"type\":\"\(name)\",".utf8)
    }
  }

  static let message = TypeName("message")
  static let itemReference = TypeName("item_reference")

  static let inputPart = Array(#"[{"type":"input_text","text":"#.utf8)
  static let outputPart = Array(#"[{"type":"output_text","text":"#.utf8)
  static let partEnd = Array("}]".utf8)
  static let annotatedEnd = Array(#","annotations":[]}]"#.utf8)

  static let annotations = Array(#""annotations":[],"#.utf8)
  static let emptyList = Array("[]".utf8)
}
