import ChildProcess
import Foundation
import Testing

@testable import UpstreamEmulator

/// Starts the program as another process, with an open input.
private func start(_ arguments: [String]) throws -> ChildProcess {
  let tests = URL(fileURLWithPath: CommandLine.arguments[0])
  return try ChildProcess(
    tests.deletingLastPathComponent().appendingPathComponent("jackfield-emulate").path, arguments,
    input: .open)
}

extension ChildProcess {
  fileprivate func nextObject() throws -> JSON { try JSON(parsing: Array((nextLine() ?? "").utf8)) }
}

@Suite struct `The program prints where it listens` {
  @Test func `a line of JSON per listener, once it accepts`() throws {
    let program = try start(["--json", "--race-ms", "0"])
    for upstream in EmulatedUpstream.allCases {
      let line = try program.nextObject()
      #expect(line.members.map(\.name) == ["emulator", "base_url", "api_key", "deployments"])
      #expect(line["emulator"]?.text == upstream.rawValue)
      #expect(line["deployments"] == ["gpt-5", "gpt-5-mini", "gpt-4.1"])
      let url = try #require(line["base_url"]?.text)
      #expect(url.hasSuffix(upstream.basePath))
      let port = try #require(url.split(separator: ":").last?.prefix { $0.isNumber })
      _ = try WireClient(port: try #require(UInt16(port)))
    }
    program.terminate()
    #expect(program.wait() == .exit(0))
  }

  @Test func `only what was asked for, with its key, names, quirks and faults`() throws {
    let program = try start([
      "azure-foundry=0", "--json", "--key", "k", "--deployment", "one", "--deployment", "two",
      "--quirk", "refuse-store", "--fault", "429x1", "--until-stdin-closes",
    ])
    let line = try program.nextObject()
    #expect(line["emulator"] == "azure-foundry")
    #expect(line["api_key"] == "k")
    #expect(line["deployments"] == ["one", "two"])
    let outcome = program.finish()
    #expect(outcome.text == "")
    #expect(outcome.ending == .exit(0))
  }

  @Test func `B.3: tokens on request, which the upstreams beside them take`() throws {
    let program = try start([
      "tokens=0", "azure-foundry=0", "--json", "--token-lifetime", "60", "--race-from-ms", "0",
    ])
    let foundry = try program.nextObject()
    let tokens = try program.nextObject()
    #expect(foundry["emulator"] == "azure-foundry")
    #expect(
      tokens.members.map(\.name) == [
        "emulator", "base_url", "tenant", "client_id", "client_secret", "identity_header",
      ])
    func port(_ line: JSON) throws -> UInt16 {
      let digits = line["base_url"]?.text?.split(separator: ":").last?.prefix { $0.isNumber }
      return try #require(digits.flatMap { UInt16($0) })
    }
    let client = try WireClient(port: try port(tokens))
    try client.send(
      "GET /msi/token?api-version=2019-08-01&resource=https://ai.azure.com HTTP/1.1\r\nhost: x\r\n"
        + "x-identity-header: \(tokens["identity_header"]?.text ?? "")\r\n\r\n")
    let token = try #require(client.reply().json["access_token"]?.text)
    let models = try WireClient(port: try port(foundry))
    let body: JSON = ["model": "gpt-5", "input": "x"]
    try models.send(
      "POST /api/projects/demo/openai/v1/responses HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
        + "\(token)\r\ncontent-type: application/json\r\ncontent-length: \(body.bytes.count)\r\n\r\n"
        + String(decoding: body.bytes, as: UTF8.self))
    #expect(models.reply().status == 200)
    program.terminate()
    #expect(program.wait() == .exit(0))
  }

  @Test func `a line in the log for each reply that has ended, without the key`() throws {
    let path = NSTemporaryDirectory() + "jackfield-replies-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let program = try start(["openai=0", "--json", "--key", "secret-4711", "--log", path])
    let url = try #require(try program.nextObject()["base_url"]?.text)
    let digits = try #require(url.split(separator: ":").last?.prefix { $0.isNumber })
    for input in ["short", String(repeating: "x", count: 70_000)] {
      let body: JSON = ["model": "gpt-5", "input": .string(input), "stream": true]
      let client = try WireClient(port: try #require(UInt16(digits)))
      try client.send(
        "POST /v1/responses HTTP/1.1\r\nhost: x\r\nauthorization: Bearer secret-4711\r\n"
          + "content-type: application/json\r\ncontent-length: \(body.bytes.count)\r\n"
          + "connection: close\r\n\r\n" + String(decoding: body.bytes, as: UTF8.self))
      #expect(client.reply().status == 200)
    }
    program.terminate()
    #expect(program.wait() == .exit(0))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(!text.contains("secret-4711"))
    let lines = try text.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
    #expect(lines.count == 2)
    let first = try #require(lines.first { $0["body"] != .null })
    #expect(first["body"]?["input"] == "short")
    #expect(first["emulator"] == "openai")
    #expect(first["target"] == "/v1/responses")
    #expect(first["status"] == 200)
    #expect((first["events"]?.integer ?? 0) > 8)
    #expect(first["client_left"] == false)
    #expect((lines.first { $0["body"] == .null }?["bytes"]?.integer ?? 0) > 70_000)
  }

  @Test func `a log that cannot be written is 4`() throws {
    #expect(try start(["openai", "--log", "/nowhere/log"]).wait() == .exit(4))
  }

  @Test func `tokens alone come with all three`() throws {
    let program = try start(["tokens=0", "--json"])
    let names = try (0..<4).map { _ in try program.nextObject()["emulator"]?.text }
    #expect(names == ["openai", "azure-openai", "azure-foundry", "tokens"])
    program.terminate()
    #expect(program.wait() == .exit(0))
  }

  @Test func `a page for a person that ends on an interrupt`() throws {
    let program = try start(["openai"])
    var text = ""
    while !text.contains("Ctrl-C ends it.\n"), let line = program.nextLine() { text += line + "\n" }
    #expect(text.contains("Ctrl-C ends it.\n"))
    #expect(text.contains("sk-emulated-openai-key"))
    program.interrupt()
    #expect(program.wait() == .exit(0))
  }

  @Test func `help lists every quirk and every fault on a line`() throws {
    let help = try start(["--help"]).finish().text
    let lines = help.split(separator: "\n")
    let wanted =
      Quirk.Name.allCases.map(\.usage) + Fault.catalogue.map(\.usage)
      + Fault.catalogueOfTokens.map(\.usage)
    for name in wanted {
      #expect(lines.contains { $0.hasPrefix("  \(name) ") }, "\(name)")
    }
    #expect(lines.allSatisfy { $0.count <= 80 || $0.hasPrefix("USAGE") })
  }

  @Test(arguments: [
    ["nope=1"], ["openai=x"], ["--fault", "nope"], ["--race-ms", "-1"],
    ["--race-from-ms", "3000"], ["--token-fault", "nope"], ["--token-lifetime", "-1"],
    ["tokens=0", "tokens=1"],
  ])
  func `wrong usage is 2`(arguments: [String]) throws {
    #expect(try start(arguments).wait() == .exit(2))
  }

  @Test func `a certificate that cannot be read is 4`() throws {
    #expect(try start(["tokens=0", "--client-certificate", "/nowhere"]).wait() == .exit(4))
    #expect(try start(["tokens=0", "--client-certificate", "/proc/self/maps"]).wait() == .exit(4))
  }

  @Test func `a port that is taken is 4`() throws {
    let emulation = try Emulation(.openai)
    #expect(try start(["openai=\(emulation.listener.port)"]).wait() == .exit(4))
  }
}
