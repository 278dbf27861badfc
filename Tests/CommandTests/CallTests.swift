import ChildProcess
import Foundation
import Testing

@Suite struct `The call command` {
  static let tools = """
    {"model":"MODEL","stream":true,"input":[{"type":"message","role":"user","content":"Weather in \
    Paris?"}],"tools":[{"type":"function","name":"get_weather","parameters":{"type":"object",\
    "properties":{"city":{"type":"string"}}}}]}
    """

  @Test(arguments: Configuration.names, [[], ["--no-stream"]])
  func `prints the answer's text on standard output and nothing else`(
    upstream: String, options: [String]
  ) throws {
    let emulators = try Emulators()
    let place = try Workplace(emulators.configuration())
    let outcome = try Program.jackfield.run(
      ["call", "on-\(upstream)", "Grüße, 世界"] + options, environment: Configuration.environment,
      in: place.files.directory)
    #expect(outcome.status == 0, "\(outcome.errorText)")
    #expect(outcome.text == "You said: Grüße, 世界")
    #expect(!outcome.errorText.contains("\u{1B}"))
  }

  @Test(arguments: Configuration.names)
  func `prints tool calls and edits on standard error`(upstream: String) throws {
    let emulators = try Emulators()
    let place = try Workplace(emulators.configuration())
    let outcome = try place.run(
      "call", input: Self.tools.replacing("MODEL", with: "on-\(upstream)"))
    #expect(outcome.status == 0, "\(outcome.errorText)")
    #expect(outcome.text.isEmpty)
    #expect(outcome.errorText.contains("tool call  get_weather  call_"))
    #expect(outcome.errorText.contains("edit  model-name"))
    #expect(outcome.errorText.contains(#"{"city": "#))
  }

  @Test(arguments: [["--json"], ["--json", "--no-stream"]])
  func `--json prints the response object`(options: [String]) throws {
    let emulators = try Emulators()
    let place = try Workplace(emulators.configuration())
    let outcome = try Program.jackfield.run(
      ["call", "gpt-5", "Hi"] + options, environment: Configuration.environment,
      in: place.files.directory)
    let object = try outcome.json()
    #expect(object["object"] as? String == "response")
    #expect(object["status"] as? String == "completed")
    #expect(outcome.text.hasSuffix("}\n"))
  }

