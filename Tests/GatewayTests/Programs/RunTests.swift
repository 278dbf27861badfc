#if Gateway
import ChildProcess
import Foundation
import Testing
import UpstreamEmulator

/// A command beside a gateway of its own, and recordings of what it asks.
@Suite(.serialized) struct `A command with a gateway of its own` {
  private let scratch: Scratch
  private let upstreams: Upstreams

  init() throws {
    scratch = try Scratch()
    upstreams = try Upstreams()
    try scratch.write(upstreams.configuration(), to: "providers.yaml")
  }

  private func run(_ arguments: [String]) throws -> ChildProcess.Outcome {
    let home = scratch.directory.path
    return try ChildProcess(
      HostSetting.directory + "/jackfield-gateway", arguments, in: home,
      environment: HostSetting.variables.merging(
        ["HOME": home, "PATH": "/usr/bin:/bin"]
      ) { own, _ in own }
    ).finish()
  }

  /// Asks the gateway that its variables lead to, as a tool does.
  private static func ask(_ text: String = "Hello there", isStream: Bool = true) -> String {
    """
    curl -sN "$OPENAI_BASE_URL/responses" -H "authorization: Bearer $OPENAI_API_KEY" \
    -d '{"model":"openai","input":"\(text)","stream":\(isStream)}'
    """
  }

  private func files(_ folder: String) -> [String] {
    let path = scratch.directory.appendingPathComponent(folder).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  @Test func `finds it in its variables, past a proxy, and gives its exit code back`() throws {
    let script = "export http_proxy=http://127.0.0.1:1; \(Self.ask()); exit 7"
    let outcome = try run(["run", "--", "sh", "-c", script])
    #expect(outcome.ending == .exit(7))
    #expect(outcome.text.contains("event: response.completed"))
    #expect(outcome.text.contains("Hello"))
  }

  @Test func `is the only one whom the gateway serves`() throws {
    let script = "curl -s \"$OPENAI_BASE_URL/models\" -o /dev/null -w '%{http_code}'"
    let outcome = try run(["run", "--", "sh", "-c", script])
    #expect(outcome.text == "401")
  }

  @Test func `that a signal ends has the shell's code for it`() throws {
    #expect(try run(["run", "--", "sh", "-c", "kill -TERM $$"]).ending == .exit(143))
  }

  @Test func `that is not there is named`() throws {
    let outcome = try run(["run", "--", "no-such-program"])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errorText.contains("no-such-program"))
    #expect(try run(["run"]).ending == .exit(2))
  }

  @Test func `gets the arguments that Codex reads in place of variables`() throws {
    try scratch.write("#!/bin/sh\nprintf '%s\\n' \"$@\"\n", to: "codex")
    let path = scratch.directory.appendingPathComponent("codex").path
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    let lines = try run(["run", "--", path, "exec", "hi"]).text.split(separator: "\n")
    #expect(lines.suffix(2) == ["exec", "hi"])
    let setting = "model_providers.jackfield.base_url=\"http://127.0.0.1:"
    #expect(lines.contains { $0.hasPrefix(setting) })
  }

  @Test func `is recorded without a secret and replayed byte for byte`() throws {
    let recorded = try run(["record", "tape", "--", "sh", "-c", Self.ask()])
    #expect(recorded.ending == .exit(0))
    #expect(files("tape") == ["0001-post-v1-responses.jsonl"])
    let tape = try String(
      contentsOf: scratch.directory.appendingPathComponent("tape/0001-post-v1-responses.jsonl"),
      encoding: .utf8)
    #expect(!tape.contains("Bearer jf-") && !tape.contains(Upstreams.key))
    #expect(tape.contains("[scrubbed]"))
    upstreams.emulator.stop()
    let replayed = try run(["replay", "tape", "--no-delay", "--", "sh", "-c", Self.ask()])
    #expect(replayed.ending == .exit(0))
    #expect(replayed.text == recorded.text)
    #expect(!recorded.text.isEmpty)
  }

  @Test func `that asks what was not recorded learns what differs`() throws {
    _ = try run(["record", "tape", "--", "sh", "-c", Self.ask()])
    let other = try run(["replay", "tape", "--", "sh", "-c", Self.ask("Bye")])
    #expect(other.text.contains(#""code":"no_recording""#))
    #expect(other.text.contains(#""param":"input""#))
    #expect(other.errorText.contains("served nothing: tape/0001-post-v1-responses.jsonl"))
  }

  @Test func `records behind what a folder has`() throws {
    for _ in 0..<2 { _ = try run(["record", "tape", "--", "sh", "-c", Self.ask()]) }
    #expect(files("tape").map { $0.prefix(4) } == ["0001", "0002"])
  }

  @Test func `is not replayed from a folder without recordings, or with a damaged one`() throws {
    let missing = try run(["replay", "nowhere", "--", "true"])
    #expect(missing.ending == .exit(2))
    #expect(missing.errorText.contains("nowhere"))
    try FileManager.default.createDirectory(
      at: scratch.directory.appendingPathComponent("bad"), withIntermediateDirectories: true)
    try scratch.write("nonsense\n", to: "bad/0001-x.jsonl")
    let damaged = try run(["replay", "bad", "--", "true"])
    #expect(damaged.ending == .exit(2))
    #expect(damaged.errorText.contains("bad/0001-x.jsonl:1"))
  }

  @Test func `may be replayed faster, and not at no speed`() throws {
    #expect(try run(["replay", "tape", "--speed", "0"]).ending == .exit(2))
    #expect(try run(["replay", "tape", "--speed", "2", "--no-delay"]).ending == .exit(2))
    #expect(try run(["replay", "tape", "--listen", "0.0.0.0:0"]).ending == .exit(2))
  }
}
#endif
