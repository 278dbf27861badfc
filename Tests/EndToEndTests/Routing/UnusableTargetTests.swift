import ProviderConfiguration
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `Targets that cannot be asked, over sockets` {
  private static func text(_ field: Field, targets: [String]) -> String {
    let base = field["a"].listener.baseURL
    return """
      version: 1
      providers:
        sound: { plugin: openai, base_url: \(base), auth: { key: { env: CANARY } } }
        pluginless: { plugin: nowhere, base_url: \(base) }
        placeless: { plugin: openai, base_url: "${NOT_SET}/v1", auth: { key: { env: CANARY } } }
        keyless: { plugin: openai, base_url: \(base), auth: { key: { env: NOT_SET } } }
        fileless: { plugin: openai, base_url: \(base), auth: { key: { file: not-there.key } } }
        wrong: { plugin: openai, base_url: \(base), options: { nonsense: 1 } }
      models:
        m: { targets: [\(targets.map { "{ provider: \($0), model: gpt-5 }" }.joined(separator: ", "))] }
      """
  }

  @Test(arguments: ["pluginless", "placeless", "keyless", "fileless", "wrong"])
  func `are passed over, with a warning and a line in the ledger`(name: String) async throws {
    let field = try Field(["a"])
    let clock = VirtualClock()
    let host = try field.host(text: Self.text(field, targets: [name, "sound"]), clock: clock)
    for _ in 0..<4 {
      let end = await host.end("m")
      #expect(end.server == "sound")
      #expect(end.providers == [name, "sound"])
      #expect(end.attempts.map(\.isSent) == [false, true])
      #expect(
        end.attempts[0].outcome == (name == "pluginless" ? "plugin_unavailable" : "config_invalid"))
      #expect(end.attempts[0].source?.line == 10)
      #expect(end.result?.warnings.count { $0.hasPrefix("\(name) could not be asked: ") } == 1)
    }
    #expect(field.counts == [4])
    #expect(clock.now == .zero, "nothing is waited for")
  }

  @Test func `are told in the order of the file`() async throws {
    let field = try Field(["a"])
    let names = ["keyless", "placeless", "pluginless", "wrong"]
    let host = try field.host(text: Self.text(field, targets: names + ["sound"]))
    let end = await host.end("m")
    #expect(end.server == "sound")
    #expect(Set(end.providers.dropLast()) == Set(names))
    #expect(end.result?.warnings.count { $0.contains("could not be asked") } == 4)
    #expect(end.attempts.count { $0.isSent } == 1)
  }

  @Test func `end the call where there is nobody else`() async throws {
    let field = try Field(["a"])
    for name in ["pluginless", "placeless", "keyless", "wrong"] {
      let host = try field.host(text: Self.text(field, targets: [name]))
      let end = await host.end("m")
      #expect(end.error?.code == (name == "pluginless" ? .pluginUnavailable : .configInvalid))
      #expect(end.error?.source != nil)
    }
    let host = try field.host(text: Self.text(field, targets: ["placeless", "keyless"]))
    let end = await host.end("m")
    #expect(end.error?.code == .configInvalid)
    #expect(end.attempts.allSatisfy { !$0.isSent })
    #expect(field.counts == [0])
  }

  @Test func `show in an explanation, and leave its request to the next`() throws {
    let field = try Field(["a"])
    let names = ["placeless", "pluginless", "wrong", "sound"]
    let host = try field.host(text: Self.text(field, targets: names))
    let explanation = try host.explain(.text("Hi", model: "m"))
    #expect(explanation.route.map(\.verdict) == [.unusable, .unusable, .unusable, .chosen])
    #expect(explanation.route.allSatisfy { !$0.reason.isEmpty })
    #expect(explanation.url.hasPrefix(field["a"].listener.baseURL))
  }
}
