import ChildProcess
import Foundation
import Testing

/// What `jackfield doctor` says of a configuration with much that is wrong, and of one without.
@Suite struct `The doctor` {
  static let canary = "canary-4711-do-not-print"

  static let troubled = """
    version: 1
    credentials:
      set: { env: SET_KEY }
      broken: { env: BROKEN_KEY }
      open: { file: open.key }
      closed: { file: closed.key }
      missing: { file: missing.key }
    providers:
      good: { plugin: openai, base_url: "https://gateway.example/v1?sig=canary-4711-do-not-print", auth: { key: set } }
      pasted: { plugin: azure-openai, base_url: "https://${RESOURCE}.openai.azure.com/openai/v1/responses", auth: { bearer: broken } }
      refused: { plugin: azure-foundry, base_url: "https://r.services.ai.azure.com", auth: { header: { name: x-key, value: open } } }
      absent: { plugin: acme, auth: { key: closed } }
      unset: { plugin: openai, base_url: "${UNSET}", auth: { key: missing } }
      inline: { plugin: openai, base_url: "${OTHER:-https://other.example/v1}", auth: { key: { env: UNSET_KEY } } }
    models:
      "*": { targets: [{ provider: good, model: "{1}" }] }

    """

  static let environment = [
    "SET_KEY": canary, "BROKEN_KEY": canary + "\n", "RESOURCE": "contoso",
    "HTTPS_PROXY": "http://user:\(canary)@proxy.example:3128", "NO_PROXY": "azure.com",
    "HTTP_PROXY": "http://proxy.example:3128", "SSL_CERT_FILE": "authorities.pem",
  ]

  private func place() throws -> Workplace {
    let place = try Workplace(Self.troubled)
    try place.files.write(Self.canary, to: "open.key")
    try place.files.write(Self.canary, to: "closed.key")
    try place.files.write(
      "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", to: "authorities.pem")
    for (name, mode) in [("open.key", 0o644), ("closed.key", 0o600)] {
      try FileManager.default.setAttributes(
        [.posixPermissions: mode],
        ofItemAtPath: place.files.directory.appendingPathComponent(name).path)
    }
    return place
  }

  @Test func `finds what is wrong, says what to do, and ends with 1`() throws {
    let place = try place()
    let outcome = try place.run("doctor", environment: Self.environment)
    #expect(outcome.status == 1)
    #expect(outcome.error.isEmpty)
    let text = settled(outcome.text, place)
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/doctor.txt")
    if ProcessInfo.processInfo.environment["UPDATE_GENERATED"] != nil {
      try Data(text.utf8).write(to: file)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test(arguments: [[], ["--json"]]) func `prints no secret`(options: [String]) throws {
    let place = try place()
    let outcome = try Program.jackfield.run(
      ["doctor"] + options, environment: Self.environment, in: place.files.directory)
    #expect(!outcome.text.contains("canary"))
    #expect(!outcome.errorText.contains("canary"))
    #expect(outcome.text.contains("gateway.example"))
  }

  @Test func `says the same as JSON`() throws {
    let object = try place().run("doctor", "--json", environment: Self.environment).json()
    #expect(Set(object.keys) == ["errors", "warnings", "sections"])
    let sections = try #require(object["sections"] as? [[String: Any]])
    #expect(
      sections.map { $0["name"] as? String } == [
        "files", "plugins", "variables", "credentials", "clock", "proxies", "tls", "libraries",
        "limits",
      ])
    let all = sections.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
    for finding in all {
      #expect(Set(finding.keys) == ["severity", "subject", "message", "advice", "source"])
    }
    #expect(object["errors"] as? Int == all.count { $0["severity"] as? String == "error" })
    #expect(object["warnings"] as? Int == all.count { $0["severity"] as? String == "warning" })
    let open = all.first { ($0["subject"] as? String)?.hasSuffix("open.key") == true }
    #expect(open?["severity"] as? String == "warning")
    #expect((open?["source"] as? String)?.hasSuffix("providers.yaml:5:3") == true)
    #expect((open?["advice"] as? String)?.hasPrefix("chmod 600 ") == true)
  }

  @Test func `finds nothing wrong where nothing is, and opens no connection`() throws {
    let place = try Workplace()
    // Whoever tried to reach something would fail: the namespace has no interface that is up.
    let outcome = try Program.jackfield.started(by: ["/usr/bin/unshare", "-rn"]).run(
      ["doctor"], environment: Configuration.environment, in: place.files.directory)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.text.hasSuffix("\nnothing is wrong\n"))
    #expect(outcome.text.contains("in the working directory"))
  }

