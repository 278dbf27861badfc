import Foundation
import RawUpstream
import Testing
import TransportHost

@Suite struct `Hosts that share a process` {
  @Test(.timeLimit(.minutes(1)))
  func `start and load their plugins at once, each called at once`() async throws {
    let upstreams = try Upstreams()
    let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        let host = try upstreams.host()
        for number in 0..<6 {
          let model = EmulatedNames.all[number % 3]
          group.addTask { try await host.respond(to: .text("Hi", model: model)).text.isEmpty }
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 0 : 1) }
    }
    #expect(answers == 48)
  }

  @Test func `take one plugin from two files`() async throws {
    let upstreams = try Upstreams()
    let copy = FileManager.default.temporaryDirectory
      .appendingPathComponent("libcopy-\(UUID().uuidString).so").path
    try FileManager.default.copyItem(
      atPath: Upstreams.pluginDirectory + "/libopenai.so", toPath: copy)
    defer { try? FileManager.default.removeItem(atPath: copy) }
    let first = try upstreams.host()
    let second = try upstreams.host(
      configuration: upstreams.configuration().replacing(
        "providers:", with: "plugins: { openai: { path: \(copy) } }\nproviders:"))
    for host in [first, second, first] {
      #expect(!(try await host.respond(to: .text("Hi", model: "openai")).text.isEmpty))
    }
    #expect(try second.explain(.text("Hi", model: "openai")).file == copy)
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func `never follow a redirect`(status: Int) async throws {
    let other = try RawServer { connection in
      _ = connection.readRequest()
      connection.respond("{}")
    }
    let url = other.url
    let upstream = try HostileUpstream {
      $0.respond("", status: "\(status) Go", headers: "location: \(url)/v1/responses\r\n")
    }
    let failure = try #require(await upstream.failure())
    #expect(failure.code == .protocolError)
    #expect(failure.attempts.count == 1)
    #expect(other.accepted == 0)
  }

  private enum EmulatedNames { static let all = ["openai", "azure-openai", "azure-foundry"] }
}
