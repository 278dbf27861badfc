import Testing

/// What a rule makes of an `input`; `to` nil: nothing.
struct RuleRow: CustomTestStringConvertible {
  let from: String
  let to: String
  let edits: [String]

  init(_ from: String, to: String? = nil, _ edits: String...) {
    self.from = from
    self.to = to ?? from
    self.edits = edits
  }

  var testDescription: String { from }
}

/// A request with these items.
func body(_ items: String, _ rest: String = "") -> String {
  #"{"input":[\#(items)]\#(rest)}"#
}

/// Longer than any upstream takes, and what it becomes.
let longID = String(repeating: "x", count: 70)
let shortID = "call_xxvRCSJ-I0NOz3H9CjRKIJE2x5rloL2itcpELWmaPNk"
