import JSONText

/// Writes the chunks of one answer as server-sent events.
struct ChunkWriter: Sendable {
  /// What the upstream says of the answer.
  private var head: AnswerHead
  private let includesUsage: Bool
  /// What all chunks begin with, from the first on the same; empty before.
  private var prefix: [UInt8] = []

  init(_ head: AnswerHead, includesUsage: Bool) {
    self.head = head
    self.includesUsage = includesUsage
  }

  /// Whether a chunk was written.
  var hasBegun: Bool { !prefix.isEmpty }

  mutating func read(_ response: Fields<ResponseMember>, in source: JSONSource) {
    head.read(response, in: source)
  }

  /// Appends one chunk.
  ///
  /// - Parameters:
  ///   - delta: The delta, an object.
  ///   - logprobs: The tokens' probabilities, an array.
  ///   - finish: Why the answer ended, in the last chunk.
  ///   - obfuscation: The padding that the upstream's event had, which hides how long its text is.
  ///   - buffer: What it is appended to.
  mutating func chunk(
    _ delta: [UInt8], logprobs: ArraySlice<UInt8>? = nil, finish: FinishReason? = nil,
    obfuscation: ArraySlice<UInt8>? = nil, to buffer: inout [UInt8]
  ) {
    begin(&buffer)
    buffer.append(contentsOf: #"[{"index":0,"delta":"#.utf8)
    buffer.append(contentsOf: delta)
    buffer.append(contentsOf: #","logprobs":"#.utf8)
    if let logprobs {
      buffer.append(contentsOf: #"{"content":"#.utf8)
      buffer.append(onOneLine: logprobs)
      buffer.append(contentsOf: #","refusal":null}"#.utf8)
    } else {
      buffer.append(contentsOf: "null".utf8)
    }
    buffer.append(contentsOf: #","finish_reason":"#.utf8)
    buffer.append(contentsOf: (finish.map { "\"\($0.rawValue)\"" } ?? "null").utf8)
    buffer.append(contentsOf: "}]".utf8)
    if let obfuscation {
      buffer.append(contentsOf: #","obfuscation":"#.utf8)
      buffer.append(contentsOf: obfuscation)
    }
    buffer.append(contentsOf: (includesUsage ? ",\"usage\":null}\n\n" : "}\n\n").utf8)
  }

  /// Appends the chunk that has token counts and no choice, where it was asked for.
  mutating func usage(_ usage: JSONValue?, in source: JSONSource, to buffer: inout [UInt8]) {
    guard includesUsage, let usage, usage.kind == .object else { return }
    begin(&buffer)
    var out = JSONOutput()
    out.usage(usage, in: source)
    buffer.append(contentsOf: #"[],"usage":"#.utf8)
    buffer.append(contentsOf: out.bytes)
    buffer.append(contentsOf: "}\n\n".utf8)
  }

  private mutating func begin(_ buffer: inout [UInt8]) {
    if !hasBegun {
      var out = JSONOutput(capacity: 192)
      out.openObject()
      head.write(object: "chat.completion.chunk", to: &out)
      out.key("choices")
      prefix = Array("data: ".utf8) + out.bytes
    }
    buffer.append(contentsOf: prefix)
  }
}
