import CurlHTTP
import Foundation
import Synchronization
import Testing
import TransportHost
import UpstreamEmulator

/// Many conversations over three boundaries, of which parts fail at any time and one ends for good.
@Suite struct `Two hundred conversations over three boundaries that fail` {
  static let conversations = 200
  static let turns = 5
  /// What some of the providers of a boundary meet, each so many times.
  static let faults = [
    "500x25", "cut:6x25", "429x15", "reset-mid-stream:9x25", "failed-then-errorx20",
  ]

  /// Each resource under three names that share its boundary: one sound, two that fail for a while.
  private static func configuration(_ resources: Resources) -> String {
    var providers = "", targets = ""
    for (index, resource) in resources.resources.enumerated() {
      for (number, fault) in [nil, faults[index], faults[index + 2]].enumerated() {
        let name = "\(resource.name)\(number)"
        let header = fault.map { "    headers: { x-emulate-fault: \"\($0)#\(name)\" }\n" } ?? ""
        providers += """
            \(name):
              plugin: \(resource.listener.upstream.rawValue)
              base_url: \(resource.listener.baseURL)
              auth: { key: { env: KEY_\(resource.name) } }
              state_boundary: \(resource.name)
          \(header)
          """
        targets += "      - { provider: \(name), model: gpt-5 }\n"
      }
    }
    let models = ["error", "strip_reasoning", "replay"].map { policy in
      """
        \(policy):
          strategy: weighted
          affinity: { when_lost: \(policy) }
          targets:
      \(targets)
      """
    }
    return """
      version: 1
      state_key: { env: TAGS }
      defaults:
        retry: { max_retries: 1, backoff: { initial: 2ms, max: 10ms } }
        cooldown: { failures: 5, duration: 20ms, max_duration: 100ms }
      providers:
      \(providers)models:
      \(models.joined())
      """
  }

  @Test(.timeLimit(.minutes(5)))
  func
    `all end in an answer or a typed error, and no id or ciphertext comes to who did not make it`()
    async throws
  {
    let resources = try Resources(
      ["a": .openai, "b": .azureOpenAI, "c": .azureFoundry]
    ) { _, options in options.requestLogLimit = 100_000 }
    let host = try resources.host(Self.configuration(resources))
    let makers = Makers()
    let begun = Counter()
    let tally = try await withThrowingTaskGroup(of: Outcome.self) { group in
      for number in 0..<Self.conversations {
        group.addTask {
          var conversation = StormConversation(number: number, makers: makers)
          for _ in 0..<Self.turns {
            // Half of all turns have begun: one resource ends for good.
            if begun.next() == Self.conversations * Self.turns / 2 {
              resources["c"].emulator.stop()
            }
            try await conversation.turn(host)
          }
          return conversation.outcome
        }
      }
      return try await group.reduce(into: [Outcome]()) { $0.append($1) }
    }
    let answered = tally.reduce(0) { $0 + $1.answered }
    let failed = tally.reduce(into: [String: Int]()) { $0.merge($1.failed) { $0 + $1 } }
    print("\(answered) turns answered, failed: \(failed)")
    #expect(answered + failed.values.reduce(0, +) == Self.conversations * Self.turns)
    #expect(answered > Self.conversations * Self.turns / 2)
    #expect(failed.keys.allSatisfy { !["internal", "plugin_misbehaved"].contains($0) })
    #expect(makers.count > Self.conversations)
    let changes = tally.reduce(into: Set<String>()) { $0.formUnion($1.changes) }
    #expect(changes.isSuperset(of: ["state-tag", "foreign-id", "foreign-ciphertext"]))
    #expect(changes.contains("replayed-chain"))
    for resource in resources.resources {
      #expect(makers.foreign(in: resource.requests, at: resource.name) == [])
      #expect(!resource.requests.isEmpty)
    }
    try await eventually { host.holdings?.exchanges == 0 }
  }
}

