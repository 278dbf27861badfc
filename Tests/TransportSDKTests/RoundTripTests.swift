import JSONText
import Testing
import TransportHost
import TransportSDK

@Suite struct `What a Swift transport says arrives at the host` {
  private func request(_ model: String, _ body: String = "{\"model\":\"m\"}") throws -> PrepareInput
  {
    var input = PrepareInput()
    input.model = model
    input.body = Array(body.utf8)
    input.members = try JSONText.index(input.body.span).members
    input.hasCredential = true
    return input
  }

  @Test func `its descriptor`() throws {
    let library = try unsafe TransportLibrary(
      entry: probeEntry.pointer, file: nil, expecting: "probe")
    #expect(library.id == "probe")
    #expect(library.version == "2.1.0")
    #expect(library.toolchain.hasPrefix("Swift 6."))
    #expect(library.file == nil)
    #expect(library.manifest == String(decoding: ProbeTransport.descriptor.manifest, as: UTF8.self))
  }

  @Test func `its rules, and behind them those that all transports share`() throws {
    let library = try unsafe TransportLibrary(entry: probeEntry.pointer, file: nil, expecting: nil)
    #expect(
      library.rules.map(\.id) == [
        "first-rule", "second-rule", "param-set", "param-remove", "param-clamp",
        "unsupported-param", "state-store",
      ])
    #expect(library.rules[0].reason == "It must be so.")
    #expect(library.rules[1].link == "https://probe.example/second")
    #expect(library.rules.allSatisfy { !$0.reason.isEmpty && !$0.link.isEmpty })
  }

  @Test func `its facts`() throws {
    let facts = try probe(InstanceSettings(provider: "facts")).facts
    #expect(facts.endpoint == "https://probe.example/v1")
    #expect(facts.allowedHosts == ["probe.example", "eu.probe.example"])
    #expect(facts.credentialHeaders == ["authorization", "x-key"])
    #expect(facts.requestIDHeaders == ["x-request-id", "x-trace"])
    #expect(facts.stateBoundary == "probe:é")
  }

  @Test func `the exchange, with headers, edits and warnings in order`() throws {
    let body = " {\"model\":\"m\",\"user\":\"u\",\"n\":1.50}"
    let input = try request("edit", body)
    let plan = try probe(InstanceSettings(provider: "plan", authentication: "key"))
      .prepare(input).plan
    #expect(plan.method == "POST")
    #expect(plan.url == "https://eu.probe.example/v1/responses")
    #expect(plan.headers.map(\.name) == ["x-plain", "authorization"])
    #expect(plan.headers.map(\.value) == ["väl", "Bearer "])
    #expect(plan.headers.map(\.endsWithCredential) == [false, true])
    #expect(plan.warnings == ["first warning", "second warning"])
    #expect(plan.edits.map(\.rule) == [1, 6, 5, 0])
    #expect(plan.edits.map(\.action) == [.replace, .add, .remove, .add])
    #expect(plan.edits.map(\.offset) == [10, 1, 21, 0])
    #expect(plan.edits.map(\.added) == ["", "store", "", "-"])
    #expect(
      String(decoding: plan.bodyBytes(of: input.body), as: UTF8.self)
        == " {\"model\":\"wire\",\"n\":1.50,\"store\":false}")
  }

  @Test func `no body, and no credential where none is configured`() throws {
    var input = PrepareInput()
    input.operation = "delete"
    let plan = try probe(InstanceSettings(provider: "empty")).prepare(input).plan
    #expect(plan.method == "DELETE")
    #expect(plan.body.isEmpty)
    #expect(plan.headers.map(\.name) == ["x-plain"])
  }

  @Test func `a failure with every field`() throws {
    let instance = try probe(InstanceSettings(provider: "failure"))
    let expected = #expect(throws: ReportedFailure.self) {
      try instance.prepare(request("refuse"))
    }
    let failure = try #require(expected)
    #expect(failure.code == .notFound)
    #expect(failure.scope == .model)
    #expect(failure.message == "no deployment \"é\".")
    #expect(failure.pointer == "/model")
    #expect(failure.upstreamCode == "DeploymentNotFound")
    #expect(failure.retryAfter == .milliseconds(1500))
    #expect(failure.amendment == "shorter")
    #expect(failure.setting == "/options/region")
    #expect(failure.suggestion == "north")
    let exchange = try instance.prepare(request("forward")).exchange
    #expect(throws: failure) { try exchange.framing(status: 204, headers: []) }
  }

  @Test func `each code and each scope`() throws {
    let exchange = try probe(InstanceSettings(provider: "codes")).prepare(request("m")).exchange
    for code in TransportFailure.Code.allCases {
      let failure = exchange.classify(status: 400 + Int(code.rawValue), headers: [], body: [])
      #expect(String(describing: failure.code) == String(describing: code))
    }
    for scope in TransportFailure.Scope.allCases {
      let body = [UInt8](repeating: 0, count: Int(scope.rawValue))
      let failure = exchange.classify(status: 401, headers: [], body: body)
      #expect(failure.scope.rawValue == String(describing: scope))
    }
  }

  @Test(arguments: [
    ("0", Duration.zero), ("2", .seconds(2)), ("9000000000", .seconds(9_000_000_000)),
    ("9223372036854775807", .milliseconds(Int64.max)), ("-5", .zero),
  ])
  func `a retry hint of any size, which comes from an upstream`(_ hint: String, _ wait: Duration)
    throws
  {
    let exchange = try probe(InstanceSettings(provider: "hint" + hint)).prepare(request("m"))
      .exchange
    let failure = exchange.classify(status: 409, headers: [("retry-after", hint)], body: [])
    #expect(failure.retryAfter == wait)
    #expect(exchange.classify(status: 409, headers: [], body: []).retryAfter == nil)
  }

  @Test func `a retry hint is never undercut`() throws {
    let exchange = try probe(InstanceSettings(provider: "rounding")).prepare(request("m")).exchange
    for (microseconds, wait) in [("1", 1), ("7000", 7), ("7001", 8)] {
      let failure = exchange.classify(
        status: 409, headers: [("retry-after-us", microseconds)], body: [])
      #expect(failure.retryAfter == .milliseconds(wait))
    }
  }

  @Test func `what it recognizes`() throws {
    let library = try unsafe TransportLibrary(entry: probeEntry.pointer, file: nil, expecting: nil)
    let sample = HostSampleRequest(
      method: "GET", url: "https://probe.example/v1/responses/resp_1/input_items",
      headerNames: ["authorization", "accept"], isBearer: true, body: [1, 2, 3])
    let found = try #require(library.recognize(sample))
    #expect(found.confidence == 90)
    #expect(found.reason == "GET [\"authorization\", \"accept\"]")
    #expect(found.baseURL == "https://probe.example/v1")
    #expect(found.options.map(\.name) == ["project", "region"])
    #expect(found.options.map(\.value) == ["\"p\"", "\"n\\\"orth\""])
    #expect((found.authentication, found.authenticationHeader) == ("bearer", ""))
    #expect(found.model == "3")
    #expect(found.variable == "PROBE_API_KEY")
    #expect(found.operation == "input_items")
    #expect(found.responseID == "resp_1")
  }

  @Test func `the other settings that it names, of settings that it refuses, and 8 of them`() throws
  {
    let library = try unsafe TransportLibrary(entry: probeEntry.pointer, file: nil, expecting: nil)
    let found = library.alternatives(
      to: InstanceSettings(
        provider: "others", baseURL: "https://probe.example",
        options: Array("{\"region\":\"wrong\",\"unknown\":1}".utf8), authentication: "header",
        authenticationHeader: "x-key", allowsHTTP: true))
    #expect(found.count == 8)
    #expect(found[0].baseURL == "https://probe.example/v1")
    #expect(
      String(decoding: found[0].options, as: UTF8.self)
        == "{\"n\":\"\\\"é\\\"\",\"region\":\"wrong\"}")
    #expect(found[0].reason == "header(\"x-key\") true")
    #expect((found[7].baseURL, found[7].reason) == ("", "7"))
    #expect(String(decoding: found[7].options, as: UTF8.self) == "{}")
  }

  @Test func `what it recognizes by a header, never surer than sure, and what it does not`() throws
  {
    let library = try unsafe TransportLibrary(entry: probeEntry.pointer, file: nil, expecting: nil)
    let mine = HostSampleRequest(
      method: "POST", url: "https://probe.example", headerNames: [], isBearer: false, body: [])
    let found = try #require(library.recognize(mine))
    #expect(found.confidence == 100)
    #expect((found.authentication, found.authenticationHeader) == ("header", "x-key"))
    let foreign = HostSampleRequest(
      method: "POST", url: "https://other.example", headerNames: [], isBearer: false, body: [])
    #expect(library.recognize(foreign) == nil)
  }
}

