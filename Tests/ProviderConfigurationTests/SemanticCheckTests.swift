import Testing

@testable import ProviderConfiguration

/// A file with one finding, and the file that its suggestion makes of it.
struct Correction: CustomTestStringConvertible {
  let code: DiagnosticCode
  let wrong: String
  let right: String

  init(_ code: DiagnosticCode, _ wrong: String, _ right: String) {
    self.code = code
    self.wrong = wrong
    self.right = right
  }

  var testDescription: String { "\(code.rawValue): \(wrong)" }
}

@Suite struct `What can be read and is not meant is found` {
  private static let head = """
    version: 1
    providers:
      a: { plugin: p }
      b: { plugin: p }

    """

  static let targets: [Correction] = [
    Correction(
      .unreachableTarget, "models: { m: { targets: [{ provider: a }, { provider: a }] } }",
      "models: { m: { targets: [{ provider: a }] } }"),
    Correction(
      .unreachableTarget,
      "models: { m: { targets: [{ provider: a }, { provider: a, order: 2 }, { provider: b }] } }",
      "models: { m: { targets: [{ provider: a }, { provider: b }] } }"),
    Correction(
      .unreachableTarget,
      "models:\n  m:\n    targets:\n      - provider: a\n        model: x\n      # Once more.\n"
        + "      - provider: a\n        options: {}\n        model: x # again\n      - provider: b\n",
      "models:\n  m:\n    targets:\n      - provider: a\n        model: x\n      # Once more.\n"
        + "      - provider: b\n"),
    Correction(
      .unreachableTarget,
      "models:\n  m:\n    targets:\n    - { provider: a }\n    - provider: a\n      id: second",
      "models:\n  m:\n    targets:\n    - { provider: a }"),
    Correction(
      .unreachableTarget,
      "models:\n  m: { targets: [\n    { provider: a },\n    { provider: a },\n  ] }\n",
      "models:\n  m: { targets: [\n    { provider: a },\n  ] }\n"),
    Correction(
      .ignoredWeight,
      "models: { m: { targets: [{ provider: a, weight: 70 }, { provider: b, weight: 30 }] } }",
      "models: { m: { strategy: weighted, targets: [{ provider: a, weight: 70 }, "
        + "{ provider: b, weight: 30 }] } }"),
    Correction(
      .ignoredWeight,
      "models:\n  m:\n    targets: [{ provider: a, weight: 70 }, { provider: b }]\n",
      "models:\n  m:\n    strategy: weighted\n    targets: [{ provider: a, weight: 70 }, "
        + "{ provider: b }]\n"),
    Correction(
      .ignoredWeight,
      "models: { m: { strategy: round_robin, targets: [{ provider: a, weight: 1 }] } }",
      "models: { m: { strategy: weighted, targets: [{ provider: a, weight: 1 }] } }"),
  ]

  static let fallbacks: [Correction] = [
    Correction(
      .fallbackCycle,
      "models: { m: { targets: [{ provider: a }], fallbacks: { default: [m] } } }",
      "models: { m: { targets: [{ provider: a }] } }"),
    Correction(
      .fallbackCycle,
      """
      models:
        m: { targets: [{ provider: a }], fallbacks: { default: [n] } }
        n:
          targets: [{ provider: a }]
          fallbacks:
            context_window: [o]
            content_filter:
              - o
              - m
        o: { targets: [{ provider: a }] }
      """,
      """
      models:
        m: { targets: [{ provider: a }], fallbacks: { default: [n] } }
        n:
          targets: [{ provider: a }]
          fallbacks:
            context_window: [o]
            content_filter:
              - o
        o: { targets: [{ provider: a }] }
      """),
    Correction(
      .fallbackCycle,
      """
      models:
        m: { aliases: [best], targets: [{ provider: a }], fallbacks: { default: [x/1] } }
        x/*:
          fallbacks:
            default: [best]
            context_window: [o]
          targets: [{ provider: a }]
        o: { targets: [{ provider: a }] }
      """,
      """
      models:
        m: { aliases: [best], targets: [{ provider: a }], fallbacks: { default: [x/1] } }
        x/*:
          fallbacks:
            context_window: [o]
          targets: [{ provider: a }]
        o: { targets: [{ provider: a }] }
      """),
  ]