/// Counts what several tasks do.
private final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

/// What became of the turns of a conversation.
private struct Outcome: Sendable {
  var answered = 0
  var failed: [String: Int] = [:]
  /// The rules by which requests were changed.
  var changes: Set<String> = []
}

/// A conversation by a chain, by replayed reasoning, or by both at once.
private struct StormConversation: Sendable {
  private enum Kind: CaseIterable { case chained, replayed, both }

  let makers: Makers
  private(set) var outcome = Outcome()
  private let kind: Kind
  private let model: String
  private let isStream: Bool
  private var transcript = Transcript("turn 1")
  private var previous: String?
  private var number = 1

  init(number: Int, makers: Makers) {
    self.makers = makers
    kind = Kind.allCases[number % 3]
    model = ["error", "strip_reasoning", "replay"][number / 3 % 3]
    isStream = number / 9 % 2 == 0
  }

  private var body: String {
    let chain = previous.map { #""previous_response_id":"\#($0)","# } ?? ""
    let input =
      kind == .chained && previous != nil
      ? #"[\#(transcript.items.last ?? "")]"# : "[\(transcript.items.joined(separator: ","))]"
    let store = kind == .replayed ? #""store":false,"# : ""
    return
      #"{"model":"\#(model)",\#(chain)\#(store)"reasoning":{"effort":"low"},"include":["reasoning.encrypted_content"],"stream":\#(isStream),"input":\#(input)}"#
  }

  /// One turn; a call that failed is not asked again, and the conversation goes on with the next.
  mutating func turn(_ host: TransportHost) async throws {
    number += 1
    var seen: [ArraySlice<UInt8>] = []
    do {
      let stream = try await host.stream(CallRequest(body: Array(body.utf8)))
      for try await event in stream { seen.append(event.data) }
      let result = try #require(stream.result)
      makers.note(seen + [result.response[...]], of: result.provider)
      outcome.answered += 1
      outcome.changes.formUnion(result.edits.map(\.rule))
      previous = kind == .replayed ? nil : result.id
      transcript.add(result, then: "turn \(number)")
    } catch let error as CallError {
      // What a broken stream left behind has a maker, too.
      makers.note(seen, of: error.attempts.last?.provider ?? "")
      outcome.failed[error.code.rawValue, default: 0] += 1
    }
  }
}

/// Who made which id and which ciphertext, as its callers saw it.
private final class Makers: Sendable {
  private let resources = Mutex<[Substring: Character]>([:])

  var count: Int { resources.withLock(\.count) }

  /// Takes in what a provider sent; the first letter of its name is its resource.
  func note(_ texts: [ArraySlice<UInt8>], of provider: String) {
    guard let resource = provider.first else { return }
    for text in texts {
      for word in Self.words(in: text) where Self.isState(word) {
        let raw = word.firstRange(of: "_jf1").map { word[..<$0.lowerBound] } ?? word
        resources.withLock { $0[raw] = $0[raw] ?? resource }
      }
    }
  }

  /// What a resource was sent that it did not make, and all that carries a tag.
  func foreign(in requests: [RecordedRequest], at resource: String) -> [String] {
    resources.withLock { makers in
      requests.flatMap { request in
        Self.words(in: request.body[...] + Array(" \(request.target)".utf8)).filter { word in
          word.contains("_jf1") || makers[word].map { String($0) != resource } ?? false
        }.map { "\(resource) got \($0.prefix(80))" }
      }
    }
  }

  private static func isState(_ word: Substring) -> Bool {
    ["resp_", "rs_", "msg_", "fc_", "cmp_", "gAAAA"].contains { word.hasPrefix($0) }
  }

  /// Every byte belongs to a word or stands between two.
  private static func words(in text: some Collection<UInt8>) -> [Substring] {
    String(decoding: text, as: UTF8.self).split { character in
      !(character.isASCII && (character.isLetter || character.isNumber || "_-".contains(character)))
    }
  }
}
