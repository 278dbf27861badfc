@testable import UpstreamEmulator

/// One running listener and a plain client for it.
struct Emulation {
  let emulator = UpstreamEmulator()
  let listener: UpstreamEmulator.Listener
  let clock = StandingClock()

  init(_ upstream: EmulatedUpstream, _ change: (inout EmulatorOptions) throws -> Void = { _ in })
    throws
  {
    var options = EmulatorOptions()
    options.clock = clock.clock
    try change(&options)
    listener = try emulator.start(upstream, options: options)
  }

  var base: String { listener.upstream.basePath }

  var credential: (String, String) {
    listener.upstream == .openai
      ? ("authorization", "Bearer \(listener.key)") : ("api-key", listener.key)
  }

  /// One request on a connection of its own.
  func send(
    _ method: String, _ target: String, _ body: JSON? = nil, headers: [(String, String)]? = nil
  ) throws -> WireReply {
    let client = try WireClient(port: listener.port)
    try client.send(request(method, target, body, headers: headers ?? [credential]))
    return client.reply()
  }

  func request(
    _ method: String, _ target: String, _ body: JSON? = nil, headers: [(String, String)]
  ) -> [UInt8] {
    let bytes = body?.bytes ?? []
    var head = "\(method) \(target) HTTP/1.1\r\nhost: 127.0.0.1\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if body != nil { head += "content-type: application/json\r\n" }
    if body != nil || method == "POST" { head += "content-length: \(bytes.count)\r\n" }
    return Array((head + "\r\n").utf8) + bytes
  }

  /// A create request; the model is added where it is missing.
  func create(_ body: JSON, fault: String? = nil) throws -> WireReply {
    let headers = [credential] + (fault.map { [("x-emulate-fault", $0)] } ?? [])
    let body = body["model"] == nil ? body.with("model", "gpt-5") : body
    return try send("POST", "\(base)/responses", body, headers: headers)
  }

  func get(_ path: String) throws -> WireReply { try send("GET", base + path) }
}

/// Bodies that occur again and again.
enum Sample {
  static func user(_ text: String) -> JSON {
    [
      "type": "message", "role": "user",
      "content": [["type": "input_text", "text": .string(text)]],
    ]
  }

  static func tool(_ name: String) -> JSON {
    [
      "type": "function", "name": .string(name),
      "parameters": [
        "type": "object", "properties": ["city": ["type": "string"]], "required": ["city"],
      ],
    ]
  }

  static func output(of call: JSON, _ text: String = "12 degrees") -> JSON {
    [
      "type": "function_call_output", "call_id": call["call_id"] ?? "",
      "output": .string(text),
    ]
  }

  static let toolRequest: JSON = ["input": [user("Oslo?")], "tools": [tool("weather")]]
  static let streamed: JSON = ["input": [user("hello there, é 漢字")], "stream": true]
}
