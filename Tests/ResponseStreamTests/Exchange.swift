import Foundation
import ResponseStream

/// A stream machine under test, and all that left it.
struct Exchange {
  var stream = ResponseStream()
  /// The data of the events that were forwarded, terminal ones included.
  private(set) var forwarded: [String] = []
  /// The type and data of terminal events that the machine emitted.
  private(set) var emitted: [(type: String, data: [UInt8])] = []
  private(set) var outcomes: [ResponseOutcome] = []
  private(set) var timers = 0
  /// Whether anything but nothing happened after the terminal event.
  private(set) var spokeAfterEnd = false

  /// What the upstream, the connection or the clock can do.
  enum Step: Sendable, Hashable {
    case event(String)
    case named(String, String)
    case unterminated(String)
    case body(String)
    case end
    case fail(code: String)
    case timer
  }

  init(_ steps: [Step] = []) {
    for step in steps { take(step) }
  }

  mutating func take(_ step: Step) {
    let wasOver = !outcomes.isEmpty
    let action = action(for: step)
    if wasOver, action != .nothing { spokeAfterEnd = true }
    switch action {
    case .nothing: break
    case .startTimer: timers += 1
    case .forward: forwarded.append(step.data)
    case .finish(.received, let outcome):
      forwarded.append(step.data)
      outcomes.append(outcome)
    case .finish(.emitted(let type, let data), let outcome):
      emitted.append((type, data))
      outcomes.append(outcome)
    }
  }

  private mutating func action(for step: Step) -> ResponseStreamAction {
    switch step {
    case .event(let data): event("", data)
    case .named(let name, let data): event(name, data)
    case .unterminated(let data): event("", data, isTerminated: false)
    case .body(let body): stream.bodyReceived(Array(body.utf8).span)
    case .end: stream.bodyEnded()
    case .fail(let code): stream.bodyFailed(code: code, message: "the host gave up")
    case .timer: stream.timerFired()
    }
  }

  private mutating func event(
    _ name: String, _ data: String, isTerminated: Bool = true
  ) -> ResponseStreamAction {
    let (name, data) = (Array(name.utf8), Array(data.utf8))
    return stream.eventReceived(name: name.span, data: data.span, isTerminated: isTerminated)
  }
}

extension Exchange.Step {
  var data: String {
    switch self {
    case .event(let data), .named(_, let data), .unterminated(let data), .body(let data): data
    case .end, .fail, .timer: ""
    }
  }
}

extension Exchange {
  var outcome: ResponseOutcome? { outcomes.first }
  var isOver: Bool { !outcomes.isEmpty }
  var terminalType: String? { emitted.first?.type }
  var terminalText: String? { emitted.first.map { String(decoding: $0.data, as: UTF8.self) } }

  /// The emitted terminal event as Foundation reads it.
  var terminal: JSON? { emitted.first.flatMap { JSON($0.data) } }
}

/// A JSON value read by a parser that is not ours.
struct JSON {
  private let value: Any

  init?(_ bytes: [UInt8]) {
    guard let value = try? JSONSerialization.jsonObject(with: Data(bytes)) else { return nil }
    self.value = value
  }

  private init(value: Any) { self.value = value }

  subscript(name: String) -> JSON? {
    (value as? [String: Any])?[name].map(JSON.init(value:))
  }

  var string: String? { value as? String }
  var integer: Int? { value as? Int }
  var isNull: Bool { value is NSNull }
}

/// Events as upstreams send them, as small as they can be.
enum Sent {
  static let created = event("response.created", #""response":\#(response("in_progress"))"#, 0)
  static let delta = event("response.output_text.delta", #""delta":"Hi""#, 1)
  static let completed = event(
    "response.completed", #""response":\#(response("completed", usage: true))"#, 2)
  static let failedNull = failed("null")
  static let failedWhole = failed(#"{"code":"server_error","message":"It broke."}"#)
  static let failedMessage = failed(#"{"message":"Too many"}"#)
  static let errorWhole = error(
    #"{"type":"too_many_requests","code":"rate_limit_exceeded","message":"Slow down.","param":null}"#
  )
  static let errorMessage = error(#"{"message":"Slow down, please."}"#)
  static let errorNull = error("null")
  static let errorFlat =
    #"{"type":"error","code":"rate_limit_exceeded","message":"Slow down.","param":"x","sequence_number":3}"#
  static let unknown = #"{"type":"keepalive"}"#

  static func failed(_ error: String) -> String {
    event("response.failed", #""response":\#(response("failed", error: error))"#, 3)
  }

  static func error(_ error: String) -> String {
    #"{"type":"error","error":\#(error)}"#
  }

  static func incomplete(_ reason: String) -> String {
    event(
      "response.incomplete",
      #""response":{"id":"r","status":"incomplete","incomplete_details":{"reason":"\#(reason)"}}"#,
      2)
  }

  static func response(_ status: String, error: String = "null", usage: Bool = false) -> String {
    #"{"id":"r","object":"response","status":"\#(status)","model":"m","error":\#(error)"#
      + #","output":[]\#(usage ? #","usage":{"input_tokens":1}"# : "")}"#
  }

  static func event(_ type: String, _ members: String, _ number: Int) -> String {
    #"{"type":"\#(type)","sequence_number":\#(number),\#(members)}"#
  }
}
