import CurlCommand
import TransportHost

/// A derived configuration for people: YAML that can be saved as it is, the proof as its comments.
struct DerivationView {
  private let derivation: Derivation
  private var proof: Proof { derivation.proof }

  init(_ derivation: Derivation) { self.derivation = derivation }

  /// Writes the YAML on standard output and the remarks on standard error.
  func print() {
    let output = Terminal.output
    let best = derivation.best
    let why = "\(best.entry.confidence) % sure: \(best.entry.reason)".harmless
    comment("\(best.plugin), \(why)", .faint)
    output.line(derivation.text.yaml)
    comment(
      proof.holds
        ? "proof: explain makes the same request of it" : "explain makes another request of it:",
      proof.holds ? .success : .failure)
    comment(
      "  method   " + verdict(proof.isSameMethod, proof.command.method, proof.explanation.method))
    comment("  url      " + verdict(proof.isSameURL, proof.command.url, proof.explanation.url))
    comment(
      "  headers  "
        + verdict(proof.isSameHeaders, list(proof.namesBefore), list(proof.namesAfter)))
    comment("  body     " + body)
    for edit in proof.explanation.edits.prefix(EditTable.limit) {
      comment("    \(edit.rule): \(edit.action) \(edit.pointer): \(edit.reason)".harmless, .faint)
    }
    for difference in proof.differences {
      comment("    differs without a reported edit: \(difference)".harmless, .failure)
    }
    for note in derivation.notes {
      Terminal.error.line(Terminal.error.palette(.warning, "note") + "  " + note.harmless)
    }
  }

  private func comment(_ text: String, _ style: Palette.Style = .faint) {
    Terminal.output.line(Terminal.output.palette(style, "# " + text))
  }

  private func verdict(_ isSame: Bool, _ before: String, _ after: String) -> String {
    (isSame ? "same  \(before)" : "curl \(before), explain \(after)").harmless
  }

  private func list(_ names: [String]) -> String { names.joined(separator: ", ") }

  private var body: String {
    if proof.explanation.body == nil, proof.isIdenticalBody { return "none" }
    if proof.isIdenticalBody { return "same  byte for byte" }
    let count = proof.explanation.edits.count
    return proof.isSameBody
      ? "same  up to \(count) reported edit\(count == 1 ? "" : "s")" : "differs"
  }
}
