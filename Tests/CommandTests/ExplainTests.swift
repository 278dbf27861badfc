import ChildProcess
import Foundation
import Testing

@Suite struct `The explain command` {
  static let request = #"{"model":"on-azure-foundry","input":[{"role":"user","content":"a b"}]}"#

  @Test func `prints one object with the keys of its interface`() throws {
    let outcome = try Workplace().run("explain", "gpt-5", "Hello", "--json")
    #expect(outcome.status == 0)
    let object = try outcome.json()
    #expect(
      Set(object.keys) == ["model", "route", "request", "edits", "warnings", "transport"])
    let route = try #require(object["route"] as? [[String: Any]])
    #expect(route.map { $0["provider"] as? String } == ["openai", "azure-openai"])
    #expect(route.map { $0["chosen"] as? Bool } == [true, false])
    #expect(
      route.map { $0["source"] as? String } == ["providers.yaml:21:9", "providers.yaml:22:9"])
    let request = try #require(object["request"] as? [String: Any])
    #expect(Set(request.keys) == ["method", "url", "headers", "body"])
    #expect(request["method"] as? String == "POST")
    #expect(request["url"] as? String == "http://127.0.0.1:9/v1/responses")
    let headers = try #require(request["headers"] as? [[String]])
    #expect(headers.contains(["authorization", "Bearer {credential:main}"]))
    let edits = try #require(object["edits"] as? [[String: String]])
    #expect(edits.allSatisfy { Set($0.keys) == ["rule", "action", "pointer", "reason"] })
    let transport = try #require(object["transport"] as? [String: String])
    #expect(transport["plugin"] == "openai")
    #expect(transport["file"]?.hasSuffix("/libopenai.so") == true)
  }

  @Test func `makes a text a streamed request`() throws {
    let outcome = try Workplace().run("explain", "on-openai", "Hi \"you\"", "--json")
    let request = try #require(try outcome.json()["request"] as? [String: Any])
    let body = try #require(request["body"] as? [String: Any])
    #expect(body["input"] as? String == "Hi \"you\"")
    #expect(body["model"] as? String == "gpt-5")
    #expect(body["stream"] as? Bool == true)
    #expect(body.count == 3)
  }

  @Test(
    arguments: [
      ([], nil), (["--no-stream"], false), (["--events"], true),
    ] as [([String], Bool?)])
  func `leaves a whole request its own stream unless told, and an absent one is none`(
    options: [String], stream: Bool?
  ) throws {
    let place = try Workplace()
    let outcome = try Program.jackfield.run(
      ["explain", "--json"] + options, input: Self.request, in: place.files.directory)
    let request = try #require(try outcome.json()["request"] as? [String: Any])
    let body = try #require(request["body"] as? [String: Any])
    #expect(body["stream"] as? Bool == stream)
  }

  @Test(arguments: [["explain"], ["explain", "-"]])
  func `reads a whole request from standard input`(arguments: [String]) throws {
    let place = try Workplace()
    let outcome = try Program.jackfield.run(
      arguments + ["--json"], input: Self.request, in: place.files.directory)
    #expect(outcome.status == 0)
    #expect(try outcome.json()["model"] as? String == "on-azure-foundry")
  }

  @Test(arguments: [["explain", "on-openai"], ["explain", "on-openai", "-"]])
  func `puts MODEL in place of the body's model`(arguments: [String]) throws {
    let place = try Workplace()
    let outcome = try Program.jackfield.run(
      arguments + ["--json"], input: Self.request, in: place.files.directory)
    #expect(try outcome.json()["model"] as? String == "on-openai")
  }

  @Test func `writes the exact body, and that alone`() throws {
    let place = try Workplace()
    let text = #"{ "input" : "é\u00e9" ,"model":"on-openai", "temperature": 1.50 }"#
    let alone = try place.run("explain", "-", "--raw-body", "-", input: text)
    #expect(alone.text == text.replacing("on-openai", with: "gpt-5"))
    #expect(alone.error.isEmpty)
    let both = try place.run("explain", "-", "--json", "--raw-body", "body", input: text)
    #expect(try place.files.content("body") == Data(alone.output))
    #expect(both.text.contains(alone.text))
  }

  @Test(arguments: [
    ("get", "GET", "/responses/resp_1"), ("delete", "DELETE", "/responses/resp_1"),
    ("cancel", "POST", "/responses/resp_1/cancel"),
    ("input_items", "GET", "/responses/resp_1/input_items"), ("models", "GET", "/models"),
  ])
  func `an operation without a body never reads standard input`(
    operation: String, method: String, path: String
  ) throws {
    let place = try Workplace()
    let outcome = try place.run(
      "explain", "on-openai", "--operation", operation, "--response-id", "resp_1", "--json",
      "--raw-body", "body", input: "{ this is no JSON")
    #expect(outcome.status == 0, "\(outcome.text)")
    let request = try #require(try outcome.json()["request"] as? [String: Any])
    #expect(request["method"] as? String == method)
    #expect((request["url"] as? String)?.hasSuffix("/v1" + path) == true)
    #expect(request["body"] is NSNull)
    #expect(!place.files.exists("body"))
  }

  @Test func `the only provider there is answers an operation without a model`() throws {
    let place = try Workplace(
      """
      version: 1
      providers: { openai: { plugin: openai, auth: { key: { env: OPENAI_API_KEY } } } }
      models: { "*": { targets: [{ provider: openai, model: "{1}" }] } }
      """)
    let outcome = try place.run("explain", "--operation", "models", "--json")
    let request = try #require(try outcome.json()["request"] as? [String: Any])
    #expect(request["url"] as? String == "https://api.openai.com/v1/models")
    let headers = try #require(request["headers"] as? [[String]])
    #expect(headers.contains(["authorization", "Bearer {credential:openai}"]))

    let several = try Workplace().run("explain", "--operation", "models", "--json")
    #expect(several.status == 2)
  }

  @Test func `--query and --provider reach the URL`() throws {
    let outcome = try Workplace().run(
      "explain", "--operation", "input_items", "--response-id", "resp_1", "--provider",
      "azure-openai", "--query", "limit=5", "--query", "after=a b", "--json")
    let request = try #require(try outcome.json()["request"] as? [String: Any])
    let url = try #require(request["url"] as? String)
    #expect(url.hasPrefix("http://127.0.0.1:9/openai/v1/responses/resp_1/input_items?limit=5&"))
    #expect(url.hasSuffix("after=a%20b"))
  }

  @Test(arguments: [("gpt-5", "gpt-5-mini"), ("unheard-of", "unheard-of")])
  func `--provider takes the model's target on it, else MODEL as written`(
    model: String, sent: String
  ) throws {
    let outcome = try Workplace().run(
      "explain", model, "Hi", "--provider", "azure-openai", "--json")
    let request = try #require(try outcome.json()["request"] as? [String: Any])
    #expect((request["body"] as? [String: Any])?["model"] as? String == sent)
  }

  @Test func `shows people the line, the headers, the edits and the body`() throws {
    let outcome = try Workplace().run("explain", input: Self.request, environment: [:])
    #expect(outcome.status == 0)
    let text = outcome.text
    #expect(
      text.hasPrefix("POST http://127.0.0.1:9/api/projects/demo/openai/v1/responses\n"))
    for part in [
      "  api-key       {credential:main}", "→  azure-foundry  gpt-5  providers.yaml:25:33",
      "message-type   add      /input/0/type", #"TEST_KEY is empty or unset"#,
      #"    "model": "gpt-5","#, "libazure-foundry.so",
    ] {
      #expect(text.contains(part), "\(part) is not in:\n\(text)")
    }
    #expect(!text.contains("\u{1B}"))
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `makes no connection: it works where there is no network at all`() throws {
    let place = try Workplace()
    let lonely = Program.jackfield.started(by: Namespace.command)
    let explained = try lonely.run(
      ["explain", "on-openai", "Hi", "--json"], in: place.files.directory)
    #expect(explained.status == 0, "\(explained.errorText)")
    let called = try lonely.run(
      ["call", "on-openai", "Hi", "--json"], environment: Configuration.environment,
      in: place.files.directory)
    #expect(called.status == 4)
    #expect(try called.errorField("code") as? String == "network")
  }
}

/// A network namespace without interfaces, where the system allows one.
enum Namespace {
  /// `unshare` needs a user namespace unless it is root's.
  static let command = ["/usr/bin/unshare", getuid() == 0 ? "-n" : "-rn"]

  static let isAvailable =
    (try? ChildProcess.run(command[0], [command[1], "true"]))?.status == 0
}