@Suite struct `What the host says arrives at a Swift transport` {
  @Test(arguments: [
    ("none", "", TransportSettings.Authentication.none), ("key", "", .key), ("bearer", "", .bearer),
    ("header", "x-key", .header("x-key")), ("a later word", "", .none),
  ])
  func `how a credential is presented`(
    _ word: String, _ header: String, _ expected: TransportSettings.Authentication
  ) throws {
    let id = "auth-" + word
    _ = try probe(
      InstanceSettings(provider: id, authentication: word, authenticationHeader: header))
    #expect(ProbeTransport.seen(by: id)?.settings.authentication == expected)
  }

  @Test func `every other setting`() throws {
    _ = try probe(
      InstanceSettings(
        provider: "settings", baseURL: "https://é.example/v1/",
        options: Array("{\"region\":\"n\\u00f6rd\",\"project\":\"a\\\"b\"}".utf8),
        state: "stateless", unsupported: "pass", allowsHTTP: true))
    let settings = try #require(ProbeTransport.seen(by: "settings")?.settings)
    #expect(settings.provider == "settings")
    #expect(settings.baseURL == "https://é.example/v1/")
    #expect(settings.options == ["region": "nörd", "project": "a\"b"])
    #expect(settings.state == .stateless)
    #expect(settings.unsupported == .pass)
    #expect(settings.allowsHTTP)
  }

