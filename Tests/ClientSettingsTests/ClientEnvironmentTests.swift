import ClientSettings
import Testing

@Suite struct `The environment of a client` {
  @Test func `has every variable by which a tool finds the gateway`() {
    let environment = ClientEnvironment(GatewayAddress(host: "0.0.0.0", port: 9))
    let lines = environment.assignments(token: "t") { _ in nil }.map { "\($0.name)=\($0.value)" }
    #expect(
      lines == [
        "OPENAI_BASE_URL=http://127.0.0.1:9/v1", "OPENAI_API_KEY=t",
        "OPENAI_API_BASE=http://127.0.0.1:9/v1", "OPENAI_API_BASE_URL=http://127.0.0.1:9/v1",
        "OPENAI_HOST=http://127.0.0.1:9", "JACKFIELD_TOKEN=t", "NO_PROXY=127.0.0.1",
        "no_proxy=127.0.0.1",
      ])
  }

  @Test(arguments: [
    ("localhost", nil, "localhost"), ("localhost", "", "localhost"),
    ("localhost", "a, b", "a,b,localhost"), ("localhost", "a, localhost", "a, localhost"),
    ("localhost", "*", "*"), ("::1", "a", "a,::1"),
  ]) func `keeps a proxy out of the way, and what was exempt`(
    host: String, existing: String?, expected: String
  ) {
    let environment = ClientEnvironment(GatewayAddress(host: host, port: 1))
    let values = environment.exemptions { _ in existing }.map(\.value)
    #expect(values == [expected, expected])
  }
}
