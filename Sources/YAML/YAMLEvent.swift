/// One step of a YAML text with the scalar offsets between which it is written.
struct YAMLEvent {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias(String)
    case scalar(YAMLScalarEvent)
    case sequenceStart(YAMLNodeProperties, isFlow: Bool)
    case mappingStart(YAMLNodeProperties, isFlow: Bool)
    case collectionEnd
  }

  let kind: Kind
  let start: Int
  let end: Int
}

/// The anchor and the tag before a value; nil where none is written.
struct YAMLNodeProperties {
  let anchor: String?
  let tag: String?
}

/// A scalar before its type is known.
struct YAMLScalarEvent {
  let properties: YAMLNodeProperties
  let text: String
  let isPlain: Bool
}