  static let names: [Correction] = [
    Correction(
      .shadowedName,
      "models: { x/*: { targets: [{ provider: a }] }, m: { aliases: [x/1], "
        + "targets: [{ provider: a }] } }",
      "models: { x/*: { targets: [{ provider: a }] }, m: { targets: [{ provider: a }] } }"),
    Correction(
      .shadowedName,
      "models:\n  m:\n    aliases:\n      - x/1\n      - n\n    targets: [{ provider: a }]\n"
        + "  x/*:\n    targets: [{ provider: a }]\n",
      "models:\n  m:\n    aliases:\n      - n\n    targets: [{ provider: a }]\n"
        + "  x/*:\n    targets: [{ provider: a }]\n"),
    Correction(
      .shadowedName,
      "models:\n  x*: { targets: [{ provider: a }] }\n  x**:\n    targets: [{ provider: a }]\n"
        + "  y: { targets: [{ provider: a }] }\n",
      "models:\n  x*: { targets: [{ provider: a }] }\n  y: { targets: [{ provider: a }] }\n"),
  ]

  static let routes: [Correction] =
    [
      (
        "  - { when: { model: n }, model: n }\n  - { model: m }\n  - { when: {}, model: n }\n",
        "  - { when: { model: n }, model: n }\n  - { model: m }\n"
      ),
      (
        "  - when: { header: { X-A: b* } }\n    model: m\n"
          + "  - when: { header: { x-a: bc }, model: n }\n    model: n\n",
        "  - when: { header: { X-A: b* } }\n    model: m\n"
      ),
      (
        "  - { when: { model: x*, input_tokens: { gt: 5, lt: 10 } }, model: m }\n"
          + "  - { when: { model: xy, input_tokens: { gt: 6, lt: 10 } }, model: n }\n",
        "  - { when: { model: x*, input_tokens: { gt: 5, lt: 10 } }, model: m }\n"
      ),
    ].map { wrong, right in
      let models =
        "models: { m: { targets: [{ provider: a }] }, n: { targets: [{ provider: b }] } }\n"
      return Correction(
        .unreachableRoute, "\(models)routes:\n\(wrong)", "\(models)routes:\n\(right)")
    } + [
      Correction(
        .unreachableRoute,
        "models: { m: { targets: [{ provider: a }] } }\n"
          + "routes: [{ when: { input_tokens: { gt: 9, lt: 10 } }, model: m }]\n",
        "models: { m: { targets: [{ provider: a }] } }\n")
    ]

  static let limits: [Correction] = [
    Correction(
      .unmeetableLimit,
      "models: { m: { params: { set: { max_output_tokens: 2000 } }, targets: "
        + "[{ provider: a, limits: { tpm: 1k } }] } }",
      "models: { m: { params: { set: { max_output_tokens: 2000 } }, targets: "
        + "[{ provider: a, limits: { tpm: 2k } }] } }"),
    Correction(
      .unmeetableLimit,
      "models: { m: { targets: [{ provider: a, limits: { rpm: 600, tpm: 400 } }] } }",
      "models: { m: { targets: [{ provider: a, limits: { rpm: 400, tpm: 400 } }] } }"),
    Correction(
      .unmeetableLimit,
      "models: { m: { targets: [{ provider: a, limits: { rpm: 2 } }] } }",
      "models: { m: { targets: [{ cooldown: { failures: 2 }, provider: a, limits: { rpm: 2 } }] } }"
    ),
    Correction(
      .unmeetableLimit,
      "models:\n  m:\n    targets:\n      - provider: a\n        cooldown:\n          window: 2m\n"
        + "        limits: { rpm: 1 }\n",
      "models:\n  m:\n    targets:\n      - provider: a\n        cooldown:\n          failures: 2\n"
        + "          window: 2m\n        limits: { rpm: 1 }\n"),
    Correction(
      .unmeetableLimit,
      "models: { m: { targets: [{ provider: a, cooldown: { failures: 9 }, limits: { rpm: 8 } }] } }",
      "models: { m: { targets: [{ provider: a, cooldown: { failures: 8 }, limits: { rpm: 8 } }] } }"
    ),
  ]

  static let clocks: [Correction] = [
    Correction(
      .unreachableTimeout, "defaults: { timeouts: { idle: 20m, attempt: 10m, total: 15m } }",
      "defaults: { timeouts: { idle: 10m, attempt: 10m, total: 15m } }"),
    Correction(
      .unreachableTimeout,
      "defaults: { timeouts: { first_event: 1m } }\n"
        + "models: { m: { targets: [{ provider: a, timeouts: { total: 30s } }] } }",
      "defaults: { timeouts: { first_event: 1m } }\n"
        + "models: { m: { targets: [{ provider: a, timeouts: { first_event: 30s, total: 30s } }] } }"
    ),
    Correction(
      .unreachableTimeout,
      "defaults:\n  timeouts:\n    total: 30s\nmodels:\n  m:\n    timeouts:\n      idle: 40s\n"
        + "    targets: [{ provider: a }, { provider: b }]\n",
      "defaults:\n  timeouts:\n    total: 30s\nmodels:\n  m:\n    timeouts:\n      idle: 30s\n"
        + "    targets: [{ provider: a }, { provider: b }]\n"),
    Correction(
      .cappedDuration, "defaults: { retry: { backoff: { initial: 10s, max: 4s } } }",
      "defaults: { retry: { backoff: { initial: 4s, max: 4s } } }"),
    Correction(
      .cappedDuration,
      "defaults: { cooldown: { duration: 1m } }\n"
        + "models:\n  m:\n    cooldown:\n      max_duration: 30s\n    targets: [{ provider: a }]\n",
      "defaults: { cooldown: { duration: 1m } }\n"
        + "models:\n  m:\n    cooldown:\n      duration: 30s\n      max_duration: 30s\n"
        + "    targets: [{ provider: a }]\n"),
  ]

