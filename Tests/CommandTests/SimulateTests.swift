import ChildProcess
import Foundation
import Testing

@Suite struct `simulate` {
  private static let outage = "openai@10s..20s=503"

  private let place: Workplace

  init() throws { place = try Workplace() }

  private func run(_ arguments: String...) throws -> Program.Outcome { try run(arguments) }

  /// Nothing is set: no secret is needed.
  private func run(_ arguments: [String], of model: String = "gpt-5") throws -> Program.Outcome {
    try Program.jackfield.run(["simulate", model] + arguments, in: place.files.directory)
  }

  @Test func `shows sums, targets, a plot, cooldowns and the worst call, without a secret`() throws
  {
    let outcome = try run("--outage", Self.outage, "--rps", "20")
    #expect(outcome.status == 0)
    #expect(outcome.error.isEmpty)
    let lines = outcome.text.split(separator: "\n").map(String.init)
    #expect(lines.first?.hasPrefix("gpt-5  ") == true)
    for heading in ["targets", "answers over time", "left alone", "longest wait of a client"] {
      #expect(lines.contains { $0.hasPrefix(heading) }, "\(heading)")
    }
    #expect(lines.contains { $0.contains("providers.yaml:21:9") && $0.contains("overloaded") })
    #expect(lines.contains { $0.contains("├ 503 ─") && $0.contains("┤") })
    #expect(lines.contains { $0.contains("opened  endpoint") })
    #expect(lines.contains { $0.contains("a probe was answered") })
    let plot = lines.drop { !$0.hasPrefix("answers over time") }.dropFirst()
      .prefix { !$0.hasPrefix("left alone") }
    #expect(plot.contains { $0.contains("█") })
    #expect(plot.contains { $0.contains("━") })
    #expect(plot.allSatisfy { $0.count <= 100 })
    #expect(plot.last?.contains("0s") == true)
  }

  @Test func `prints the same bytes for the same seed, and others for another`() throws {
    let first = try run("--outage", Self.outage, "--json", "--seed", "7")
    #expect(try run("--outage", Self.outage, "--json", "--seed", "7").output == first.output)
    #expect(try run("--outage", Self.outage, "--json", "--seed", "8").output != first.output)
  }

  @Test func `has each member of its page, whatever happened`() throws {
    let page = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/RouteSimulation/Documentation/simulation.md"),
      encoding: .utf8)
    let example = try #require(page.firstMatch(of: /(?s)```json\n(.*?)```/)?.1)
    let shown = try #require(
      try JSONSerialization.jsonObject(with: Data(example.utf8)) as? [String: Any])
    let report = try run(
      "--outage", Self.outage, "--assert", "failed == 0", "--rps", "20", "--json"
    ).json()
    #expect(try members(report) == members(shown))
    let quiet = try run("--rps", "0.001", "--for", "1s", "--json").json()
    #expect(Set(quiet.keys) == Set(shown.keys))
    #expect(quiet["worst"] is NSNull)
  }

  /// The paths of all members, the names of words that are counted left out.
  private func members(_ value: Any, at path: String = "") throws -> Set<String> {
    if let object = value as? [String: Any] {
      let isCount = ["failures", "reasons", "served"].contains { path.hasSuffix($0) }
      guard !isCount else { return [path] }
      return try object.reduce(into: [path]) { paths, member in
        paths.formUnion(try members(member.value, at: "\(path)/\(member.key)"))
      }
    }
    guard let array = value as? [Any] else { return [path] }
    guard let first = array.first else { return [path] }
    return try members(first, at: path + "[]")
  }

  @Test func `ends with 1 when an assertion does not hold, and shows which part and the value`()
    throws
  {
    let failed = try run(
      "--outage", "*@10s..20s=503", "--assert", "calls > 0 && availability >= 99.9%", "--assert",
      "p50 < 20s")
    #expect(failed.status == 1)
    #expect(failed.error.isEmpty)
    let lines = failed.text.split(separator: "\n").map(String.init)
    let place = try #require(lines.firstIndex { $0.hasPrefix("  FAILS") })
    #expect(lines[place] == "  FAILS  calls > 0 && availability >= 99.9%")
    #expect(lines[place + 1] == "                      ^^^^^^^^^^^^^^^^^^^^^")
    #expect(lines[place + 3].contains(/availability +is +[0-9.]+%/))
    #expect(lines.contains("  holds  p50 < 20s"))
    let json = try run("--outage", "*@10s..20s=503", "--assert", "failed == 0", "--json")
    #expect(json.status == 1)
    let assertions = try #require(try json.json()["assertions"] as? [[String: Any]])
    #expect(assertions.first?["holds"] as? Bool == false)
    #expect(try run("--assert", "failed == 0").status == 0)
  }

  @Test(arguments: [
    ["--assert", "fialed == 0"], ["--assert", "p99 < 20"], ["--assert", "served.nobody > 0"],
    ["--outage", "nobody"], ["--outage", "openai@5s"], ["--rate-limit", "openai"],
    ["--latency", "openai=5"],
  ])
  func `ends with 2 and points at what cannot be read`(arguments: [String]) throws {
    let plain = try run(arguments)
    #expect(plain.status == 2)
    #expect(plain.output.isEmpty)
    let lines = plain.errorText.split(separator: "\n")
    #expect(lines.first?.hasPrefix("\(arguments[0]): error: ") == true)
    #expect(lines.count > 2 && lines[1] == "      | \(arguments[1])" && lines[2].contains("^"))
    let json = try run(arguments + ["--json"])
    #expect(json.status == 2)
    #expect(try json.errorField("code") as? String == "request_invalid")
  }

  @Test(arguments: [
    ["--rps", "0"], ["--rps", "nan"], ["--rps", "1e9"], ["--for", "0s"], ["--for", "60"],
    ["--tokens", "-1"], ["--session-count", "0"], ["--max-retries", "-1"], ["--seed", "-1"],
  ])
  func `refuses numbers that make no sense`(arguments: [String]) throws {
    let outcome = try run(arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }

  @Test func `ends with 3 for a model that is not there`() throws {
    let outcome = try run(["--json"], of: "no-such")
    #expect(outcome.status == 3)
    #expect(try outcome.errorField("code") as? String == "model_not_found")
  }

  @Test(arguments: [60, 120, 200]) func `fits the terminal that it is shown in`(columns: Int) throws
  {
    let program = Program.directory.appendingPathComponent("jackfield").path
    let command = "stty cols \(columns); \(program) simulate gpt-5 --outage \(Self.outage) --rps 40"
    let outcome = try ChildProcess.run(
      "/usr/bin/script", ["-qec", command, "/dev/null"], in: place.files.directory.path,
      environment: ["HOME": place.files.directory.path, "NO_COLOR": "1", "LANG": "C.UTF-8"])
    let lines = outcome.text.split(whereSeparator: \.isNewline)
    let plot = lines.drop { !$0.hasPrefix("answers over time") }.dropFirst()
      .prefix { !$0.hasPrefix("left alone") }
    #expect(plot.count > 5)
    #expect(plot.allSatisfy { $0.count <= columns })
    let longest = plot.map(\.count).max() ?? 0
    #expect(longest > columns * 7 / 10, "\(longest) of \(columns)")
  }
}
