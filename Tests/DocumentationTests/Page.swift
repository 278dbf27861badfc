import Foundation

/// A page of documentation, taken apart.
struct Page {
  /// What stands under one heading, up to the next one of any level.
  struct Section {
    let level: Int
    let title: String
    var lines: [Substring] = []
    var text: String { lines.joined(separator: "\n") }
  }

  /// A fenced block.
  struct Block {
    let language: String
    var lines: [Substring] = []
    var text: String { lines.map { $0 + "\n" }.joined() }
  }

  /// The headings in order, each with its prose; blocks are left out of it.
  private(set) var sections: [Section] = [Section(level: 0, title: "")]
  /// The fenced blocks in order, each with the title that it stands under.
  private(set) var blocks: [(title: String, block: Block)] = []

  init(_ path: String) throws {
    var open: Block?
    let text = try Repository.text(path)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append((sections[sections.count - 1].title, block))
          open = nil
        } else {
          open = Block(language: String(line.dropFirst(3)))
        }
      } else if open != nil {
        open?.lines.append(line)
      } else if let match = line.wholeMatch(of: /(#+) (.+)/) {
        sections.append(Section(level: match.1.count, title: String(match.2)))
      } else {
        sections[sections.count - 1].lines.append(line)
      }
    }
  }

  /// The words of all sections.
  var prose: String { sections.map(\.text).joined(separator: "\n") }

  /// What readers can copy: the blocks, and what stands between backticks in the prose.
  var code: [String] {
    let spans = prose.matches(of: /`([^`]+)`/).map { String($0.1) }
    return spans + blocks.map(\.block.text)
  }

  /// Where the links of the prose lead.
  var links: [String] { prose.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) } }

  /// The names by which links reach the headings.
  var anchors: Set<String> {
    Set(
      sections.map { section in
        String(
          section.title.lowercased().compactMap { character -> Character? in
            if character == " " { return "-" }
            let isKept = character.isLetter || character.isNumber || "-_".contains(character)
            return isKept ? character : nil
          })
      })
  }
}
