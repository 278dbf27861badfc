/// Request bodies as an agent sends them late in its work: a long `input` of messages, reasoning,
/// function calls and their outputs, in the shape of the Responses API.
///
/// The same length, flavour and seed give the same bytes on every machine.
package struct AgentHistory: Sendable {
  /// What the texts of a history are made of.
  package enum Flavour: String, CaseIterable, Sendable {
    /// English sentences: hardly an escape, all ASCII but for some dashes and quotes.
    case prose
    /// Source text in tool outputs: an escape every 15 to 20 bytes.
    case code
    /// Chinese and Japanese sentences: three bytes to a character.
    case cjk
    /// The same sentences, from a client that escapes all but ASCII: six bytes to a character.
    case escaped
    /// Prose, code and CJK, item by item.
    case mixed
  }

  private static let head = #"""
    {"model":"agent-large","instructions":"You are a careful engineer. Read before you write.","input":[
    """#
  private static let tail = #"""
    ],"tools":[{"type":"function","name":"read_file","description":"Reads a file.","strict":true,"parameters":{"type":"object","properties":{"path":{"type":"string"},"limit":{"type":["integer","null"]}},"required":["path","limit"],"additionalProperties":false}}],"tool_choice":"auto","parallel_tool_calls":true,"reasoning":{"effort":"medium","summary":"auto"},"include":["reasoning.encrypted_content"],"max_output_tokens":4096,"temperature":1.0,"store":false,"stream":true,"prompt_cache_key":"session-0042"}
    """#

  private var random: SeededGenerator
  private let flavour: Flavour
  private var bytes: [UInt8] = []
  private var turn = 0

  private init(flavour: Flavour, seed: UInt64) {
    random = SeededGenerator(seed: seed)
    self.flavour = flavour
  }

  /// Makes a whole request body.
  ///
  /// - Parameters:
  ///   - byteCount: The length; bodies below 8 KiB may come out longer than asked.
  ///   - flavour: What the texts are made of.
  ///   - seed: Which of all such bodies.
  /// - Returns: Valid JSON in UTF-8 without white space between tokens.
  package static func body(
    byteCount: Int, flavour: Flavour = .mixed, seed: UInt64 = 1
  ) -> [UInt8] {
    var history = AgentHistory(flavour: flavour, seed: seed)
    return history.body(byteCount: byteCount)
  }

  private mutating func body(byteCount: Int) -> [UInt8] {
    let last = (head: #"{"type":"message","role":"user","content":""#, tail: #""}"#)
    let frame = Self.tail.utf8.count + last.head.utf8.count + last.tail.utf8.count
    bytes.reserveCapacity(byteCount + 1 << 13)
    bytes += Self.head.utf8
    var end = bytes.count
    while bytes.count + frame <= byteCount {
      end = bytes.count
      appendTurn()
    }
    // The turn that went over the length makes room for a message that fills it exactly.
    bytes.removeSubrange(end...)
    bytes += last.head.utf8
    let missing = byteCount - bytes.count - Self.tail.utf8.count - last.tail.utf8.count
    for index in 0..<max(0, missing) { bytes.append(index % 8 == 7 ? 0x20 : 0x6F) }
    bytes += last.tail.utf8
    bytes += Self.tail.utf8
    return bytes
  }
}

extension AgentHistory {
  /// One turn: a question, thoughts, two calls with their outputs, an answer.
  private mutating func appendTurn() {
    turn += 1
    appendMessage(role: "user", part: "input_text", sentences: 1...6)
    for _ in 0..<2 {
      appendReasoning()
      appendCall()
    }
    appendMessage(role: "assistant", part: "output_text", sentences: 3...12)
  }

  private mutating func appendMessage(role: String, part: String, sentences: ClosedRange<Int>) {
    bytes += #"{"type":"message","#.utf8
    if role == "assistant" { bytes += #""id":"msg_\#(identifier(48))","status":"completed","#.utf8 }
    bytes += #""role":"\#(role)","content":[{"type":"\#(part)","text":"#.utf8
    appendString(text(sentences: sentences))
    if role == "assistant" { bytes += #","annotations":[]"#.utf8 }
    bytes += "}]},".utf8
  }

  private mutating func appendReasoning() {
    bytes += #"{"type":"reasoning","id":"rs_\#(identifier(48))","summary":[],"#.utf8
    let blob = identifier(Int.random(in: 300...900, using: &random))
    bytes += #""encrypted_content":"gAAAAA\#(blob)=="},"#.utf8
  }

  private mutating func appendCall() {
    let call = "call_\(identifier(24))"
    let path = "Sources/\(random.pick(Words.english))/\(random.pick(Words.english)).swift"
    bytes += #"{"type":"function_call","id":"fc_\#(identifier(48))","call_id":"\#(call)","#.utf8
    bytes += #""name":"read_file","status":"completed","arguments":"#.utf8
    appendString(#"{"path":"\#(path)","limit":\#(Int.random(in: 1...2000, using: &random))}"#)
    bytes += #"},{"type":"function_call_output","call_id":"\#(call)","output":"#.utf8
    appendString(output)
    bytes += "},".utf8
  }

  /// What a tool answered: source text wherever the flavour has any.
  private var output: String {
    mutating get {
      let length = Int.random(in: 10...60, using: &random)
      return flavour == .code || flavour == .mixed
        ? code(lines: length) : text(sentences: length / 2...length / 2)
    }
  }

  private mutating func text(sentences: ClosedRange<Int>) -> String {
    let count = Int.random(in: sentences, using: &random)
    let isCJK =
      flavour == .cjk || flavour == .escaped || flavour == .mixed && turn.isMultiple(of: 2)
    return (0..<count).map { _ in isCJK ? random.cjkSentence() : random.englishSentence() }
      .joined(separator: isCJK ? "" : " ")
  }

  private mutating func code(lines: Int) -> String {
    (0..<lines).map { _ in random.codeLine() }.joined(separator: "\n")
  }

  private mutating func identifier(_ length: Int) -> String {
    let letters = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    return String(decoding: (0..<length).map { _ in random.pick(letters) }, as: UTF8.self)
  }

  // Written here and not taken from JSONText, whose tests read what this makes.
  private mutating func appendString(_ content: String) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in content.unicodeScalars {
      switch scalar {
      case "\n": bytes += #"\n"#.utf8
      case "\t": bytes += #"\t"#.utf8
      case "\"": bytes += #"\""#.utf8
      case "\\": bytes += #"\\"#.utf8
      default:
        if flavour == .escaped, !scalar.isASCII {
          for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
            bytes += "\\u\(String(0x10000 + UInt32(unit), radix: 16).dropFirst())".utf8
          }
        } else {
          bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
