/// The reference page of `providers.yaml`, made from the key definitions.
package enum ReferencePage {
  /// The page in Markdown, ending in a line end.
  package static var text: String {
    let tables = ConfigurationKeys.table.reachable
    return ([introduction] + tables.map(section) + [values]).joined(separator: "\n")
  }

  private static let introduction = """
    # Reference of providers.yaml

    Made from the key definitions; do not edit. Set `UPDATE_GENERATED=1` and run the tests to renew it.

    The file is one YAML 1.2 document in UTF-8. Duplicate and unknown keys are errors. Anchors, \
    aliases and merge keys (`<<`) may be used. Findings have a page of their own: \
    [diagnostics](diagnostics.md).

    """

  private static let values = """
    ## Values

    - A **duration** is a whole number and a unit: `250ms`, `5s`, `2m`, `1h`, `1d`; at most 365 days.
    - A **count** is a whole number from 1, with `k` for thousands and `M` for millions: `600`, `400k`, \
    `1.5M`.
    - Where **`${VAR}`** is replaced, `${VAR:-default}` gives a default for a variable that is unset or \
    empty. A variable that is not set and has no default disables the entry it stands in, with a \
    warning; using that entry is an error. Keys, names and credentials are taken literally.
    - An **id** is \(NameRule.identifier.words). A model's name is \(NameRule.model.words).

    """

  private static func section(_ table: ConfigurationTable) -> String {
    let rule = words(of: table.rule)
    let rows = (table.keys + [table.others].compactMap(\.self)).map(row).joined(separator: "\n")
    return """
      ## \(table.title.replacing("<", with: "\\<"))

      \(table.doc)\(rule)

      | key | value | default | since | meaning |
      |---|---|---|---|---|
      \(rows)

      """
  }

  private static func words(of rule: ConfigurationTable.Rule) -> String {
    switch rule {
    case .anyNumber: ""
    case .exactlyOne: " Exactly one of the keys must stand."
    case .exactlyOneOf(let names):
      " Exactly one of \(names.map { "`\($0)`" }.joined(separator: " and ")) must stand."
    }
  }

  private static func row(_ key: KeyDescription) -> String {
    let fallback = key.isRequired ? "required" : key.defaultText ?? "–"
    return "| `\(key.name)` | \(value(of: key.shape)) | \(fallback) | \(key.since) | \(key.doc) |"
  }

  private static func value(of shape: TypeShape) -> String {
    switch shape {
    case .table(let table): link(table)
    case .named(let placeholder, _, let element):
      "for each \\<\(placeholder)>: \(value(of: element))"
    case .list(let element, _, nil): "list: \(value(of: element))"
    case .either(let first, let second): "\(value(of: first)), or \(value(of: second))"
    case .list(let element, _, .some(let count)): "list of \(count): \(value(of: element))"
    case .text(let words, _, true): "\(words); `${VAR}` is replaced"
    case .choice(let words): TypeShape.alternatives(words.map { "`\($0)`" })
    case .boolean: "`true` or `false`"
    case .constant, .number, .integer, .bounded, .count, .text, .anything: shape.words
    }
  }

  private static func link(_ table: ConfigurationTable) -> String {
    let anchor = table.title.lowercased().filter { $0.isLetter || $0.isNumber || "-_".contains($0) }
    return "[\(table.title.replacing("<", with: "\\<"))](#\(anchor))"
  }
}
