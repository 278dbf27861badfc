/// Builds nodes from events: resolves types, aliases and merge keys, and refuses duplicates.
struct YAMLComposer: ~Copyable {
  private var events: YAMLEventReader
  let source: YAMLSource
  private let file: String
  private let limits: YAMLLimits
  private var anchors: [String: YAMLNode] = [:]
  private var openAnchors: Set<String> = []
  private var aliased = 0
  /// What was found so far and did not stop the reading.
  private(set) var problems: [YAMLError] = []

  init(
    events: consuming YAMLEventReader, source: YAMLSource, file: String, limits: YAMLLimits
  ) {
    self.events = events
    self.source = source
    self.file = file
    self.limits = limits
  }

  /// The only document of the text; null when there is none.
  mutating func document() throws(YAMLError) -> YAMLNode {
    _ = try events.next()
    guard case .documentStart = try events.next().kind else {
      return scalar(.null, text: "", span: source.span(0, 0))
    }
    let root = try node(events.next(), depth: 0)
    _ = try events.next()
    let next = try events.next()
    if case .documentStart = next.kind {
      report(
        YAMLError(
          .multipleDocuments, "a second document starts here; a file holds one",
          at: source.span(next.start, next.start + 3), help: "Remove the --- line and what follows."
        ))
    }
    return root
  }

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> YAMLNode {
    switch event.kind {
    case .alias(let name): return try alias(name, event)
    case .scalar(let scalar):
      let node = self.scalar(
        kind(of: scalar, event), text: scalar.text, isPlain: scalar.isPlain,
        span: source.span(event.start, event.end))
      define(scalar.properties.anchor, node)
      return node
    case .sequenceStart(let properties, let isFlow):
      checkTag(properties.tag, "seq", event)
      return try collection(properties.anchor, event, depth: depth) { composer throws(YAMLError) in
        try composer.sequence(event, isFlow: isFlow, depth: depth)
      }
    case .mappingStart(let properties, let isFlow):
      checkTag(properties.tag, "map", event)
      return try collection(properties.anchor, event, depth: depth) { composer throws(YAMLError) in
        try composer.mapping(event, isFlow: isFlow, depth: depth)
      }
    case .streamStart, .streamEnd, .documentStart, .documentEnd, .collectionEnd:
      preconditionFailure("libyaml gives a value where a value stands")
    }
  }

  private mutating func collection(
    _ anchor: String?, _ event: YAMLEvent, depth: Int,
    _ compose: (inout YAMLComposer) throws(YAMLError) -> YAMLNode
  ) throws(YAMLError) -> YAMLNode {
    guard depth < limits.depth else {
      throw YAMLError(
        .tooDeep, "lists and mappings are nested deeper than \(limits.depth)",
        at: source.span(event.start, event.start + 1))
    }
    if let anchor { openAnchors.insert(anchor) }
    let node = try compose(&self)
    if let anchor { openAnchors.remove(anchor) }
    define(anchor, node)
    return node
  }

  private mutating func sequence(
    _ event: YAMLEvent, isFlow: Bool, depth: Int
  ) throws(YAMLError) -> YAMLNode {
    var items: [YAMLNode] = []
    var end = source.mark(at: event.start)
    var next = try events.next()
    while !next.isCollectionEnd {
      let item = try node(next, depth: depth + 1)
      items.append(item)
      end = source.mark(at: next.end).later(of: item.span.end, unless: next.isAlias)
      next = try events.next()
    }
    return YAMLNode(
      content: .sequence(items),
      span: YAMLSpan(
        start: source.mark(at: event.start), end: isFlow ? source.mark(at: next.end) : end),
      isFlow: isFlow, weight: items.reduce(1) { $0 + $1.weight })
  }

  private mutating func mapping(
    _ event: YAMLEvent, isFlow: Bool, depth: Int
  ) throws(YAMLError) -> YAMLNode {
    var entries = YAMLEntries(file: file)
    var end = source.mark(at: event.start)
    var next = try events.next()
    while !next.isCollectionEnd {
      let key = try node(next, depth: depth + 1)
      let valueEvent = try events.next()
      let value = try node(valueEvent, depth: depth + 1)
      entries.add(key, source.span(next.start, next.end), value)
      end = source.mark(at: valueEvent.end).later(of: value.span.end, unless: valueEvent.isAlias)
      next = try events.next()
    }
    problems += entries.problems
    return YAMLNode(
      content: .mapping(entries.merged()),
      span: YAMLSpan(
        start: source.mark(at: event.start), end: isFlow ? source.mark(at: next.end) : end),
      isFlow: isFlow, weight: entries.weight)
  }

  private mutating func alias(_ name: String, _ event: YAMLEvent) throws(YAMLError) -> YAMLNode {
    let span = source.span(event.start, event.end)
    guard let node = anchors[name] else {
      report(
        YAMLError(
          .unknownAnchor,
          openAnchors.contains(name)
            ? "*\(name) stands inside the value that &\(name) names"
            : "no value before this place is named &\(name)",
          at: span, help: "Write &\(name) before the value that *\(name) should repeat."))
      return scalar(.null, text: "", span: span)
    }
    aliased += node.weight
    guard aliased <= limits.aliasedNodes else {
      throw YAMLError(
        .aliasExpansion,
        "aliases expand to more than \(limits.aliasedNodes) values", at: span,
        help: "Write the values out, or nest fewer aliases.")
    }
    return node
  }

  /// Notes a problem that does not stop the reading.
  mutating func report(_ problem: YAMLError) {
    problems.append(problem)
  }

  private mutating func define(_ anchor: String?, _ node: YAMLNode) {
    if let anchor { anchors[anchor] = node }
  }

  private func scalar(
    _ kind: YAMLScalar.Kind, text: String, isPlain: Bool = true, span: YAMLSpan
  ) -> YAMLNode {
    YAMLNode(
      content: .scalar(YAMLScalar(kind: kind, text: text, isPlain: isPlain)), span: span,
      isFlow: false, weight: 1)
  }
}

extension YAMLEvent {
  fileprivate var isCollectionEnd: Bool {
    if case .collectionEnd = kind { true } else { false }
  }

  fileprivate var isAlias: Bool {
    if case .alias = kind { true } else { false }
  }
}

extension YAMLMark {
  /// The end of a child: that of its node, or of the alias that stands for it.
  fileprivate func later(of node: YAMLMark, unless isAlias: Bool) -> YAMLMark {
    isAlias ? self : node
  }
}
