import Foundation
import Testing

/// One row of `Fixtures/event-streams.json`; its README says what the parts mean.
struct EventStreamVector: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let source: String
  let stream: [Part]
  let events: [Event]
  let retry: Int?
  let comments: Int?

  var bytes: [UInt8] { stream.flatMap(\.bytes) }
  var testDescription: String { "\(source) \(name)" }

  struct Event: Decodable, Sendable {
    let type: String
    let data: [UInt8]
    let id: String

    init(from decoder: any Decoder) throws {
      var fields = try decoder.unkeyedContainer()
      type = try fields.decode(String.self)
      data = try fields.decode([Part].self).flatMap(\.bytes)
      id = try fields.decode(String.self)
    }
  }

  enum Part: Decodable, Sendable {
    case text(String, times: Int)
    case hex(String)

    var bytes: [UInt8] {
      switch self {
      case .text(let text, let times): Array(String(repeating: text, count: times).utf8)
      case .hex(let digits):
        stride(from: 0, to: digits.utf8.count, by: 2).map { offset in
          UInt8(digits.dropFirst(offset).prefix(2), radix: 16) ?? 0
        }
      }
    }

    private enum Key: CodingKey { case text, times, hex }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        self = .text(text, times: 1)
        return
      }
      let fields = try decoder.container(keyedBy: Key.self)
      if let digits = try fields.decodeIfPresent(String.self, forKey: .hex) {
        self = .hex(digits)
      } else {
        self = .text(
          try fields.decode(String.self, forKey: .text),
          times: try fields.decode(Int.self, forKey: .times))
      }
    }
  }
}

enum EventStreamVectors {
  private struct File: Decodable {
    let vectors: [EventStreamVector]
  }

  /// Every vector; a file that cannot be read is an empty list, which a test refuses.
  static let all: [EventStreamVector] = {
    guard
      let url = Bundle.module.url(
        forResource: "event-streams", withExtension: "json", subdirectory: "Fixtures"),
      let file = try? JSONDecoder().decode(File.self, from: Data(contentsOf: url))
    else { return [] }
    return file.vectors
  }()
}
