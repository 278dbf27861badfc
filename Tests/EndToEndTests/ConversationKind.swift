import Foundation
import Testing
import TransportHost
import UpstreamEmulator

/// A way to hold a two-step conversation with a tool on stored state.
struct ConversationKind: Sendable, Hashable, CustomTestStringConvertible {
  let isStream: Bool
  let isReasoning: Bool
  /// Whether the second step names the first response; else it repeats the first one's items.
  let isChained: Bool

  static let all = [false, true].flatMap { isStream in
    [false, true].flatMap { isReasoning in
      [false, true].map {
        ConversationKind(isStream: isStream, isReasoning: isReasoning, isChained: $0)
      }
    }
  }

  var testDescription: String {
    [
      isStream ? "streamed" : "whole", isReasoning ? "reasoning" : "no reasoning",
      isChained ? "chained" : "replayed",
    ].joined(separator: ", ")
  }

  private static let question = #"{"type":"message","role":"user","content":"Weather?"}"#

  private func body(_ model: String, _ input: [String], previous: String? = nil) -> String {
    let reasoning = isReasoning ? #""reasoning":{"effort":"low"},"# : ""
    let chain = previous.map { #""previous_response_id":"\#($0)","# } ?? ""
    return """
      {"model":"\(model)",\(reasoning)\(chain)"store":true,"tools":[\(weatherTool)],\
      "stream":\(isStream),"input":[\(input.joined(separator: ","))]}
      """
  }

  /// The first step: the model calls the tool.
  func first(_ model: String) -> String { body(model, [Self.question]) }

  /// The second step: the tool has answered.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - response: The id of the first step's response.
  ///   - items: Its output.
  ///   - call: The tool call's id.
  /// - Returns: The body.
  func second(_ model: String, response: String, items: [String], call: String) -> String {
    let output =
      #"{"type":"function_call_output","call_id":"\#(call)","output":"Bright."}"#
    return isChained
      ? body(model, [output], previous: response)
      : body(model, [Self.question] + items + [output])
  }
}

/// How many attempts the second steps of one kind took.
struct AttemptTally: Sendable {
  private var counts: [Int] = []
  private var waited = Duration.zero

  mutating func add(_ answer: CallResult) {
    counts.append(answer.attempts.count)
    let words = answer.attempts.compactMap(\.next).filter { $0.hasPrefix("waited ") }
    waited += .milliseconds(words.compactMap { Int($0.split(separator: " ")[1]) }.reduce(0, +))
  }

  mutating func add(_ other: AttemptTally) {
    counts += other.counts
    waited += other.waited
  }

  var count: Int { counts.count }
  var most: Int { counts.max() ?? 0 }

  /// One line for people.
  var line: String {
    let mean = Double(counts.reduce(0, +)) / Double(max(1, counts.count))
    let seconds = Double(waited.milliseconds) / 1000 / Double(max(1, counts.count))
    return String(
      format: "%3d conversations, attempts %d min %.2f mean %d max, %.2f s waited on average",
      counts.count, counts.min() ?? 0, mean, most, seconds)
  }
}
