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
    let wanted = Quirk.Name.allCases.map(\.usage) + Fault.catalogue.map(\.usage)
    for name in wanted {
      #expect(lines.contains { $0.hasPrefix("  \(name) ") }, "\(name)")
    }
    #expect(lines.allSatisfy { $0.count <= 80 || $0.hasPrefix("USAGE") })
  }

  @Test(arguments: [["nope=1"], ["openai=x"], ["--fault", "nope"], ["--race-ms", "-1"]])
  func `wrong usage is 2`(arguments: [String]) throws {
    #expect(try start(arguments).wait() == .exit(2))
  }

  @Test func `a port that is taken is 4`() throws {
    let emulation = try Emulation(.openai)
    #expect(try start(["openai=\(emulation.listener.port)"]).wait() == .exit(4))
  }
}
