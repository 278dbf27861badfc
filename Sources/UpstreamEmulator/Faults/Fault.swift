/// Something that goes wrong on purpose.
///
/// Written `NAME[:ARGUMENT][xCOUNT][#LABEL]`, on the command line and in the request header
/// `x-emulate-fault`, there several with commas between: `429x2` is what the first two requests meet
/// that ask for exactly this. A label tells two users of the same fault apart.
package struct Fault: Sendable {
  /// The fault as it was written; what is counted.
  package let text: String
  /// How many requests meet it; nil is all.
  package let count: Int?
  let rule: FaultRule
  let argument: String

  /// Reads a fault.
  ///
  /// - Parameter text: As described above.
  /// - Throws: `unknownFault`, also for an argument that is superfluous or no number.
  package init(_ text: String) throws(EmulatorError) {
    try self.init(text, among: FaultRule.all)
  }

  /// Reads a fault of the token service, which has faults of its own beside those of connections.
  ///
  /// - Parameter text: As described above.
  /// - Returns: The fault, for `TokenOptions.faults`.
  /// - Throws: `unknownFault`.
  package static func ofTokens(_ text: String) throws(EmulatorError) -> Fault {
    try Fault(text, among: FaultRule.allOfTokens)
  }

  init(_ text: String, among rules: [FaultRule]) throws(EmulatorError) {
    let unlabelled = text.split(separator: "#", maxSplits: 1).first ?? ""
    // A count is looked for first: an argument that is any text would take it for its own.
    if let mark = unlabelled.lastIndex(of: "x"),
      let count = Int(unlabelled[unlabelled.index(after: mark)...]), count > 0,
      let fault = Self.parse(unlabelled[..<mark], rules)
    {
      (rule, argument) = fault
      self.count = count
    } else if let fault = Self.parse(unlabelled, rules) {
      (rule, argument) = fault
      count = nil
    } else {
      throw .unknownFault(text)
    }
    self.text = text
  }

  private static func parse(_ text: Substring, _ rules: [FaultRule]) -> (FaultRule, String)? {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard let name = parts.first, let rule = rules.first(where: { $0.name == name }) else {
      return nil
    }
    guard let argument = rule.argument.accept(parts.count > 1 ? parts[1] : nil) else {
      return nil
    }
    return (rule, argument)
  }

  /// Every fault there is: how it is written, and one line on what it does.
  package static var catalogue: [(usage: String, explanation: String)] {
    FaultRule.all.map(\.catalogueEntry)
  }

  /// Every fault of the token service.
  package static var catalogueOfTokens: [(usage: String, explanation: String)] {
    FaultRule.allOfTokens.map(\.catalogueEntry)
  }

  var number: Int { Int(argument) ?? 0 }
}

/// What a fault takes after its colon.
enum FaultArgument: Sendable {
  case none
  case number(_ placeholder: String, otherwise: Int?)
  case text(_ placeholder: String, otherwise: String)
  /// An error in words, as `ErrorWords` reads it.
  case error(otherwise: String)
  /// A name and a value with an equals sign between.
  case pair(otherwise: String)

  var usage: String {
    switch self {
    case .none: ""
    case .number(let placeholder, _), .text(let placeholder, _): "[:\(placeholder)]"
    case .error: "[:STATUS/CODE/TEXT]"
    case .pair: "[:NAME=VALUE]"
    }
  }

  func accept(_ text: String?) -> String? {
    switch self {
    case .none: text == nil ? "" : nil
    case .number(_, let otherwise):
      text.map { Int($0) == nil ? nil : $0 } ?? otherwise.map(String.init) ?? ""
    case .text(_, let otherwise): text ?? otherwise
    case .error(let otherwise):
      ErrorWords(text ?? otherwise) == nil ? nil : text ?? otherwise
    case .pair(let otherwise):
      (text ?? otherwise).split(separator: "=", maxSplits: 1).count == 2 ? text ?? otherwise : nil
    }
  }
}

/// What a fault may want to know of the place where it happens.
struct FaultScene: Sendable {
  /// Nil at the token service.
  let upstream: EmulatedUpstream?
  let origin: String
  let clock: EmulatorClock

  var isAzure: Bool { upstream?.isAzure ?? true }
}

/// One fault: its name, its explanation, and the edit that makes it.
struct FaultRule: Sendable {
  let name: String
  var argument = FaultArgument.none
  let explanation: String
  /// The endpoints of the token service where it happens.
  var endpoints = Set(TokenEndpoint.allCases)
  var onReply: (@Sendable (inout HTTPReply, Fault, FaultScene) -> Void)?
  /// After the upstream's own header fields have been added.
  var onHeaders: (@Sendable (inout HTTPReply, Fault) -> Void)?
  var onSteps: (@Sendable (inout [Step], Fault) -> Void)?

  static let all =
    statuses + bodies + headerFields + connections + errorsInStream + oddEvents + framings
  static let allOfTokens = tokenRefusals + tokenReplies + connections.filter { !$0.isOfStreams }

  var catalogueEntry: (usage: String, explanation: String) {
    (name + argument.usage, explanation)
  }

  // What counts events says nothing about a reply that has none.
  private var isOfStreams: Bool {
    if case .number("EVENTS", _) = argument { true } else { false }
  }

  func edit(_ reply: inout HTTPReply, _ fault: Fault, _ scene: FaultScene) {
    onReply?(&reply, fault, scene)
  }

  func editHeaders(_ reply: inout HTTPReply, _ fault: Fault) {
    onHeaders?(&reply, fault)
  }

  func editSteps(_ steps: inout [Step], _ fault: Fault) {
    onSteps?(&steps, fault)
  }
}