  /// A helper that a credential names may ask anybody, so it is not run either.
  @Test(arguments: ["doctor", "check", "models", "explain"])
  func `like every command that is offline, runs no helper`(command: String) throws {
    let place = try Workplace(
      Configuration.text().replacing(
        "{ env: TEST_KEY }", with: "{ exec: { command: [/usr/bin/touch, ran] } }"
      ).replacing("key: main", with: "bearer: main"))
    let arguments = command == "explain" ? [command, "on-openai", "Hi"] : [command]
    let outcome = try Program.jackfield.run(
      arguments, environment: Configuration.environment, in: place.files.directory)
    #expect(outcome.status == 0, "\(outcome.text)\(outcome.errorText)")
    let marker = place.files.directory.appendingPathComponent("ran").path
    #expect(!FileManager.default.fileExists(atPath: marker))
    // What would be seen is seen: a call runs the helper.
    _ = try Program.jackfield.run(
      ["call", "on-openai", "Hi"], environment: Configuration.environment,
      in: place.files.directory)
    #expect(FileManager.default.fileExists(atPath: marker))
  }

  @Test func `warns of few descriptors`() throws {
    let place = try Workplace()
    let outcome = try Program.jackfield.started(by: [
      "/bin/sh", "-c", "ulimit -n 64; exec \"$0\" \"$@\"",
    ]).run(["doctor"], environment: Configuration.environment, in: place.files.directory)
    #expect(outcome.text.contains("warning  open files  64: room for about 32 calls at once"))
    #expect(outcome.status == 0)
  }

  @Test(arguments: [
    ("missing.pem", "no such file"), ("providers.yaml", "holds no certificate"),
  ])
  func `says when no authority can be trusted`(_ file: String, _ words: String) throws {
    let outcome = try Workplace().run(
      "doctor", environment: Configuration.environment.merging(["SSL_CERT_FILE": file]) { $1 })
    #expect(outcome.status == 1)
    #expect(outcome.text.lowercased().contains(words), "\(outcome.text)")
  }

  @Test func `looks at a plugin's file: its manifest and who may replace it`() throws {
    let place = try Workplace()
    let plugins = place.files.directory.appendingPathComponent("plugins")
    try FileManager.default.createDirectory(at: plugins, withIntermediateDirectories: true)
    let copy = plugins.appendingPathComponent("libopenai.so")
    try FileManager.default.copyItem(
      at: Program.directory.appendingPathComponent("libopenai.so"), to: copy)
    try place.files.write(
      "{\"id\":\"openai\",\"version\":\"0.0.1\"}", to: "plugins/libopenai.so.json")
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: copy.path)
    let outcome = try place.run(
      "doctor",
      environment: Configuration.environment.merging(["JACKFIELD_PLUGIN_PATH": plugins.path]) { $1 }
    )
    #expect(outcome.text.contains("warning  openai  "))
    #expect(outcome.text.contains("the manifest beside it is another's"))
    #expect(outcome.text.contains("every user of this machine may replace the file"))
    #expect(outcome.status == 0)
  }

  @Test(arguments: [
    ("exec: { command: [sh, -c, exit] }", Int32(0), "from the program sh, as a bearer token"),
    ("exec: { command: [no-such-program] }", 1, "there is no program no-such-program in PATH"),
    ("exec: { command: [./helper] }", 1, "/helper may not be executed"),
    ("exec: { command: [./absent] }", 1, "/absent: no such file or directory"),
    ("entra: {}", 1, "does not know the token flow entra"),
  ])
  func `looks for what gives tokens, without asking it`(
    _ source: String, _ status: Int32, _ words: String
  ) throws {
    let place = try Workplace(
      "version: 1\ncredentials: { t: { \(source) } }\nproviders:\n"
        + "  p: { plugin: openai, auth: { bearer: t } }\n"
        + "models: { m: { targets: [{ provider: p, model: m }] } }\n")
    try place.files.write("", to: "helper")
    let outcome = try place.run("doctor", environment: ["PATH": "/nowhere:/bin"])
    #expect(outcome.text.contains(words), "\(outcome.text)")
    #expect(outcome.status == status)
  }

  @Test func `names the scope that a token would be asked for`() throws {
    let place = try Workplace(
      Configuration.text().replacing("main: { env: TEST_KEY }", with: "main: { entra: {} }")
        .replacing("key: main", with: "bearer: main"))
    let outcome = try place.run("doctor")
    #expect(
      outcome.text.contains("for the scope https://ai.azure.com/.default"), "\(outcome.text)")
  }

  @Test func `says where it looked when there is no file`() throws {
    let files = try Scratch()
    let outcome = try Program.jackfield.run(["doctor"], in: files.directory)
    #expect(outcome.status == 1)
    #expect(outcome.text.contains("error  providers.yaml  "))
  }

  /// The text without what another machine has otherwise.
  private func settled(_ text: String, _ place: Workplace) -> String {
    text.replacing(place.files.directory.path, with: "HOME")
      .replacing(Program.directory.path, with: "PROGRAMS")
      .replacing(/it says [\d-]+/, with: "it says TODAY")
      .replacing(/built with Swift [\d.]+/, with: "built with Swift N")
      // `Scripts/test` places the manifests, `swift build` alone does not.
      .replacing("no manifest beside it", with: "its manifest agrees")
      .replacing(/(libcurl  ).*/, with: { "\($0.1)N" })
      .replacing(/(libyaml  ).*/, with: { "\($0.1)N" })
      .replacing(/(open files  ).*/, with: { "\($0.1)N" })
  }
}
