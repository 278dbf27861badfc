import JSONText
import ProviderConfiguration
import TransportHost

/// Prints an answer while it arrives: the text on standard output, all else on standard error.
struct AnswerPrinter: Sendable {
  /// What standard output carries.
  enum Form: Sendable {
    /// The answer's text.
    case text
    /// The response object, byte for byte.
    case object
    /// The data of each event on a line, byte for byte.
    case events
  }

  let form: Form
  /// Whether the ledger is printed too.
  let isTraced: Bool

  private var output: Terminal { .output }
  private var error: Terminal { .error }

  /// Prints all events and what stands at the end.
  func print(_ events: ResponseEvents) async throws(CallError) {
    EditTable(events.edits).summarize(to: error)
    events.warnings.forEach(warn)
    var text = TextProgress()
    do throws(CallError) {
      for try await event in events { print(event, &text) }
    } catch {
      text.end(on: output)
      throw error
    }
    guard let result = events.result else {
      throw CallError(.internal, "the answer ended without a result")
    }
    finish(result, text, known: events.warnings.count)
  }

  /// Prints the ledger of a call that failed; a task that was cancelled is a cancelled call.
  func failed(_ error: any Error) -> CallError {
    let failure = error as? CallError ?? CallError(.cancelled, "interrupted")
    if isTraced { trace(failure.attempts) }
    return failure
  }

  private func print(_ event: ResponseEvent, _ text: inout TextProgress) {
    switch form {
    case .events: output.write(event.data + [UInt8(ascii: "\n")])
    case .text: if let delta = event.textDelta { text.write(delta, to: output) }
    case .object: break
    }
  }

  private func finish(_ result: CallResult, _ text: TextProgress, known: Int) {
    var text = text
    switch form {
    case .events: break
    case .object: output.write(result.response + [UInt8(ascii: "\n")])
    case .text:
      if text.isEmpty { text.write(result.text, to: output) }
      text.end(on: output)
    }
    if form == .text { printItems(result) }
    result.warnings.dropFirst(known).forEach(warn)
    if isTraced { trace(result.attempts) }
  }

  private func warn(_ warning: String) {
    error.line(error.palette(.warning, "warning") + "  " + warning.harmless)
  }

  /// What the answer holds besides text: calls of tools, and a refusal.
  private func printItems(_ result: CallResult) {
    for item in result.outputItems {
      let item = OutputItem(item)
      if let refusal = item.refusal {
        error.line(error.palette(.warning, "refusal") + "  " + refusal.harmless)
      }
      guard item.isCall else { continue }
      error.line(
        error.palette(.place, "tool call") + "  "
          + error.palette(.heading, (item.name ?? item.type).harmless)
          + error.palette(.faint, "  " + (item.callID ?? "").harmless))
      guard let input = item.input, !input.isEmpty else { continue }
      let lines = JSONLayout(Array(input.utf8), width: (error.columns ?? 100) - 2).lines
      for line in lines { error.line("  " + line) }
    }
  }

  private func trace(_ attempts: [AttemptRecord]) {
    var table = TextTable(indent: 0)
    for (number, attempt) in attempts.enumerated() {
      table.row(
        .init("attempt \(number + 1)", .faint), .init(attempt.place), .init(attempt.model),
        .init(attempt.reason, .faint), .init("at \(attempt.began.milliseconds) ms", .faint),
        .init(attempt.isSent ? attempt.status.map(String.init) ?? "-" : "not sent"),
        .init("connect \(Self.text(attempt.connect))", .faint),
        .init("first \(Self.text(attempt.firstEvent))", .faint),
        .init("total \(Self.text(attempt.total))", .faint),
        .init(attempt.answerFacts ?? "-", .faint),
        .init("\(attempt.edits) edit\(attempt.edits == 1 ? "" : "s")", .faint),
        .init(attempt.outcome, attempt.outcome == "ok" ? .success : .failure),
        .init(attempt.source?.description ?? "", .place),
        .init((attempt.next ?? "").harmless, .faint))
    }
    table.print(to: error)
  }

  private static func text(_ duration: Duration?) -> String {
    duration.map { "\($0.milliseconds) ms" } ?? "-"
  }
}

/// What was written of an answer's text.
struct TextProgress {
  /// Whether nothing was written.
  private(set) var isEmpty = true
  private var endsLine = true

  /// Writes a piece; on a terminal without what would steer it.
  mutating func write(_ text: String, to output: Terminal) {
    guard !text.isEmpty else { return }
    output.write((output.isInteractive ? text.harmless : text).utf8)
    isEmpty = false
    endsLine = text.hasSuffix("\n")
  }

  /// Ends the line where a person reads it; a pipe gets the text alone.
  mutating func end(on output: Terminal) {
    if output.isInteractive, !endsLine { output.line() }
    endsLine = true
  }
}

/// An item of an answer, as far as people are told of it.
struct OutputItem {
  let type: String
  let name: String?
  let callID: String?
  /// A tool's arguments.
  let input: String?
  let refusal: String?

  init(_ bytes: [UInt8]) {
    let text = bytes.span
    let root = JSONValue(at: 0..<bytes.count, in: text)
    func field(_ name: StaticString) -> String? {
      root?.member(name, in: text)?.string(in: text)
    }
    type = field("type") ?? ""
    name = field("name")
    callID = field("call_id")
    input = field("arguments") ?? field("input")
    var refusal: String?
    if let content = root?.member("content", in: text) {
      var parts = JSONItems(of: content)
      while let part = parts.next(in: text) {
        refusal = part.member("refusal", in: text)?.string(in: text) ?? refusal
      }
    }
    self.refusal = refusal
  }

  /// Whether a tool is called.
  var isCall: Bool { type.hasSuffix("_call") }
}
