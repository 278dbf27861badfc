/// Bounds that keep a hostile or broken file from costing memory or time.
package struct YAMLLimits: Sendable {
  /// The largest text, in bytes.
  ///
  /// The default of 4 MiB is some fifty thousand models.
  package var bytes: Int
  /// The deepest nesting of lists and mappings.
  ///
  /// The default of 64 is ten times what a
  /// configuration needs and a tenth of what the recursion could bear.
  package var depth: Int
  /// How many nodes all aliases together may stand for; the default is 100,000.
  package var aliasedNodes: Int

  /// Creates limits; the defaults suit a configuration file.
  package init(bytes: Int = 4 << 20, depth: Int = 64, aliasedNodes: Int = 100_000) {
    self.bytes = bytes
    self.depth = depth
    self.aliasedNodes = aliasedNodes
  }
}

/// One YAML document: its value, and every problem that was found in its text.
package struct YAMLDocument: Sendable {
  /// The value; nil when the text could not be read to its end.
  ///
  /// An empty text is null.
  package let root: YAMLNode?
  /// What is wrong, in the order of the text.
  ///
  /// With a root they are problems that leave the rest readable,
  /// such as duplicate keys, of which the first was kept.
  package let problems: [YAMLError]
  /// The text by lines.
  package let source: YAMLSource

  /// Reads a text and goes on after problems where the rest can still be understood.
  ///
  /// - Parameters:
  ///   - bytes: The text, UTF-8, with or without a byte order mark.
  ///   - file: The name that messages give to other places of the same text.
  ///   - limits: Bounds on size, depth and aliases.
  /// - Returns: The document, with its problems.
  package static func read(
    _ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()
  ) -> YAMLDocument {
    let source = YAMLSource(bytes.count <= limits.bytes ? bytes : [])
    do throws(YAMLError) {
      try source.check(bytes, limits: limits)
      var composer = YAMLComposer(
        events: try YAMLEventReader(source), source: source, file: file, limits: limits)
      do throws(YAMLError) {
        let root = try composer.document()
        return YAMLDocument(
          root: root, problems: composer.problems.sorted { $0.span.start < $1.span.start },
          source: source)
      } catch {
        return YAMLDocument(root: nil, problems: composer.problems + [error], source: source)
      }
    } catch {
      return YAMLDocument(root: nil, problems: [error], source: source)
    }
  }

  /// Reads a text that must be free of problems.
  ///
  /// - Throws: The first problem.
  package static func parse(
    _ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()
  ) throws(YAMLError) -> YAMLNode {
    let document = read(bytes, file: file, limits: limits)
    if let problem = document.problems.first { throw problem }
    guard let root = document.root else { preconditionFailure("no root and no problem") }
    return root
  }
}
