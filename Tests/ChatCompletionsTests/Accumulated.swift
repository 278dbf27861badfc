import ChatCompletions
import Foundation

/// What a client makes of a stream's chunks.
struct Accumulated {
  /// A defect of the stream's form.
  struct Defect: Error, CustomStringConvertible {
    let description: String
  }

  struct Call: Equatable {
    var id: String?
    var type: String?
    var name = ""
    var input = ""
  }

  private(set) var content: String?
  private(set) var refusal: String?
  private(set) var reasoning: String?
  private(set) var calls: [Call] = []
  private(set) var functionCall: Call?
  private(set) var annotations: [NSDictionary] = []
  private(set) var roles: [String] = []
  private(set) var finishReasons: [String] = []
  private(set) var usage: NSDictionary?
  private(set) var error: NSDictionary?
  private(set) var isDone = false
  private(set) var ids: Set<String> = []
  private(set) var chunkCount = 0

  /// Reads the frames strictly.
  init(_ frames: [UInt8]) throws {
    var rest = frames.text
    while !rest.isEmpty {
      guard rest.hasPrefix("data: "), let end = rest.range(of: "\n\n") else {
        throw Defect(description: "no frame: \(rest.prefix(80))")
      }
      let data = String(rest[rest.index(rest.startIndex, offsetBy: 6)..<end.lowerBound])
      rest = String(rest[end.upperBound...])
      if isDone || error != nil { throw Defect(description: "a frame behind the end: \(data)") }
      if data == "[DONE]" {
        isDone = true
      } else {
        if data.contains(where: \.isNewline) { throw Defect(description: "a line break: \(data)") }
        try take(data)
      }
    }
  }

  private mutating func take(_ data: String) throws {
    guard let chunk = try? utf8(data).parsed() as? [String: Any] else {
      throw Defect(description: "no JSON object: \(data)")
    }
    if let error = chunk["error"] as? NSDictionary {
      self.error = error
      return
    }
    chunkCount += 1
    guard let id = chunk["id"] as? String, chunk["object"] as? String == "chat.completion.chunk",
      chunk["created"] is Int, chunk["model"] is String,
      let choices = chunk["choices"] as? [[String: Any]], choices.count <= 1
    else { throw Defect(description: "no chunk: \(data)") }
    ids.insert(id)
    if let usage = chunk["usage"] as? NSDictionary { self.usage = usage }
    guard let choice = choices.first else { return }
    guard let delta = choice["delta"] as? [String: Any] else {
      throw Defect(description: "no delta: \(data)")
    }
    if let reason = choice["finish_reason"] as? String { finishReasons.append(reason) }
    try take(delta: delta)
  }

  private mutating func take(delta: [String: Any]) throws {
    if let role = delta["role"] as? String { roles.append(role) }
    if let text = delta["content"] as? String { content = (content ?? "") + text }
    if let text = delta["refusal"] as? String { refusal = (refusal ?? "") + text }
    if let text = delta["reasoning_content"] as? String { reasoning = (reasoning ?? "") + text }
    annotations += delta["annotations"] as? [NSDictionary] ?? []
    if let call = delta["function_call"] as? [String: String] {
      functionCall = functionCall ?? Call()
      functionCall?.name += call["name"] ?? ""
      functionCall?.input += call["arguments"] ?? ""
    }
    for call in delta["tool_calls"] as? [[String: Any]] ?? [] {
      guard let index = call["index"] as? Int, index <= calls.count else {
        throw Defect(description: "a call's index: \(call)")
      }
      if index == calls.count { calls.append(Call()) }
      calls[index].id = calls[index].id ?? call["id"] as? String
      calls[index].type = calls[index].type ?? call["type"] as? String
      guard let callee = (call["function"] ?? call["custom"]) as? [String: String] else {
        throw Defect(description: "a call without a callee: \(call)")
      }
      calls[index].name += callee["name"] ?? ""
      calls[index].input += callee["arguments"] ?? callee["input"] ?? ""
    }
  }
}

/// Runs events, each an object with its type, through a stream.
func chunks(
  of events: [String], reply: ChatReply = ChatReply(), ending: Bool = false
) -> [UInt8] {
  var stream = ChatStream(model: "asked", created: 7, reply: reply)
  var chunks: [UInt8] = []
  for event in events { stream.take(type: "", data: utf8(event)[...], into: &chunks) }
  if ending { stream.end(into: &chunks) }
  return chunks
}