  @Test func `--events prints each event's data on a line, bytes unchanged`() throws {
    let emulators = try Emulators()
    let place = try Workplace(emulators.configuration())
    let outcome = try place.run("call", "gpt-5", "Hi", "--events")
    let lines = outcome.text.split(separator: "\n")
    let types = try lines.map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])[
        "type"] as? String
    }
    #expect(types.first == "response.created")
    #expect(types.last == "response.completed")
    #expect(types.count { $0 == "response.output_text.delta" } >= 2)
    #expect(lines.allSatisfy { $0.hasPrefix(#"{"type":""#) && $0.hasSuffix("}") })
  }

  @Test func `--trace prints the ledger on standard error`() throws {
    let emulators = try Emulators()
    let place = try Workplace(emulators.configuration())
    let outcome = try place.run("call", "gpt-5", "Hi", "--trace")
    #expect(outcome.text == "You said: Hi")
    let ledger = try #require(outcome.errorText.split(separator: "\n").last)
    #expect(ledger.hasPrefix("attempt 1  openai  gpt-5  first target of \"gpt-5\"  at "))
    #expect(ledger.contains("  200  connect "))
    #expect(ledger.contains(#/  in \d+.*, out \d+/#))
    #expect(ledger.hasSuffix("  0 edits  ok  providers.yaml:21:9"))
  }

  @Test(arguments: [
    ("401", "auth", 4), ("403", "permission", 4), ("429", "rate_limited", 4),
    ("quota", "quota_exhausted", 4), ("500", "upstream_failed", 4), ("503", "overloaded", 4),
    ("reset", "network", 4), ("cut:3", "stream_truncated", 4),
    ("garbage-http", "protocol_error", 4),
    ("content-filter", "content_filtered", 4), ("context-length", "context_length_exceeded", 4),
  ])
  func `a failure is one error object and its exit code`(
    fault: String, code: String, status: Int32
  ) throws {
    let emulators = try Emulators(["--fault", fault])
    let place = try Workplace(emulators.configuration())
    let outcome = try place.run("call", "gpt-5", "Hi", "--json")
    #expect(outcome.status == status)
    #expect(try outcome.errorField("code") as? String == code)
    let error = try #require(try outcome.json()["error"] as? [String: Any])
    #expect(
      ["code", "message", "fault", "source", "attempts", "retry_after_ms"].allSatisfy {
        error[$0] != nil
      })
    #expect(outcome.error.isEmpty || !outcome.errorText.contains("error:"))
  }

  @Test func `a broken stream leaves its text and events where they are`() throws {
    let emulators = try Emulators(["--fault", "cut:6"])
    let place = try Workplace(emulators.configuration())
    let text = try place.run("call", "gpt-5", "one two three")
    #expect(text.status == 4)
    #expect("You said: one two three".hasPrefix(text.text))
    #expect(!text.text.isEmpty)
    #expect(text.errorText.contains("[stream_truncated]"))
    let events = try place.run("call", "gpt-5", "one two three", "--events")
    #expect(events.status == 4)
    #expect(events.text.split(separator: "\n").last?.contains("stream_truncated") == true)
    #expect(events.errorText.contains("[stream_truncated]"))
  }

  @Test func `an answer cut at its length is a success with a warning`() throws {
    let emulators = try Emulators()
    let place = try Workplace(emulators.configuration())
    let words = Array(repeating: "word", count: 60).joined(separator: " ")
    let outcome = try place.run(
      "call", "gpt-5",
      input: #"{"input":"\#(words)","max_output_tokens":16}"#)
    #expect(outcome.status == 0)
    #expect(outcome.errorText.contains("warning  the answer is incomplete: max_output_tokens"))
  }

  @Test func `a stored response can be fetched and deleted`() throws {
    let emulators = try Emulators()
    let place = try Workplace(emulators.configuration())
    let made = try place.run("call", "gpt-5", "Hi", "--json")
    let id = try #require(try made.json()["id"] as? String)
    let got = try place.run("call", "gpt-5", "--operation", "get", "--response-id", id)
    #expect(got.text == "You said: Hi")
    let deleted = try place.run("call", "gpt-5", "--operation", "delete", "--response-id", id)
    #expect(try deleted.json()["deleted"] as? Bool == true)
    let gone = try place.run("call", "gpt-5", "--operation", "get", "--response-id", id, "--json")
    #expect(gone.status == 4)
    #expect(try gone.errorField("code") as? String == "not_found")
  }

  @Test(arguments: ["stall", "stall-mid-stream:5"])
  func `an interrupt cancels the call and ends with 130`(fault: String) throws {
    let emulators = try Emulators(["--fault", fault])
    let place = try Workplace(emulators.configuration())
    let process = try Program.jackfield.start(
      ["call", "gpt-5", "Hi", "--events"], environment: Configuration.environment,
      in: place.files.directory)
    // The call runs once its edits are told, or its first event came.
    _ = fault == "stall" ? nil : process.nextLine()
    while fault == "stall", process.isRunning, !(try emulators.isConnected(to: "openai")) {
      sched_yield()
    }
    process.interrupt()
    let outcome = process.finish()
    #expect(outcome.ending == .exit(130))
    #expect(outcome.errorText.contains("[cancelled]"))
  }
}

extension Emulators {
  /// Whether somebody is connected to an emulated upstream, by the system's own table.
  func isConnected(to name: String) throws -> Bool {
    let port = try #require(URL(string: baseURLs[name] ?? "")?.port)
    let hex = String(format: "0100007F:%04X", port)
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/net/tcp"))
    let table = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    return table.split(separator: "\n").contains { line in
      let fields = line.split(separator: " ")
      return fields.count > 3 && fields[1] == hex && fields[3] == "01"
    }
  }
}
