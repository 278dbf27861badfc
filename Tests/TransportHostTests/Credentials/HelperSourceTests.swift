import ProviderConfiguration
import Testing

@testable import TransportHost

@Suite(.timeLimit(.minutes(1))) struct `A program supplies a credential` {
  private func bench(_ script: String, _ more: String = "") throws -> TokenBench {
    try TokenBench("{ exec: { command: [sh, -c, '\(script)']\(more) } }")
  }

  @Test func `it is told what it is asked for`() async throws {
    let bench = try bench(
      #"printf "%s/%s/%s-secret" $JACKFIELD_CREDENTIAL $JACKFIELD_PROVIDER "$JACKFIELD_SCOPE""#)
    let supplied = try #require(try await bench.supply())
    #expect(supplied.secret.withValue(\.self) == "cloud/main/-secret")
    #expect(supplied.isToken)
    let scoped = try #require(try await bench.supply(scope: "a b"))
    #expect(scoped.secret.withValue(\.self) == "cloud/main/a b-secret")
  }

  @Test func `it is run again when what it printed ends`() async throws {
    let bench = try bench(#"echo "{\"token\":\"t-$$\",\"expires_in\":100}""#)
    let first = try #require(try await bench.supply())
    #expect(first.end == bench.clock.now + .seconds(100))
    bench.clock.advance(by: .seconds(40))
    #expect(try await bench.supply()?.number == 1)
    bench.clock.advance(by: .seconds(60))
    #expect(try await bench.supply()?.number == 2)
  }

  @Test func `without an end its ttl counts`() async throws {
    let bench = try bench("echo plain-secret", ", ttl: 15m")
    #expect(try await bench.supply()?.end == bench.clock.now + .seconds(900))
  }

  @Test func `a failure shows what it said, without what looks like a secret`() async throws {
    let bench = try bench(
      "echo printed-secret; echo \"sealed: printed-secret sk-abcdefghijkl\" >&2; exit 2")
    let error = try #require(await bench.failure())
    #expect(error.code == .auth)
    #expect(error.source?.description.hasPrefix("providers.yaml:3:") == true)
    #expect(error.message.contains("its program \"sh\" ended with 2: sealed: {credential:cloud}"))
    #expect(!error.message.contains("printed-secret") && !error.message.contains("sk-abc"))
  }

  @Test func `what it says is cut to its end`() async throws {
    let bench = try bench("yes words | head -n 2000 >&2; echo the cause >&2; exit 1")
    let error = try #require(await bench.failure())
    #expect(error.message.count < 600)
    #expect(error.message.hasSuffix("the cause."))
  }

  @Test(arguments: [
    ("true", "printed nothing"), ("echo one; echo two", "more than one line"),
    ("echo \"{\"", "no JSON"), ("yes", "more than 1 MiB"),
  ]) func `output that is no secret is refused`(script: String, words: String) async throws {
    let error = try #require(await bench(script).failure())
    #expect(error.code == .configInvalid)
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test func `a program that hangs is killed`() async throws {
    let error = try #require(await bench("sleep 300", ", timeout: 200ms").failure())
    #expect(error.code == .auth)
    #expect(error.message.contains("did not end within 200 ms"))
  }

  @Test func `a program that is not there is the configuration's fault`() async throws {
    let bench = try TokenBench("{ exec: { command: [no-such-program-anywhere] } }")
    let error = try #require(await bench.failure())
    #expect(error.code == .configInvalid)
    #expect(error.message.contains("cannot be started: no such file"))
  }
}
