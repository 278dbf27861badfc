extension FaultRule {
  /// Requests for a token that are refused.
  static let tokenRefusals: [FaultRule] = [
    login("invalid-client", "401, the secret is wrong (AADSTS7000215)") {
      $0.wrongSecret("emulated")
    },
    login("expired-secret", "401, the secret has expired (AADSTS7000222)") {
      $0.expiredSecret("emulated")
    },
    login("unauthorized-client", "400, no such application (AADSTS700016)") {
      $0.unknownApplication("emulated", tenant: "emulated")
    },
    login("unknown-tenant", "400, no such directory (AADSTS90002)") {
      $0.unknownTenant("emulated")
    },
    FaultRule(
      name: "no-identity", explanation: "400, the machine has no identity",
      endpoints: [.imds, .appService]
    ) { reply, _, _ in
      reply = .json(
        400, ["error": "invalid_request", "error_description": "Identity not found"])
    },
    FaultRule(
      name: "429", argument: .text("SECONDS", otherwise: ""),
      explanation: "429, with retry-after when it has an argument"
    ) { reply, fault, _ in
      reply = .json(429, ["error": "temporarily_unavailable"])
      if !fault.argument.isEmpty { reply.setHeader("retry-after", fault.argument) }
    },
    status(404, "the endpoint is not ready"), status(408, "a time-out"),
    status(410, "the machine is being moved"), status(500, "an error of the server"),
    status(503, "too busy"), status(504, "a time-out of the gateway"),
  ]

  /// Replies that carry a token, or should.
  static let tokenReplies: [FaultRule] = [
    FaultRule(name: "html", explanation: "200 with a page, as of a captive portal") {
      reply, _, _ in
      reply = .text(200, "text/html", "<html><body>Sign in to the network</body></html>\n")
    },
    FaultRule(name: "html-502", explanation: "502 with a page of HTML from a proxy") {
      reply, _, _ in
      reply = .text(502, "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>\n")
    },
    FaultRule(name: "empty", explanation: "200 without a body") { reply, _, _ in
      reply = .text(200, "application/json", "")
    },
    FaultRule(name: "broken-json", explanation: "200 with JSON that ends early") { reply, _, _ in
      reply = .text(200, "application/json", "{\"token_type\":\"Bearer\",\"access_tok")
    },
    edit("no-token", "200 without access_token") { $0.without("access_token") },
    edit("empty-token", "200 with an empty access_token") { $0.with("access_token", "") },
    edit("null-token", "200 with a null access_token") { $0.with("access_token", .null) },
    edit("odd-token", "200 with a line break in access_token") {
      $0.with("access_token", "eyJ\r\nx-smuggled: 1")
    },
    edit("expires-in-text", "expires_in as text") { token in
      token["expires_in"]?.integer.map { token.with("expires_in", .string(String($0))) } ?? token
    },
    edit("no-expires-in", "neither expires_in nor expires_on") {
      $0.without("expires_in").without("expires_on")
    },
    FaultRule(
      name: "expires-in", argument: .number("SECONDS", otherwise: -1),
      explanation: "expires_in is this number, whatever is true"
    ) { reply, fault, _ in
      reply.editObject { $0.with("expires_in", .integer(fault.number)).without("expires_on") }
    },
    FaultRule(name: "expires-on-only", explanation: "expires_on as text, and no expires_in") {
      reply, _, scene in
      reply.editObject { token in
        let seconds = token["expires_in"].flatMap { $0.integer ?? $0.text.flatMap { Int($0) } }
        let end = Int(scene.clock.now().components.seconds) + (seconds ?? 3599)
        return token.without("expires_in")
          .with("expires_on", token["expires_on"] ?? .string(String(end)))
      }
    },
    FaultRule(
      name: "slow", argument: .number("MS", otherwise: 1500),
      explanation: "wait so long before the header",
      onSteps: { steps, fault in
        steps.insert(.pause(.milliseconds(fault.number)), at: 0)
      }),
    FaultRule(
      name: "drop", explanation: "reset the connection before the header",
      onSteps: { steps, _ in steps = [.reset] }),
  ]

  private static func login(
    _ name: String, _ explanation: String, _ refusal: @escaping @Sendable (LoginRefusals) -> Refusal
  ) -> FaultRule {
    FaultRule(name: name, explanation: explanation, endpoints: [.login]) { reply, _, scene in
      let refusal = refusal(LoginRefusals(clock: scene.clock))
      reply = .json(refusal.status, refusal.body)
    }
  }

  private static func status(_ status: Int, _ why: String) -> FaultRule {
    FaultRule(name: String(status), explanation: "\(status), \(why)") { reply, _, _ in
      reply = .json(
        status, ["error": "temporarily_unavailable", "error_description": .string(why)])
    }
  }

  private static func edit(
    _ name: String, _ explanation: String, _ change: @escaping @Sendable (JSON) -> JSON
  ) -> FaultRule {
    FaultRule(name: name, explanation: explanation) { reply, _, _ in reply.editObject(change) }
  }
}

extension HTTPReply {
  /// Edits the object of a whole reply that succeeded.
  mutating func editObject(_ change: (JSON) -> JSON) {
    guard status == 200, case .whole(let bytes) = body, let object = try? JSON(parsing: bytes)
    else { return }
    body = .whole(change(object).bytes)
  }
}
