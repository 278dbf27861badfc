import TransportSDK

/// What an exchange tells the explanation of its answer: which amendments would change the request.
///
/// An amendment that would change nothing is not noted and so never offered; after it was applied it
/// would change nothing. That ends every chain of refusals and amendments by itself.
struct PreparedNotes {
  fileprivate static let parent = "parent:"
  fileprivate static let include = "include:"
  fileprivate static let applied = "applied:"

  private let notes: [String]

  /// Reads what a head brought back.
  init(_ head: ResponseHead) {
    notes = head.notes
  }

  /// The response that the request chained to, or empty.
  var parentID: String { subject(of: Self.parent) }

  /// The entries of `include` that were sent.
  var include: [String] { subject(of: Self.include).split(separator: ",").map(String.init) }

  /// The amendment of this kind that would change the request; nil: none would.
  func possible(_ kind: Amendment.Kind) -> String? {
    notes.first { kind.subject(of: $0) != nil }
  }

  /// Whether the request had this amendment already.
  func hasApplied(_ amendment: String) -> Bool { notes.contains(Self.applied + amendment) }

  private func subject(of lead: String) -> String {
    notes.first { $0.hasPrefix(lead) }.map { String($0.dropFirst(lead.count)) } ?? ""
  }
}

extension ExchangeDraft {
  /// Notes the response that the request chains to.
  mutating func note(parent: String) { note(PreparedNotes.parent + parent) }

  /// Notes the entries of `include`.
  mutating func note(include: [String]) {
    note(PreparedNotes.include + include.joined(separator: ","))
  }

  /// Notes amendments that the request has.
  mutating func note(applied: [String]) {
    for amendment in applied { note(PreparedNotes.applied + amendment) }
  }

  /// Notes an amendment that would change the request.
  mutating func note(possible kind: Amendment.Kind, _ subject: String = "") {
    note(subject.isEmpty ? kind.rawValue : kind.text(subject))
  }
}
