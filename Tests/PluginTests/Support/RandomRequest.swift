import Foundation

/// Requests that a client may send, made at random from a seed.
struct RandomRequest {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  /// The request as JSON text, with white space and escapes where a serializer may put them.
  mutating func text() -> String {
    var members = [#""model":"m""#, "\"input\":[\(list(0...8) { $0.item() })]"]
    if chance(3) { members.append(#""store":\#(pick(["true", "false"]))"#) }
    if chance(4) { members.append(#""include":[]"#) }
    if chance(4) { members.append(#""prompt_cache_retention":"24h""#) }
    if chance(4) { members.append(#""tools":[]"#) }
    if chance(4) { members.append(#""temperature":1.0e0"#) }
    return object(members)
  }

  private mutating func item() -> String {
    switch next(6) {
    case 0, 1: message()
    case 2: object(origin() + [#""type":"function_call""#, #""call_id":"c""#, #""name":"f""#])
    case 3:
      object(
        origin() + [
          #""type":"function_call_output""#, #""call_id":"c""#, #""output":"\#(words())""#,
        ])
    case 4:
      object(
        origin() + [
          #""type":"reasoning""#, #""summary":[]"#,
          #""encrypted_content":\#(pick(["null", "\"b\"", "\"\""]))"#,
        ])
    default: object([#""type":"item_reference""#, #""id":"x""#])
    }
  }

  private mutating func message() -> String {
    let role = pick(["user", "assistant", "developer"])
    var members = origin() + [#""role":"\#(role)""#, #""content":\#(content())"#]
    if chance(2) { members.append(#""type":"message""#) }
    return object(members)
  }

  private mutating func content() -> String {
    if chance(2) { return "\"\(words())\"" }
    return "[" + list(0...3) { $0.part() } + "]"
  }

  private mutating func part() -> String {
    var members = [
      #""type":"\#(pick(["output_text", "input_text"]))""#, #""text":"\#(words())""#,
    ]
    if chance(3) { members.append(#""annotations":\#(pick(["[]", "null"]))"#) }
    return object(members)
  }

  private mutating func origin() -> [String] {
    var members: [String] = []
    if chance(2) { members.append(#""id":"i_1""#) }
    if chance(3) { members.append(#""status":"completed""#) }
    return members
  }

  private mutating func words() -> String {
    pick(["", "hi", #"a \"quoted\" \\ path\n"#, "日本語 ✓", #"\u00e9\ud83d\ude00"#, "}],{["])
  }

  private mutating func object(_ members: [String]) -> String {
    var members = members
    for index in members.indices.reversed() { members.swapAt(index, next(index + 1)) }
    let space = pick(["", " ", "\n\t"])
    return "{" + space + members.joined(separator: space + "," + space) + space + "}"
  }

  private mutating func list(
    _ lengths: ClosedRange<Int>, _ make: (inout RandomRequest) -> String
  ) -> String {
    var elements: [String] = []
    for _ in 0..<next(lengths.upperBound + 1) { elements.append(make(&self)) }
    return elements.joined(separator: pick([",", " , "]))
  }

  private mutating func pick(_ choices: [String]) -> String { choices[next(choices.count)] }

  private mutating func chance(_ count: Int) -> Bool { next(count) == 0 }

  /// xorshift64*, by Vigna.
  private mutating func next(_ bound: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
  }
}