  @Test(arguments: [
    ("as_sent", "drop", TransportSettings.State.asSent, TransportSettings.UnsupportedPolicy.drop),
    ("stored", "error", .stored, .error), ("later", "later", .asSent, .drop),
  ])
  func `words that it knows, and for others what adds nothing`(
    _ state: String, _ policy: String, _ expectedState: TransportSettings.State,
    _ expectedPolicy: TransportSettings.UnsupportedPolicy
  ) throws {
    let id = "words-" + state
    _ = try probe(InstanceSettings(provider: id, state: state, unsupported: policy))
    let settings = try #require(ProbeTransport.seen(by: id)?.settings)
    #expect(settings.state == expectedState)
    #expect(settings.unsupported == expectedPolicy)
    #expect(!settings.allowsHTTP)
  }

  @Test func `every part of a request`() throws {
    var input = PrepareInput()
    input.operation = "compact"
    input.model = "wïre"
    input.responseID = "resp_1"
    input.query = [("include", "a&b"), ("empty", "")]
    input.body = Array("{\"a\":1,\"a\":[2],\"s\":\"t\"}".utf8)
    input.members = try JSONText.index(input.body.span).members
    input.isStream = true
    input.attempt = 3
    input.hasCredential = true
    input.sets = [("s", Array("{\"x\":true}".utf8))]
    input.removes = ["gone", "ä"]
    input.clamps = [
      PrepareInput.Clamp(name: "n", minimum: "1", maximum: ""),
      PrepareInput.Clamp(name: "m", minimum: "", maximum: "2.5"),
    ]
    input.capabilities = Array("{\"reasoning\":true,\"tools\":\"no\"}".utf8)
    input.target = Array("{\"deployment\":\"d\"}".utf8)
    input.amendments = ["first", "second"]
    _ = try probe(InstanceSettings(provider: "request")).prepare(input)
    let seen = try #require(ProbeTransport.seen(by: "request"))
    let request = try #require(seen.request)
    #expect(seen.body == input.body)
    #expect(request.operation == .compact)
    #expect(request.model == "wïre")
    #expect(request.responseID == "resp_1")
    #expect(request.query == [QueryPair("include", "a&b"), QueryPair("empty", "")])
    #expect(request.members == input.members)
    #expect(request.isStream)
    #expect(request.attempt == 3)
    #expect(request.credential != nil)
    #expect(request.parameters.sets.map(\.name) == ["s"])
    #expect(request.parameters.sets.map(\.value) == [Array("{\"x\":true}".utf8)])
    #expect(request.parameters.removes == ["gone", "ä"])
    #expect(
      request.parameters.clamps == [
        RequestParameters.Clamp(name: "n", minimum: "1", maximum: nil),
        RequestParameters.Clamp(name: "m", minimum: nil, maximum: "2.5"),
      ])
    #expect(request.declares("reasoning") == true)
    #expect(request.declares("tools") == false)
    #expect(request.declares("vision") == nil)
    #expect(request.target == input.target)
    #expect(request.amendments == ["first", "second"])
  }

  @Test(arguments: TransportSDK.Operation.allCases)
  func `each operation`(_ operation: TransportSDK.Operation) throws {
    var input = PrepareInput()
    input.operation = operation.rawValue
    if operation.hasBody { input.body = Array("{}".utf8) }
    let id = "operation-" + operation.rawValue
    _ = try probe(InstanceSettings(provider: id)).prepare(input)
    #expect(ProbeTransport.seen(by: id)?.request?.operation == operation)
  }

  @Test func `an operation of a later host is refused by name`() throws {
    var input = PrepareInput()
    input.operation = "embed"
    let instance = try probe(InstanceSettings(provider: "embed"))
    let failure = #expect(throws: ReportedFailure.self) { try instance.prepare(input) }
    #expect(failure?.code == .operationUnsupported)
    #expect(failure?.message == "this transport does not know the operation \"embed\".")
  }
}