  static let affinity: [Correction] = [
    Correction(
      .affinityWithoutBoundary,
      "models: { m: { affinity: { by: [encrypted_content] }, "
        + "targets: [{ provider: a }, { provider: b }] } }",
      "models: { m: { affinity: { when_lost: strip_reasoning, by: [encrypted_content] }, "
        + "targets: [{ provider: a }, { provider: b }] } }"),
    Correction(
      .affinityWithoutBoundary,
      "models:\n  m:\n    affinity:\n      by: [\"header:x-a\", previous_response_id]\n"
        + "      when_lost: error\n    targets: [{ provider: a }, { provider: b }]\n",
      "models:\n  m:\n    affinity:\n      by: [\"header:x-a\", previous_response_id]\n"
        + "      when_lost: strip_reasoning\n    targets: [{ provider: a }, { provider: b }]\n"),
  ]

  @Test(arguments: targets + fallbacks + names + routes + limits + clocks + affinity)
  func `and its suggestion makes the right text of it`(row: Correction) throws {
    let bytes = Array((Self.head + row.wrong).utf8)
    let findings = Loaded(bytes: bytes).findings
    #expect(findings.map(\.code) == [row.code], "\(findings)")
    let corrected = try #require(findings.first?.applied(to: bytes))
    #expect(String(decoding: corrected, as: UTF8.self) == Self.head + row.right)
    #expect(Loaded(bytes: corrected).findings.isEmpty)
  }

  @Test(arguments: [
    "models: { m: { targets: [{ provider: a }, { provider: a, model: x }] } }",
    "models: { m: { targets: [{ provider: a }, { provider: a, options: { r: 1 } }] } }",
    "models: { m: { targets: [{ provider: a }, { provider: a, timeouts: { idle: 10m } }] } }",
    "models: { m: { targets: [{ provider: a }, { provider: a, params: { remove: [x] } }] } }",
    "models: { m: { targets: [{ provider: a }, { provider: a, capabilities: { x: true } }] } }",
    "models: { m: { strategy: hash, targets: [{ provider: a, weight: 1 }] } }",
    "models: { m: { strategy: least_busy, targets: [{ provider: a, weight: 1 }] } }",
    "models: { m: { strategy: least_latency, targets: [{ provider: a, weight: 1 }] } }",
    "models: { m: { targets: [{ provider: a }], fallbacks: { default: [n], content_filter: [n] } }, "
      + "n: { targets: [{ provider: a }] } }",
    "models: { m: { aliases: [mini], targets: [{ provider: a }] }, \"*\": { targets: [{ provider: a }] }, "
      + "\"*i\": { targets: [{ provider: a }] } }",
    "models: { m*: { aliases: [mini], targets: [{ provider: a }] } }",
    "models: { \"**\": { targets: [{ provider: a }] }, \"*\": { targets: [{ provider: a }] } }",
    "models: { m: { targets: [{ provider: a, limits: { rpm: 3 } }] } }",
    "models: { m: { targets: [{ provider: a, limits: { rpm: 3, tpm: 3 } }] } }",
    "models: { m: { targets: [{ provider: a, limits: { rpm: 2 }, cooldown: { window: 90s } }] } }",
    "models: { m: { targets: [{ provider: a, limits: { rpm: 3 }, cooldown: { window: 10s } }] } }",
    "defaults: { timeouts: { total: 10s } }",
    "defaults: { timeouts: { idle: 20m } }\nmodels: { m: { targets: [{ provider: a, timeouts: { idle: 5m, total: 5m } }] } }",
    "models: { m: { affinity: { by: [prompt_cache_key] }, targets: [{ provider: a }, { provider: b }] } }",
    "models: { m: { affinity: { by: [encrypted_content] }, targets: [{ provider: a }] } }",
    "models: { m: { affinity: { by: [encrypted_content], when_lost: replay }, targets: [{ provider: a }, { provider: b }] } }",
    "models: { m: { affinity: { by: [encrypted_content] }, targets: [{ provider: a }, { provider: b }, { provider: a, order: 2, model: x }] } }",
    "models: { m: { affinity: {}, targets: [{ provider: a }, { provider: b }] } }",
  ]) func `and what may be meant is not`(text: String) {
    let findings = Loaded(Self.head + text).findings
    #expect(findings.isEmpty, "\(findings)")
  }

