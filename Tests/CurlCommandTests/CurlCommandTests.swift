import CurlCommand
import Testing

func parsed(_ text: String, _ environment: [String: String] = [:]) throws -> CurlCommand {
  try CurlCommand(parsing: text) { environment[$0] }
}

@Suite struct `A pasted curl command is read` {
  @Test func `the request is its method, URL, headers and body`() throws {
    let command = try parsed(
      """
      curl -sSX POST "https://h.example/v1/responses?x=1" \\
        -H "Content-Type: application/json" \\
        --header="Authorization: Bearer $OPENAI_API_KEY" \\
        -d '{"model": "m", "input": "it'\\''s"}'
      """)
    #expect(command.method == "POST")
    #expect(command.url == "https://h.example/v1/responses?x=1")
    #expect(
      command.headers == [
        .init(name: "content-type", content: .text("application/json")),
        .init(
          name: "authorization",
          content: .credential(.init(origin: .variable("OPENAI_API_KEY"), isBearer: true))),
      ])
    #expect(command.body == [.text(#"{"model": "m", "input": "it's"}"#)])
    #expect(command.notes == ["-s -S only concern curl's own run."])
  }

  @Test(arguments: [
    ("curl h.example", "GET"), ("curl h.example -d x", "POST"), ("curl -I h.example", "HEAD"),
    ("curl -X delete h.example", "DELETE"), ("curl -XPUT h.example -d x", "PUT"),
    ("curl -G h.example -d x=1", "GET"), ("curl --request=PATCH h.example", "PATCH"),
    ("curl --json {} --request POST --url h.example", "POST"),
  ])
  func `the method is what curl would use`(text: String, method: String) throws {
    #expect(try parsed(text).method == method)
  }

  @Test(arguments: [
    #"-H 'api-key: canary'"#, #"-H"api-key: canary""#, #"-H api-key:canary"#,
    #"--header 'X-Goog-Api-Key: canary'"#, #"-H 'Authorization: Bearer canary'"#,
    #"-H 'Cookie: a=canary'"#, #"-b canary"#, #"-u canary:canary"#, #"--oauth2-bearer canary"#,
    #"-H $'authorization: Bearer can\x61ry'"#, #"-H 'x-team: sk-canary'"#,
    #"-H 'x-team: Bearer canary'"#,
  ])
  func `a secret leaves no trace`(option: String) throws {
    let command = try parsed("curl https://user:canary@h.example/v1 \(option) -d {}")
    #expect(!String(reflecting: command).contains("canary"))
    #expect(
      command.headers.contains { header in
        if case .credential(let credential) = header.content {
          return credential.origin == .written
        }
        return false
      })
  }

  @Test(arguments: [
    (#"-H "api-key: $KEY""#, false), (#"-H "api-key: ${KEY}""#, false),
    (#"-H "api-key:$KEY""#, false), (#"-H 'api-key: $KEY'"#, false), (#"-H api-key:\ $KEY"#, false),
    (#"-H "Authorization: Bearer ${KEY:-none}""#, true), (#"--oauth2-bearer "$KEY""#, true),
  ])
  func `a variable in a credential stays a name`(option: String, isBearer: Bool) throws {
    let command = try parsed("curl h.example \(option)", ["KEY": "canary"])
    #expect(
      command.headers.map(\.content) == [
        .credential(.init(origin: .variable("KEY"), isBearer: isBearer))
      ])
  }

  @Test func `a token from another command is known as that`() throws {
    let command = try parsed(
      #"curl h.example -H "Authorization: Bearer $(az get-token --query "a.b")""#)
    #expect(
      command.headers.map(\.content) == [.credential(.init(origin: .command, isBearer: true))])
  }

  @Test func `a variable in another header becomes a reference`() throws {
    let command = try parsed(#"curl h.example -H "x-team: a-$TEAM-${UNIT:-b}""#)
    #expect(command.headers.map(\.content) == [.text("a-${TEAM}-${UNIT:-b}")])
  }

  @Test func `variables in URL and body are looked up`() throws {
    let command = try parsed(
      #"curl "$BASE/v1/${PATH_:-x}" -d "{\"model\": \"$M\"}""#, ["BASE": "https://h", "M": "m1"])
    #expect(command.url == "https://h/v1/x")
    #expect(command.body == [.text(#"{"model": "m1"}"#)])
  }

  @Test func `data pieces are joined as curl joins them`() throws {
    #expect(
      try parsed("curl h -d a --data-raw @b --data-binary @c -d@d").body == [
        .text("a"), .text("&"), .text("@b"), .text("&"), .file("c", isText: false), .text("&"),
        .file("d", isText: true),
      ])
    let json = try parsed("curl h --json '{' --json '}' -H 'accept: text/plain'")
    #expect(json.body == [.text("{"), .text("}")])
    #expect(
      json.headers == [
        .init(name: "content-type", content: .text("application/json")),
        .init(name: "accept", content: .text("text/plain")),
      ])
    #expect(try parsed("curl h/p?a=1 -G -d b=2 -d c=3").url == "http://h/p?a=1&b=2&c=3")
  }

  @Test(arguments: [
    ("$ curl h.example | jq .output", "what follows | is left out."),
    ("curl h.example > out.json", "what follows > is left out."),
    (
      "curl h.example\necho done", "what follows the first line that does not continue is left out."
    ),
    ("curl -k h.example", "-k is left out: certificates are always verified."),
    ("curl -NsS --compressed h.example", "-N -s -S --compressed only concern curl's own run."),
  ])
  func `what is left out is said`(text: String, note: String) throws {
    let command = try parsed(text)
    #expect(command.url == "http://h.example")
    #expect(command.notes == [note])
  }

  @Test(arguments: [
    ("", CurlCommandError.empty), ("wget h", .notCurl("wget")), ("'sk-KEY 1'", .notCurl(nil)),
    ("curl", .missingURL), ("curl a b", .severalURLs), ("curl -d", .missingValue("-d")),
    ("curl 'h", .unterminatedQuote("'")), ("curl \"h", .unterminatedQuote("\"")),
    ("curl ${h", .unterminatedExpansion), ("curl $(h", .unterminatedExpansion),
    ("curl --frobnicate h", .unknownOption("--frobnicate")), ("curl -Z= h", .unknownOption("-Z")),
    ("curl ftp://h", .invalidURL), ("curl https:///v1", .invalidURL),
    ("curl h?api-key=x", .credentialInQuery("api-key")),
    ("curl $HOST_", .unsetVariable("HOST_", place: "URL")),
    ("curl h -d \"$(cat x)\"", .substitution(place: "body")),
  ])
  func `what cannot be read is said`(text: String, error: CurlCommandError) {
    #expect(throws: error) { try parsed(text) }
    #expect(!error.description.isEmpty)
  }

  @Test(arguments: ["-d @-", "--json @-", "-F a=b", "-T file", "--aws-sigv4 x", "-G -d @f"])
  func `what cannot be taken over is refused`(option: String) {
    let error = #expect(throws: CurlCommandError.self) { try parsed("curl h \(option)") }
    guard case .unsupportedOption? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
  }
}
