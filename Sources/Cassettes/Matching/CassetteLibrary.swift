/// The recordings of a run, and which of them answers a request.
///
/// A request is scrubbed and then compared; of several recordings of one request each serves once,
/// in their order.
package struct CassetteLibrary: Sendable {
  /// How requests are compared.
  package struct Rules: Sendable, Hashable {
    /// Whether bodies are compared byte by byte, and not as JSON.
    package var isStrict = false
    /// What does not count, unless strict.
    package var volatile = VolatileMembers.standard
    /// Whether the last recording of a request serves again when all have.
    package var repeatsLast = false

    /// Leniently, without the standard volatile members, each recording once.
    package init() {}
  }

  /// A recording with what it is found by.
  private struct Entry {
    let cassette: Cassette
    let key: RequestKey
    var isServed = false
  }

  private let rules: Rules
  private let scrubber: Scrubber
  private var entries: [Entry]
  /// The entries of each request, in their order.
  private var places: [RequestKey: [Int]] = [:]

  /// Takes recordings in.
  ///
  /// - Parameters:
  ///   - cassettes: In the order of their numbers.
  ///   - rules: How requests are compared.
  ///   - scrubber: What is secret in the requests to come; their secrets are replaced as those in the
  ///     recordings were.
  package init(_ cassettes: [Cassette], rules: Rules = Rules(), scrubber: Scrubber = Scrubber()) {
    self.rules = rules
    self.scrubber = scrubber
    entries = cassettes.map { Entry(cassette: $0, key: RequestKey($0.request, rules)) }
    for (index, entry) in entries.enumerated() { places[entry.key, default: []].append(index) }
  }

  /// The recordings that served nothing yet.
  package var unserved: [Cassette] { entries.filter { !$0.isServed }.map(\.cassette) }

  /// The recording that answers a request; it counts as served.
  ///
  /// - Throws: ``CassetteMismatch`` when there is none, or none left.
  package mutating func match(
    _ request: CassetteRequest
  ) throws(CassetteMismatch) -> Cassette {
    let request = scrubber.scrubbed(request)
    let key = RequestKey(request, rules)
    guard let places = places[key], let last = places.last else {
      throw mismatch(request, key)
    }
    if let next = places.first(where: { !entries[$0].isServed }) {
      entries[next].isServed = true
      return entries[next].cassette
    }
    guard rules.repeatsLast else {
      throw CassetteMismatch(
        reason: .exhausted(count: places.count), nearest: entries[last].cassette.file)
    }
    return entries[last].cassette
  }

  // MARK: - What differs

  private func mismatch(_ request: CassetteRequest, _ key: RequestKey) -> CassetteMismatch {
    let sameLine = entries.filter { $0.key.line == key.line }
    if sameLine.isEmpty { return lineMismatch(request, key) }
    // What was not served yet is likelier what was meant.
    let unserved = sameLine.filter { !$0.isServed }
    var nearest: (entry: Entry, difference: BodyDifference)?
    for entry in unserved.isEmpty ? sameLine : unserved {
      let difference = BodyDifference(
        expected: entry.cassette.request.body, got: request.body, rules: rules)
      if nearest.map({ difference.likeness > $0.difference.likeness }) ?? true {
        nearest = (entry, difference)
      }
    }
    guard let nearest else { return lineMismatch(request, key) }
    return CassetteMismatch(
      reason: .body(nearest.difference.shown), nearest: nearest.entry.cassette.file)
  }

  private func lineMismatch(_ request: CassetteRequest, _ key: RequestKey) -> CassetteMismatch {
    let sameTarget = entries.first { $0.cassette.request.target == request.target }
    let nearest = sameTarget ?? entries.first { !$0.isServed } ?? entries.last
    guard let nearest else { return CassetteMismatch(reason: .noRecordings, nearest: nil) }
    let (expected, got) = Excerpt.pair(Array(nearest.key.line.utf8), Array(key.line.utf8))
    return CassetteMismatch(
      reason: .line(expected: expected ?? "", got: got ?? ""), nearest: nearest.cassette.file)
  }
}

/// What a request is found by.
private struct RequestKey: Hashable {
  /// Method and target.
  let line: String
  /// The body, canonical where it is compared as JSON.
  let body: [UInt8]
  /// Whether it is.
  let isJSON: Bool

  init(_ request: CassetteRequest, _ rules: CassetteLibrary.Rules) {
    line = request.method + " " + request.target
    let canonical =
      rules.isStrict ? nil : CanonicalJSON.bytes(of: request.body, without: rules.volatile)
    body = canonical ?? request.body
    isJSON = canonical != nil
  }
}

/// How two bodies differ, and how much they are alike.
private struct BodyDifference {
  let shown: CassetteDifference
  /// The bytes of what is equal in both.
  let likeness: Int

  init(expected: [UInt8], got: [UInt8], rules: CassetteLibrary.Rules) {
    let volatile = rules.isStrict ? VolatileMembers.none : rules.volatile
    if let one = CanonicalJSON.bytes(of: expected, without: volatile),
      let other = CanonicalJSON.bytes(of: got, without: volatile)
    {
      let difference = JSONDifference(expected: one, got: other)
      likeness = difference.likeness
      if let pointer = difference.pointer {
        let (expected, got) = Excerpt.pair(difference.expected, difference.got)
        shown = CassetteDifference(place: .pointer(pointer), expected: expected, got: got)
      } else {
        shown = Self.bytes(expected, got, isSameJSON: true)
      }
    } else {
      let shorter = min(expected.count, got.count)
      likeness = (0..<shorter).prefix { expected[$0] == got[$0] }.count
      shown = Self.bytes(expected, got, isSameJSON: false)
    }
  }

  private static func bytes(
    _ expected: [UInt8], _ got: [UInt8], isSameJSON: Bool
  ) -> CassetteDifference {
    let shorter = min(expected.count, got.count)
    let offset = (0..<shorter).first { expected[$0] != got[$0] } ?? shorter
    let (one, other) = Excerpt.pair(
      Array(expected.dropFirst(offset)), Array(got.dropFirst(offset)))
    return CassetteDifference(
      place: .byte(offset, isSameJSON: isSameJSON),
      expected: one.flatMap { $0.isEmpty ? nil : $0 },
      got: other.flatMap { $0.isEmpty ? nil : $0 })
  }
}
