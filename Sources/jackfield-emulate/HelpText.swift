import UpstreamEmulator

/// The part of `--help` that lists what there is.
enum HelpText {
  static var discussion: String {
    """
    Each listener refuses what the real upstream refuses, with its status, body and words, and \
    answers anything else: it says what you said, calls a tool that you offer, and reads the tool's \
    output back to you. It listens on 127.0.0.1 only and ends on SIGINT or SIGTERM.

    A request can name faults of its own in the header x-emulate-fault, with commas between.

    QUIRKS, NAME[:ARGUMENT][@DEPLOYMENT]
    \(table(Quirk.Name.allCases.map { ($0.usage, $0.explanation) }))

    FAULTS, NAME[:ARGUMENT][xCOUNT][#LABEL]; 429x2 meets the first two requests only
    \(table(Fault.catalogue))

    FAULTS OF TOKENS, written alike
    \(table(Fault.catalogueOfTokens))
    """
  }

  private static func table(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, explanation in
      "  \(name)\(String(repeating: " ", count: width - name.count))  \(explanation)"
    }.joined(separator: "\n")
  }
}
