extension YAMLComposer {
  private static var tagPrefix: String { "tag:yaml.org,2002:" }

  mutating func kind(of scalar: YAMLScalarEvent, _ event: YAMLEvent) -> YAMLScalar.Kind {
    let plain = CoreSchema.kind(ofPlain: scalar.text)
    switch scalar.properties.tag {
    case nil: return scalar.isPlain ? plain : .string
    case "!", YAMLComposer.tagPrefix + "str": return .string
    case YAMLComposer.tagPrefix + "null" where plain == .null: return .null
    case YAMLComposer.tagPrefix + "bool" where plain == .boolean: return .boolean
    case YAMLComposer.tagPrefix + "int" where plain == .integer: return .integer
    case YAMLComposer.tagPrefix + "float" where plain == .float || plain == .integer: return .float
    case .some(let tag):
      refuse(tag, event)
      return .string
    }
  }

  mutating func checkTag(_ tag: String?, _ expected: String, _ event: YAMLEvent) {
    guard let tag, tag != "!", tag != YAMLComposer.tagPrefix + expected else { return }
    refuse(tag, event)
  }

  private mutating func refuse(_ tag: String, _ event: YAMLEvent) {
    let isCore = tag.hasPrefix(YAMLComposer.tagPrefix)
    let name = isCore ? "!!" + tag.dropFirst(YAMLComposer.tagPrefix.count) : tag
    report(
      YAMLError(
        .unsupportedTag, "the tag \(name) is not supported here",
        at: source.span(event.start, event.start + name.unicodeScalars.count),
        help: "Only the core tags are known: !!str, !!int, !!float, !!bool, !!null, !!seq, !!map."))
  }
}
