import AgentHistory

/// Requests with every kind of item, in the order of chance, oddly written.
struct RandomRequest {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private static let types = [
    "message", "message", "reasoning", "reasoning", "reasoning", "function_call",
    "custom_tool_call", "function_call_output", "custom_tool_call_output", "item_reference",
    "compaction", "web_search_call", "local_shell_call_output", "",
  ]
  private static let spaces = ["", "", "", " ", "\n  ", "\t"]
  private static let oddKeys = [
    "id": #""\u0069d""#, "encrypted_content": #""\u0065ncrypted_content""#, "type": #""\u0074ype""#,
    "call_id": #""\u0063all_id""#, "role": #""\u0072ole""#,
    "previous_response_id": #""previous\u005fresponse_id""#, "input": #""inp\u0075t""#,
  ]

  /// A whole request; its ids are `id-0` to `id-9`, or none.
  mutating func body() -> [UInt8] {
    var members = [("model", #""large""#), ("store", random.pick(["true", "false"]))]
    for _ in 0..<random.pick([0, 1, 1, 1, 2]) {
      members.append(
        ("previous_response_id", random.pick([#""resp_1""#, #""resp_\u0032""#, "null", "7"])))
    }
    if chance(4) { members.append(("prompt_cache_key", #""key""#)) }
    for _ in 0..<random.pick([0, 1, 1, 1, 1, 1, 1, 2]) { members.append(("input", input())) }
    members.shuffle(using: &random)
    return Array((space + object(members) + space).utf8)
  }

  private mutating func input() -> String {
    guard !chance(12) else { return #""only text, with \"id\" in it""# }
    let items = (0..<Int.random(in: 0...14, using: &random)).map { _ in item() }
    return list(items, "[", "]")
  }

  private mutating func item() -> String {
    guard !chance(25) else {
      return random.pick(["null", #""text""#, "[1,{\"id\":\"id-1\"}]", "{}"])
    }
    guard !chance(12) else { return object([("id", id)]) }
    let type = random.pick(Self.types)
    var members: [(String, String)] = []
    if !type.isEmpty { members.append(("type", "\"\(type)\"")) }
    if type.isEmpty, chance(3) { members.append(("type", random.pick(["null", #""""#, "3"]))) }
    if type == "message" || type.isEmpty {
      members.append(("role", random.pick([#""user""#, #""assistant""#, #""assistant""#])))
      members.append(
        ("content", random.pick([#""hello""#, #"[{"type":"input_text","id":"id-1"}]"#])))
    }
    if type.contains("call"), !chance(8) {
      members.append(("call_id", "\"call-\(Int.random(in: 0...3, using: &random))\""))
    }
    if type == "reasoning" { members.append(("summary", "[]")) }
    if type == "compaction" || type == "reasoning" || chance(20), !chance(4) {
      members.append(("encrypted_content", blob))
    }
    if type == "item_reference" || !chance(4) { members.append(("id", id)) }
    if chance(15) { members.append(("id", id)) }
    if chance(3) { members.append(("status", #""completed""#)) }
    members.shuffle(using: &random)
    return object(members)
  }

  private var id: String {
    mutating get {
      let number = Int.random(in: 0...9, using: &random)
      return random.pick(["\"id-\(number)\"", "\"id-\(number)\"", "\"i\\u0064-\(number)\"", "null"])
    }
  }

  private var blob: String {
    mutating get {
      let number = Int.random(in: 0...9, using: &random)
      return random.pick([
        "\"gAAAA/x\(number)==\"", "\"gAAAA\\/x\(number)\\u003d=\"", "null", #""""#,
      ])
    }
  }

  private mutating func object(_ members: [(String, String)]) -> String {
    list(members.map { "\(key($0.0))\(space):\(space)\($0.1)" }, "{", "}")
  }

  private mutating func list(_ elements: [String], _ open: String, _ close: String) -> String {
    let elements = elements.map { "\(space)\($0)\(space)" }
    return "\(open)\(elements.isEmpty ? space : elements.joined(separator: ","))\(close)"
  }

  private mutating func key(_ name: String) -> String {
    chance(10) ? Self.oddKeys[name] ?? "\"\(name)\"" : "\"\(name)\""
  }

  private var space: String { mutating get { random.pick(Self.spaces) } }

  private mutating func chance(_ sides: Int) -> Bool {
    Int.random(in: 0..<sides, using: &random) == 0
  }
}
