import TransportHost

/// What a transport changed, one rule under the other, each with its reason once.
struct EditTable {
  /// As many edits are listed one by one.
  ///
  /// A long history has hundreds; `--json` lists them all.
  static let limit = 24

  private let edits: [Explanation.Edit]

  init(_ edits: [Explanation.Edit]) { self.edits = edits }

  /// Every edit with its pointer.
  func print(to terminal: Terminal) {
    var table = TextTable()
    var previous = ""
    for edit in edits.prefix(Self.limit) {
      let reason = edit.rule == previous ? "" : edit.reason
      let name = edit.rule == previous ? "" : edit.rule
      table.row(
        .init(name), .init(edit.action, edit.style), .init(edit.pointer, .place),
        .init(reason, .faint))
      previous = edit.rule
    }
    table.print(to: terminal)
    if edits.count > Self.limit {
      let rest = "  and \(edits.count - Self.limit) more; --json lists all"
      terminal.line(terminal.palette(.faint, rest))
    }
  }

  /// One line for each rule, with how often it was applied.
  func summarize(to terminal: Terminal) {
    var table = TextTable(indent: 0)
    for (rule, edits) in byRule {
      let places = edits.count == 1 ? edits[0].pointer : "\(edits.count) places"
      table.row(
        .init("edit", .faint), .init(rule), .init(places, .place), .init(edits[0].reason, .faint))
    }
    table.print(to: terminal)
  }

  private var byRule: [(rule: String, edits: [Explanation.Edit])] {
    var groups: [(rule: String, edits: [Explanation.Edit])] = []
    for edit in edits {
      if let index = groups.firstIndex(where: { $0.rule == edit.rule }) {
        groups[index].edits.append(edit)
      } else {
        groups.append((edit.rule, [edit]))
      }
    }
    return groups
  }
}

extension Explanation.Edit {
  fileprivate var style: Palette.Style {
    switch action {
    case "add": .success
    case "remove": .removed
    default: .warning
    }
  }
}
