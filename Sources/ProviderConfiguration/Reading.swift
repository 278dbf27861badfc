internal import YAML

/// The state of one reading of a file: where we are, what may be referred to, what was found.
final class Reading {
  /// The names that references may use, known before anything else is read.
  struct Names {
    var plugins: [String] = []
    var credentials: [String] = []
    /// Those of the credentials that are token flows.
    var flows: Set<String> = []
    /// Those that programs print.
    var programs: Set<String> = []
    var providers: [String] = []
  }

  let source: ConfigurationSource
  let environment: (String) -> String?
  let names: Names
  private(set) var diagnostics: [Diagnostic] = []
  /// Those of them that an alias or a merge key repeats under another name.
  private(set) var repeated: Set<Int> = []
  private var told: Set<String> = []
  private var path: [String] = []

  init(
    _ source: ConfigurationSource, names: Names, environment: @escaping (String) -> String?
  ) {
    self.source = source
    self.names = names
    self.environment = environment
  }

  /// Where we are, as `providers.main.auth` or `models."gpt-5.6".targets[0]`.
  var place: String { path.isEmpty ? "the file" : path.joined() }

  /// The entry that a finding disables: a target, or the provider, plugin or model around us.
  var entry: String {
    let isTarget = path.count > 3 && path[3].hasPrefix("[")
    return path.prefix(isTarget ? 4 : 2).joined()
  }

  func within<Result>(_ name: String, _ body: () -> Result) -> Result {
    let isWord = NameRule.identifier.allows(name) && !name.contains(".")
    let step = isWord ? name : quote(name)
    path.append(path.isEmpty ? step : ".\(step)")
    defer { path.removeLast() }
    return body()
  }

  func within<Result>(index: Int, _ body: () -> Result) -> Result {
    path.append("[\(index)]")
    defer { path.removeLast() }
    return body()
  }

  /// Runs a body and returns with its result the first finding in it that forbids its use.
  func judging<Result>(_ body: () -> Result) -> (result: Result, problem: Diagnostic?) {
    let before = diagnostics.count
    let result = body()
    return (
      result, diagnostics[before...].first(where: \.isDisabling)
    )
  }

  func report(
    _ code: DiagnosticCode, _ message: String, at span: YAMLSpan,
    severity: Diagnostic.Severity? = nil, help: String? = nil,
    suggestion: (text: String, span: YAMLSpan)? = nil
  ) {
    let gist = place.isEmpty ? message : message.replacing(place, with: "")
    if !told.insert("\(code) \(span.start) \(gist)").inserted { repeated.insert(diagnostics.count) }
    diagnostics.append(
      source.diagnostic(
        code, message, at: span, severity: severity, help: help, suggestion: suggestion))
  }

  /// A text in quotes for a message, or words in its place when it may be a secret.
  func quote(_ text: String) -> String {
    guard !SecretPattern.matches(text) else { return "(a value that is not shown)" }
    let short = text.unicodeScalars.count > 60 ? "\(text.prefix(59))…" : text
    return YAMLText.doubleQuoted(short)
  }

  /// `Did you mean "x"?` with a space before it, or nothing.
  func didYouMean(_ name: String?) -> String {
    name.map { ". Did you mean \(quote($0))?" } ?? ""
  }
}

extension Reading {
  /// Reports a value of the wrong type, with the corrected text where the cure is only quoting.
  func mismatch(
    _ node: YAMLNode, wanted: String, help: String? = nil, correction: String? = nil
  ) {
    report(
      .wrongType, "\(place) must be \(wanted), not \(node.typeName)", at: node.span,
      help: help, suggestion: correction.map { ($0, node.span) })
  }

  /// The text of a string; numbers and the like are refused with their quoted form.
  func string(_ node: YAMLNode, wanted: String) -> String? {
    if let text = node.string { return text }
    mismatch(node, wanted: wanted, correction: quoted(node))
    return nil
  }

  /// A string in which no variable may stand.
  func literal(_ node: YAMLNode, wanted: String) -> String? {
    guard let text = string(node, wanted: wanted) else { return nil }
    guard VariableText.isIn(text) else { return text }
    report(
      .variableNotAllowed, "\(place) is taken literally; a variable has no place in it",
      at: node.span, help: "Write the value itself.")
    return nil
  }

  /// A string with its variables replaced; nil after reporting one that is unset or malformed.
  func expanded(_ node: YAMLNode, wanted: String) -> String? {
    guard let written = string(node, wanted: wanted) else { return nil }
    return expanded(written, of: node)
  }

  func expanded(_ written: String, of node: YAMLNode) -> String? {
    let text = VariableText(written, environment: environment)
    for problem in text.problems { report(problem, in: node) }
    return text.problems.isEmpty ? text.text : nil
  }

  private func report(_ problem: VariableText.Problem, in node: YAMLNode) {
    let span = source.span(of: node, part: problem.range)
    switch problem.kind {
    case .unset(let name):
      let standIn = VariableText.standIn(
        for: name, at: problem.range, in: node.scalar?.text ?? "",
        isURL: place.hasSuffix(".\(ProviderKeys.baseURL.name)"))
      let isPart = span != node.span || source.written(span) == "${\(name)}"
      let correction = isPart ? standIn.map { "${\(name):-\($0)}" } : nil
      report(
        .unsetVariable, "the variable \(name) is not set; \(entry) is disabled", at: span,
        help: "Set it, or give it a default: ${\(name):-default}.",
        suggestion: correction.map { ($0, span) })
    case .malformed(let suggestion):
      report(
        .variableSyntax, "a variable is written ${NAME} or ${NAME:-default}", at: span,
        suggestion: suggestion.flatMap { span == node.span ? nil : ($0, span) })
    }
  }

  private func quoted(_ node: YAMLNode) -> String? {
    if let scalar = node.scalar {
      return scalar.kind == .null && node.span.start == node.span.end
        ? nil : YAMLText.doubleQuoted(scalar.text)
    }
    let isCapture =
      node.isFlow && node.entries?.count == 1
      && node.entries?.first?.value.scalar?.kind == .null
    return isCapture ? YAMLText.doubleQuoted(source.written(node.span)) : nil
  }
}

extension YAMLNode {
  /// The type in words, with its article.
  var typeName: String {
    switch content {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar(let scalar):
      switch scalar.kind {
      case .null: "nothing"
      case .boolean: "a boolean"
      case .integer, .float: "a number"
      case .string: "text"
      }
    }
  }
}
