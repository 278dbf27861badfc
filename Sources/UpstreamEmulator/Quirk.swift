/// Behaviour that only some accounts, models or regions of an upstream show.
///
/// Written `NAME[:ARGUMENT][@DEPLOYMENT]`: with a deployment it counts for requests that name this one as
/// their model, otherwise for all.
package struct Quirk: Sendable, Hashable {
  /// Which one.
  package let name: Name
  /// What stood after the colon; empty for quirks that take nothing.
  package let argument: String
  /// The deployment that shows it; nil for all.
  package let deployment: String?

  /// Reads a quirk as it is written on the command line.
  ///
  /// - Parameter text: As described above.
  /// - Throws: `unknownQuirk`, also for an argument that is missing, superfluous or of another form.
  package init(_ text: String) throws(EmulatorError) {
    let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = halves[0].split(separator: ":", maxSplits: 1).map(String.init)
    guard let first = parts.first, let name = Name(rawValue: first), halves.last != "",
      name.argument.accepts(parts.count > 1 ? parts[1] : nil)
    else { throw .unknownQuirk(text) }
    self.name = name
    argument = parts.count > 1 ? parts[1] : ""
    deployment = halves.count > 1 ? String(halves[1]) : nil
  }
}

/// What a quirk takes after its colon.
enum QuirkArgument: Sendable {
  case none
  case text(_ placeholder: String)
  case milliseconds
  /// A path, an equals sign and a value.
  case pathAndValue

  var usage: String {
    switch self {
    case .none: ""
    case .text(let placeholder): ":\(placeholder)"
    case .milliseconds: ":MS"
    case .pathAndValue: ":PATH=VALUE"
    }
  }

  func accepts(_ text: String?) -> Bool {
    switch self {
    case .none: text == nil
    case .text: text != nil
    case .milliseconds: text.flatMap { Int($0) } != nil
    case .pathAndValue: text?.split(separator: "=", maxSplits: 1).count == 2
    }
  }
}

extension [Quirk] {
  func has(_ name: Quirk.Name) -> Bool { contains { $0.name == name } }

  /// Those that count for requests to this deployment.
  func of(deployment: String?) -> [Quirk] {
    filter { $0.deployment == nil || $0.deployment == deployment }
  }

  /// The pause before each event.
  var pace: Duration? { duration(of: .pace) }

  /// How long work in the background takes.
  var work: Duration? { duration(of: .work) }

  private func duration(of name: Quirk.Name) -> Duration? {
    first { $0.name == name }.flatMap { Int($0.argument) }.map { .milliseconds($0) }
  }
}
