import ChildProcess
import Foundation
import Testing

@Suite struct `Wrong usage` {
  static let rows: [[String]] = [
    ["frobnicate"], ["call", "--frobnicate"], ["call", "a", "b", "c"],
    ["explain", "gpt-5", "Hi", "--operation", "fetch"], ["explain", "gpt-5", "--operation", "get"],
    ["explain", "gpt-5", "Hi", "--operation", "models"], ["explain", "-", "--operation", "models"],
    ["explain", "gpt-5", "Hi", "--query", "x"],
    ["explain", "gpt-5", "Hi", "--no-stream", "--events"],
    ["check", "a.yaml", "--config", "b.yaml"], ["plugin", "info"], ["probe"],
    ["completions", "tcsh"], ["export"], ["export", "vim"],
    ["export", "env", "--listen", "nowhere"],
    ["from-curl", "wget https://h.example"],
  ]

  @Test(arguments: rows) func `ends with 2, and as JSON where that is asked for`(
    arguments: [String]
  ) throws {
    let place = try Workplace()
    let plain = try Program.jackfield.run(arguments, in: place.files.directory)
    #expect(plain.status == 2)
    #expect(plain.output.isEmpty)
    #expect(!plain.error.isEmpty)
    let json = try Program.jackfield.run(arguments + ["--json"], in: place.files.directory)
    #expect(json.status == 2)
    #expect(try json.errorField("code") as? String == "request_invalid")
    #expect(json.error.isEmpty)
  }

  @Test func `the error object has each member, null where there is nothing to say`() throws {
    let outcome = try Workplace().run("explain", "no-such-model", "Hi", "--json")
    let error = try #require(try outcome.json()["error"] as? [String: Any])
    let names = [
      "attempts", "code", "fault", "message", "retry_after_ms", "source", "upstream",
    ]
    #expect(error.keys.sorted() == names)
    #expect(error["upstream"] is NSNull)
  }

  @Test(arguments: [
    ("", "standard input is empty"), (" \n", "standard input is empty"),
    ("Hello", "standard input is no JSON object"), ("[1]", "standard input is no JSON object"),
    (#"{"input": }"#, "the request is no JSON"), (#"{"input": "a"}"#, "names no model"),
  ])
  func `standard input must hold a whole request`(input: String, words: String) throws {
    let outcome = try Workplace().run("explain", input: input)
    #expect(outcome.status == 2)
    #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
  }

  @Test(arguments: [([:], true), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true)])
  func `a terminal is not read: the text is missing, in colour unless NO_COLOR is set`(
    environment: [String: String], isColoured: Bool
  ) throws {
    let place = try Workplace()
    // script(1) gives the program a terminal as standard input.
    let program = Program.directory.appendingPathComponent("jackfield").path
    let outcome = try ChildProcess.run(
      "/usr/bin/script", ["-qec", "\(program) call gpt-5", "/dev/null"],
      in: place.files.directory.path,
      environment: environment.merging([
        "HOME": place.files.directory.path, "TERM": "xterm", "SHELL": "/bin/sh",
      ]) { own, _ in own })
    let text = outcome.text
    #expect(outcome.status == 2)
    #expect(text.contains("there is nothing to send"))
    #expect(text.contains("\u{1B}[1;31m") == isColoured)
    #expect(text.contains("\u{1B}") == isColoured)
  }

  @Test func `help teaches by examples, exit codes and places`() throws {
    let outcome = try Workplace().run("--help")
    #expect(outcome.status == 0)
    for part in ["jackfield call gpt-5", "EXIT CODES", "130", "$XDG_CONFIG_HOME", "NO_COLOR"] {
      #expect(outcome.text.contains(part))
    }
    #expect(outcome.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(try Workplace().run("--version").text.hasPrefix("jackfield "))
    let commands = [
      "call", "explain", "check", "models", "auth", "doctor", "probe", "from-curl", "export",
      "plugin", "completions",
    ]
    for command in commands {
      #expect(try Workplace().run(command, "--help").status == 0)
    }
    for command in [["doctor"], ["probe"], ["auth", "status"]] {
      let place = try Workplace()
      let help = try Program.jackfield.run(command + ["--help"], in: place.files.directory).text
      #expect(help.contains("EXAMPLES\n  jackfield \(command.joined(separator: " "))"))
      #expect(help.contains("--json"))
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions are a script of the shell`(shell: String) throws {
    let outcome = try Workplace().run("completions", shell)
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("from-curl"))
    let json = try Workplace().run("completions", shell, "--json").json()
    #expect(
      (json["script"] as? String).map { $0 + "\n" == outcome.text || $0 == outcome.text } == true)
  }

  @Test func `completions offer the configured models`() throws {
    let place = try Workplace()
    let script = """
      source <(jackfield completions bash)
      COMP_WORDS=(jackfield call on-); COMP_CWORD=2; COMP_LINE="jackfield call on-"; COMP_POINT=18
      _jackfield; printf '%s\\n' "${COMPREPLY[@]}"
      """
    let text = try ChildProcess.run(
      "/bin/bash", ["-c", script], in: place.files.directory.path,
      environment: [
        "HOME": place.files.directory.path, "PATH": Program.directory.path + ":/usr/bin:/bin",
      ]
    ).text
    let names = text.split(separator: "\n")
    #expect(["on-openai", "on-azure-openai", "on-azure-foundry"].allSatisfy(names.contains))
  }
}
