internal import YAML

/// Changes of a file that leave everything else as it is written; nil where one stretch of text will
/// not do, such as for what an alias or a merge key brought in.
extension ConfigurationSource {
  /// A stretch of the file and what is to stand there.
  typealias Edit = (text: String, span: YAMLSpan)

  /// Takes the item that stands at a place out of a list of several.
  func removal(of mark: Mark?, from list: YAMLNode) -> Edit? {
    guard let items = list.items, items.count > 1,
      let index = items.firstIndex(where: { self.mark($0.span) == mark })
    else { return nil }
    return removal(of: index, among: items.map(\.span), in: list)
  }

  /// Takes an entry out of a mapping.
  func removal(of name: String, from mapping: YAMLNode) -> Edit? {
    let entries = (mapping.entries ?? []).filter { !$0.isMerged }
    guard let index = entries.firstIndex(where: { $0.name == name }) else { return nil }
    return removal(of: index, among: entries.map(\.span), in: mapping)
  }

  /// Adds an entry to a mapping, before one of its own entries or before all.
  func insertion(of entry: String, into mapping: YAMLNode, before name: String? = nil) -> Edit? {
    let entries = (mapping.entries ?? []).filter { !$0.isMerged }
    guard let next = entries.first(where: { name == nil || $0.name == name }),
      mapping.span.contains(next.keySpan)
    else { return nil }
    let start = next.keySpan.start
    let indentation = String(repeating: " ", count: start.column - 1)
    let text = mapping.isFlow ? "\(entry), " : "\(entry)\n\(indentation)"
    return (text, YAMLSpan(start: start, end: start))
  }

  private func removal(of index: Int, among parts: [YAMLSpan], in whole: YAMLNode) -> Edit? {
    let part = parts[index]
    guard parts.allSatisfy(whole.span.contains), !holdsAnchor(part) else { return nil }
    let next = index + 1 < parts.count ? parts[index + 1] : nil
    guard whole.isFlow else {
      return blockRemoval(of: part, before: next, isItem: whole.items != nil)
    }
    if let next { return ("", YAMLSpan(start: part.start, end: next.start)) }
    let start = index > 0 ? parts[index - 1].end : part.start
    return ("", YAMLSpan(start: start, end: part.end))
  }

  /// Whole lines; of a mapping that begins behind a dash, its first entry up to the next one.
  private func blockRemoval(of part: YAMLSpan, before next: YAMLSpan?, isItem: Bool) -> Edit? {
    let before = line(part.start.line).unicodeScalars.prefix(part.start.column - 1)
    let marks = before.filter { $0 != " " }
    if marks.elementsEqual(isItem ? ["-"] : []) { return ("", lines(of: part)) }
    guard !isItem, let next else { return nil }
    return ("", YAMLSpan(start: part.start, end: next.start))
  }

  /// The lines of a part with their ends; of the last line of a file, the end before it.
  private func lines(of part: YAMLSpan) -> YAMLSpan {
    let isAtStart = part.end.column == 1 && part.end.line > part.start.line
    let last = isAtStart ? part.end.line - 1 : part.end.line
    guard last >= lineCount, part.start.line > 1 else {
      return YAMLSpan(
        start: YAMLMark(line: part.start.line, column: 1), end: YAMLMark(line: last + 1, column: 1))
    }
    let above = part.start.line - 1
    return YAMLSpan(
      start: YAMLMark(line: above, column: line(above).unicodeScalars.count + 1),
      end: YAMLMark(line: last, column: line(last).unicodeScalars.count + 1))
  }

  /// Whether an alias elsewhere may stand for something in a part.
  private func holdsAnchor(_ part: YAMLSpan) -> Bool {
    var isStart = true
    for scalar in written(part).unicodeScalars {
      if isStart && scalar == "&" { return true }
      isStart = " \n[{,:-".unicodeScalars.contains(scalar)
    }
    return false
  }
}

extension YAMLNode {
  /// The mapping that has a value at a place, and the entry of it.
  func entry(ofValueAt span: YAMLSpan) -> (mapping: YAMLNode, entry: YAMLEntry)? {
    for entry in entries ?? [] where !entry.isMerged && entry.value.span.contains(span) {
      if entry.value.span == span { return (self, entry) }
      if let found = entry.value.entry(ofValueAt: span) { return found }
    }
    for item in items ?? [] where item.span.contains(span) {
      if let found = item.entry(ofValueAt: span) { return found }
    }
    return nil
  }
}
