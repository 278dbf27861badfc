import Foundation
import Testing

@testable import UpstreamEmulator

/// The program as another process, with its output.
private final class Program {
  let process = Process()
  private let output = Pipe()
  let input = Pipe()

  init(_ arguments: [String]) throws {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0])
    process.executableURL = tests.deletingLastPathComponent()
      .appendingPathComponent("jackfield-emulate")
    process.arguments = arguments
    process.standardOutput = output
    process.standardInput = input
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    if process.isRunning { process.terminate() }
  }

  func line() throws -> JSON {
    var bytes: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 10 {
      bytes.append(byte)
    }
    return try JSON(parsing: bytes)
  }

  func everything() throws -> String {
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  func status() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }
}

@Suite struct `The program prints where it listens` {
  @Test func `a line of JSON per listener, once it accepts`() throws {
    let program = try Program(["--json", "--race-ms", "0"])
    for upstream in EmulatedUpstream.allCases {
      let line = try program.line()
      #expect(line.members.map(\.name) == ["emulator", "base_url", "api_key", "deployments"])
      #expect(line["emulator"]?.text == upstream.rawValue)
      #expect(line["deployments"] == ["gpt-5", "gpt-5-mini", "gpt-4.1"])
      let url = try #require(line["base_url"]?.text)
      #expect(url.hasSuffix(upstream.basePath))
      let port = try #require(url.split(separator: ":").last?.prefix { $0.isNumber })
      _ = try WireClient(port: try #require(UInt16(port)))
    }
    program.process.terminate()
    #expect(program.status() == 0)
    #expect(program.process.terminationReason == .exit)
  }

  @Test func `only what was asked for, with its key, names, quirks and faults`() throws {
    let program = try Program([
      "azure-foundry=0", "--json", "--key", "k", "--deployment", "one", "--deployment", "two",
      "--quirk", "refuse-store", "--fault", "429x1", "--until-stdin-closes",
    ])
    let line = try program.line()
    #expect(line["emulator"] == "azure-foundry")
    #expect(line["api_key"] == "k")
    #expect(line["deployments"] == ["one", "two"])
    try program.input.fileHandleForWriting.close()
    #expect(try program.everything() == "")
    #expect(program.status() == 0)
  }

  @Test func `a page for a person that ends on an interrupt`() throws {
    let program = try Program(["openai"])
    var bytes = Data()
    while !String(decoding: bytes, as: UTF8.self).contains("Ctrl-C ends it.\n") {
      bytes +=
        program.process.standardOutput.map {
          ($0 as? Pipe)?.fileHandleForReading.availableData ?? Data()
        } ?? Data()
    }
    #expect(String(decoding: bytes, as: UTF8.self).contains("sk-emulated-openai-key"))
    program.process.interrupt()
    #expect(program.status() == 0)
  }

  @Test func `help lists every quirk and every fault on a line`() throws {
    let help = try Program(["--help"]).everything()
    let lines = help.split(separator: "\n")
    let wanted = Quirk.Name.allCases.map(\.usage) + Fault.catalogue.map(\.usage)
    for name in wanted {
      #expect(lines.contains { $0.hasPrefix("  \(name) ") }, "\(name)")
    }
    #expect(lines.allSatisfy { $0.count <= 80 || $0.hasPrefix("USAGE") })
  }

  @Test(arguments: [["nope=1"], ["openai=x"], ["--fault", "nope"], ["--race-ms", "-1"]])
  func `wrong usage is 2`(arguments: [String]) throws {
    #expect(try Program(arguments).status() == 2)
  }

  @Test func `a port that is taken is 4`() throws {
    let emulation = try Emulation(.openai)
    #expect(try Program(["openai=\(emulation.listener.port)"]).status() == 4)
  }
}
