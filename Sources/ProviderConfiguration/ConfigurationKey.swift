internal import YAML

/// One key of `providers.yaml`: its check, its line in the reference and its place in the schema
/// all come from here.
struct ConfigurationKey<Value: Sendable>: Sendable {
  let name: String
  let type: ConfigurationType<Value>
  let isRequired: Bool
  let `default`: ConfigurationDefault<Value>?
  /// One or two sentences of Markdown.
  let doc: String
  /// The first version that knows the key.
  let since: String
  /// What other tools call it; a user who writes that is told this name.
  let misnomers: [String]

  init(
    _ name: String, _ type: ConfigurationType<Value>, isRequired: Bool = false,
    default: ConfigurationDefault<Value>? = nil, doc: String, since: String = "0.1",
    misnomers: [String] = []
  ) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
    self.default = `default`
    self.doc = doc
    self.since = since
    self.misnomers = misnomers
  }

  var description: KeyDescription {
    KeyDescription(
      name: name, shape: type.shape, isRequired: isRequired, defaultText: `default`?.text,
      doc: doc, since: since, misnomers: misnomers)
  }
}

/// What holds where a key is absent, and how the reference says it.
struct ConfigurationDefault<Value: Sendable>: Sendable {
  /// nil where the default depends on the call.
  let value: Value?
  let text: String
}

/// A key without the type of its value, for the reference and the schema.
struct KeyDescription: Sendable {
  let name: String
  let shape: TypeShape
  let isRequired: Bool
  let defaultText: String?
  let doc: String
  let since: String
  let misnomers: [String]
}

/// A mapping with fixed keys.
struct ConfigurationTable: Sendable {
  /// How many of the keys must be there.
  enum Rule: Sendable, Hashable {
    case anyNumber
    case exactlyOne
    /// One of these, and any number of the others.
    case exactlyOneOf([String])
  }

  /// One word that names it in the schema.
  let name: String
  /// Where it stands in the file, such as `providers.<id>`.
  let title: String
  let doc: String
  /// One that could stand there, in braces.
  let example: String
  /// What a user with an unknown key may have had in mind; nil where nothing is likely.
  let hint: String?
  let rule: Rule
  let keys: [KeyDescription]
  /// What a key is that is none of those and has a mapping as its value; nil: unknown.
  let others: KeyDescription?

  init(
    _ name: String, title: String, doc: String, example: String, hint: String? = nil,
    rule: Rule = .anyNumber, keys: [KeyDescription], others: KeyDescription? = nil
  ) {
    self.name = name
    self.title = title
    self.doc = doc
    self.example = example
    self.hint = hint
    self.rule = rule
    self.keys = keys
    self.others = others
  }
}

extension ConfigurationTable {
  /// Whether an entry is under none of the keys and may stand all the same.
  func holdsAsOther(_ entry: YAMLEntry) -> Bool {
    others != nil && entry.value.entries != nil && !keys.contains { $0.name == entry.name }
      && NameRule.identifier.allows(entry.name)
      && Spelling.nearest(to: entry.name, among: keys.map(\.name)) == nil
      && !keys.contains { $0.misnomers.contains(entry.name) }
  }
}

/// What a value may look like, for the reference and the schema.
indirect enum TypeShape: Sendable {
  case boolean
  case number
  case integer(ClosedRange<Int>)
  /// A number within bounds, with or without a fraction.
  case bounded(ClosedRange<Int>)
  /// A whole number from 1, in thousands or millions too.
  case count
  case constant(Int)
  /// Text, with the rule that it must keep and whether variables are replaced in it.
  case text(String, pattern: String?, hasVariables: Bool)
  case choice([String])
  case list(TypeShape, minimum: Int, maximum: Int?)
  case table(ConfigurationTable)
  /// A mapping from names that the user chooses.
  case named(String, NameRule, TypeShape)
  case either(TypeShape, TypeShape)
  /// Whatever JSON can write.
  case anything
}