  @Test(arguments: [
    ("{ header: { a: b } }", "{}", true), ("{}", "{ model: x }", false),
    ("{ header: { a: b, c: d } }", "{ header: { c: d } }", true),
    ("{ header: { a: b } }", "{ header: { a: b, c: d } }", false),
    ("{ header: { a: b } }", "{ header: { a: \"*\" } }", true),
    ("{ header: { a: \"*\" } }", "{ header: { a: b* } }", false),
    ("{ header: { a: \"*\" } }", "{ header: { a: \"**\" } }", false),
    ("{ model: abc }", "{ model: a* }", true), ("{ model: a* }", "{ model: abc }", false),
    ("{ model: a*c }", "{ model: a* }", true), ("{ header: { a: b } }", "{ model: b }", false),
    ("{ input_tokens: { gt: 5 } }", "{ input_tokens: { gt: 6 } }", false),
    ("{ input_tokens: { gt: 6 } }", "{ input_tokens: { gt: 5 } }", true),
    ("{ input_tokens: { lt: 6 } }", "{ input_tokens: { lt: 5 } }", false),
    ("{ input_tokens: { lt: 5 } }", "{ input_tokens: { lt: 6 } }", true),
    ("{}", "{ input_tokens: { gt: 1 } }", false), ("{}", "{ input_tokens: { lt: 6 } }", false),
  ]) func `a route takes all of another's requests only where that is certain`(
    later: String, earlier: String, covers: Bool
  ) throws {
    let document = try #require(
      Loaded(
        """
        version: 1
        providers: { a: { plugin: p } }
        models: { m: { targets: [{ provider: a }] } }
        routes: [{ when: \(earlier), model: m }, { when: \(later), model: m }]
        """
      ).document)
    #expect(document.routes[0].conditions.covers(document.routes[1].conditions) == covers)
  }

  @Test(arguments: [
    ("", ["a": "x", "b": "y"], 1), ("", ["a": "x", "b": "x"], 0), ("", ["a": "x"], 0),
    ("state_boundary: y", ["a": "x"], 1), ("state_boundary: x", ["a": "x", "b": "y"], 0),
  ]) func `whose state is whose the file says, or else the plugin, or nobody`(
    key: String, plugin: [String: String], count: Int
  ) throws {
    let document = try #require(
      Loaded(
        """
        version: 1
        providers: { a: { plugin: p }, b: { plugin: p, \(key) } }
        models:
          m: { affinity: { by: [encrypted_content] }, targets: [{ provider: a }, { provider: b }] }
        """
      ).document)
    #expect(document.affinityFindings { plugin[$0.id] }.count == count)
  }

  @Test func `a fallback that leads back disables the model that has it`() throws {
    let document = try #require(Loaded(Self.head + Self.fallbacks[1].wrong).document)
    #expect(document.models.models.map { $0.problem?.code } == [nil, .fallbackCycle, nil])
  }

  @Test func `each of several cycles is told with its way`() {
    let loaded = Loaded(
      Self.head + """
        models:
          m: { targets: [{ provider: a }], fallbacks: { default: [n, o] } }
          n: { targets: [{ provider: a }], fallbacks: { default: [o, m] } }
          o: { targets: [{ provider: a }], fallbacks: { default: [n, o] } }
        """)
    #expect(
      loaded.diagnostics.map(\.message) == [
        #"the fallbacks lead back: "m" → "n" → "m""#, #"the fallbacks lead back: "n" → "o" → "n""#,
        #"the fallbacks lead back: "o" → "o""#,
      ])
  }

  @Test func `a long chain of fallbacks is walked through without the stack`() {
    let models = (0..<5000).map {
      "  m\($0): { targets: [{ provider: a }], fallbacks: { default: [m\($0 + 1)] } }\n"
    }
    let last = "  m5000: { targets: [{ provider: a }], fallbacks: { default: [m0] } }\n"
    let loaded = Loaded(Self.head + "models:\n" + models.joined() + last)
    #expect(loaded.codes == ["fallback-cycle"])
  }

  @Test func `what an alias or a merge key brought in is found once and left as it is written`() {
    let loaded = Loaded(
      Self.head + """
        models:
          m: { targets: [&one { provider: a }, *one] }
          n: &base { targets: [{ provider: b, weight: 2 }] }
          o: { <<: *base }
        """)
    #expect(loaded.codes == ["unreachable-target", "ignored-weight"])
    #expect(loaded.diagnostics[0].suggestion == nil)
  }
}
