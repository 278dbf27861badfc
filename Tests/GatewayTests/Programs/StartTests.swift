#if Gateway
import ChildProcess
import Foundation
import RawUpstream
import Testing

@Suite struct `The program starts` {
  private func run(_ configuration: String?, _ arguments: [String]) throws -> ChildProcess.Outcome {
    let scratch = try Scratch()
    if let configuration { try scratch.write(configuration, to: "providers.yaml") }
    return try GatewayProgram.start(arguments, in: scratch).finish()
  }

  private let sound = HostSetting.configuration(of: "http://127.0.0.1:9")

  @Test func `and says to people where it listens`() async throws {
    let scratch = try Scratch()
    try scratch.write(sound, to: "providers.yaml")
    let process = try GatewayProgram.start(["--listen", "127.0.0.1:0"], in: scratch)
    try await eventually {
      process.errorText.contains("the base URL of tools is http://127.0.0.1:")
    }
    #expect(process.errorText.contains("/v1\n"))
    process.terminate()
    let outcome = try await onThread { process.finish() }
    #expect(outcome.ending == .exit(0))
    #expect(outcome.output.isEmpty)
  }

  @Test func `without a provider whose plugin is not there, and says so`() async throws {
    let program = try GatewayProgram(
      sound.replacing("plugin: openai", with: "plugin: opnai"))
    try await eventually { program.process.errorText.contains("no libopnai.so in") }
    #expect(program.process.errorText.contains("(did you mean \"openai\"?)"))
    let answer = try await program.ask("POST", "/v1/responses", TestGateway.request())
    #expect(answer.status == 500)
    #expect(try answer.error("code") == "plugin_unavailable")
    #expect(answer.header("x-should-retry") == "false")
  }

  @Test func `not without a file, and says where it looked`() throws {
    let outcome = try run(nil, [])
    #expect(outcome.ending == .exit(3))
    #expect(outcome.errorText.contains("no file there"))
    #expect(outcome.errorText.contains("providers.yaml"))
  }

  @Test func `not with a file in which something is wrong, and shows where`() throws {
    let outcome = try run(sound.replacing("plugin: openai", with: "plugn: openai"), ["--json"])
    #expect(outcome.ending == .exit(3))
    #expect(outcome.errorText.contains("^^^^^"))
    #expect(outcome.text.contains("unknown-key"))
  }

  @Test func `not where other machines could ask without a token, and names the way out`() throws {
    let outcome = try run(sound, ["--listen", "0.0.0.0:0"])
    #expect(outcome.ending == .exit(3))
    #expect(outcome.errorText.contains("no client has a token"))
    #expect(outcome.errorText.contains("gateway.clients"))
  }

  @Test func `not where a client's token cannot be read, and points at it`() throws {
    let text = sound.replacing(
      "{ drain: 100ms }", with: "{ clients: { editor: { token: { env: NOT_SET } } } }")
    let outcome = try run(text, ["--listen", "127.0.0.1:0"])
    #expect(outcome.ending == .exit(3))
    #expect(outcome.errorText.contains("\"editor\""))
    #expect(outcome.errorText.contains("NOT_SET"))
    #expect(outcome.errorText.contains("^^^"))
  }

  @Test func `not on an address that is taken, and names the option`() throws {
    let taken = try RawServer { $0.end() }
    let outcome = try run(sound, ["--listen", "127.0.0.1:\(taken.port)", "--json"])
    #expect(outcome.ending == .exit(4))
    #expect(outcome.errorText.contains("127.0.0.1:\(taken.port)"))
    #expect(outcome.errorText.contains("--listen"))
    #expect(outcome.text.contains("\"network\""))
  }

  @Test(arguments: [
    ["--listen", "nowhere"], ["--threads", "0"], ["--threads", "65"], ["--unheard-of"],
  ])
  func `not with arguments that are none`(arguments: [String]) throws {
    let outcome = try run(sound, arguments)
    #expect(outcome.ending == .exit(2))
    #expect(!outcome.errorText.isEmpty)
  }

  @Test func `with several threads, that serve alike`() async throws {
    let upstream = try RawServer { connection in
      while connection.readRequest() != nil {
        connection.respond(Reply.whole, headers: "content-type: application/json\r\n")
      }
    }
    let program = try GatewayProgram(
      HostSetting.configuration(of: upstream.url), ["--threads", "4"])
    for _ in 0..<12 {
      #expect(try await program.ask("POST", "/v1/responses", TestGateway.request()).status == 200)
    }
    program.process.terminate()
    let outcome = try await onThread { program.process.finish() }
    #expect(outcome.ending == .exit(0))
  }
}
#endif
