extension FaultRule {
  /// Replies that are no answer, each in the shape of its upstream.
  static let statuses: [FaultRule] = [
    FaultRule(name: "429", explanation: "429 that does not say when to try again") {
      reply, _, scene in
      reply = rateLimited(scene)
    },
    FaultRule(
      name: "429-retry-after", argument: .text("SECONDS", otherwise: "1"),
      explanation: "429 with retry-after in seconds"
    ) { reply, fault, scene in
      reply = rateLimited(scene)
      reply.setHeader("retry-after", fault.argument)
    },
    FaultRule(
      name: "429-retry-after-ms", argument: .number("MS", otherwise: 50),
      explanation: "429 with retry-after-ms in milliseconds"
    ) { reply, fault, scene in
      reply = rateLimited(scene)
      reply.setHeader("retry-after-ms", fault.argument)
    },
    FaultRule(
      name: "429-retry-date", argument: .number("SECONDS", otherwise: 1),
      explanation: "429 with a date so many seconds ahead"
    ) { reply, fault, scene in
      reply = rateLimited(scene)
      reply.setHeader("retry-after", HTTPDate.text(scene.clock.now() + .seconds(fault.number)))
    },
    FaultRule(name: "429-no-retry", explanation: "429 with x-should-retry: false") {
      reply, _, scene in
      reply = rateLimited(scene)
      reply.setHeader("x-should-retry", "false")
    },
    FaultRule(name: "quota", explanation: "429 because the quota is used up") { reply, _, _ in
      reply = refusal(quota)
    },
    FaultRule(name: "429-busy", explanation: "429 that speaks of the upstream's own load") {
      reply, _, scene in
      reply = refusal(
        error(
          scene, 429, "429",
          "The service is temporarily unable to process your request. Please try again later."))
    },
    FaultRule(name: "401", explanation: "401, as for a wrong credential") { reply, _, scene in
      reply = refusal(unauthorized(scene))
    },
    FaultRule(name: "403", explanation: "403, as behind a firewall") { reply, _, scene in
      reply = refusal(
        error(scene, 403, "AccessDenied", "Access denied due to Virtual Network/Firewall rules."))
    },
    FaultRule(name: "413", explanation: "413 because the body is too large") {
      reply, _, scene in
      reply = refusal(error(scene, 413, "RequestTooLarge", "The request body is too large."))
    },
    FaultRule(name: "422", explanation: "422 because the body cannot be processed") {
      reply, _, scene in
      reply = refusal(error(scene, 422, "UnprocessableEntity", "The request is not processable."))
    },
    FaultRule(name: "404", explanation: "404, there is nothing at this path") { reply, _, scene in
      reply = refusal(
        scene.isAzure
          ? .gateway(404, code: "404", "Resource not found")
          : .invalid("Invalid URL (POST /v1/responses)", status: 404))
    },
    FaultRule(
      name: "deployment-not-found", explanation: "404 DeploymentNotFound, as when it is new"
    ) {
      reply, _, scene in
      reply = refusal(
        error(
          scene, 404, "DeploymentNotFound",
          "The API deployment for this resource does not exist. If you created the deployment "
            + "within the last 5 minutes, please wait a moment and try again."))
    },
    FaultRule(name: "408", explanation: "408 from the gateway") { reply, _, scene in
      reply = refusal(error(scene, 408, "Timeout", "The operation was timeout."))
    },
    FaultRule(name: "500", explanation: "500 with an error object") { reply, _, scene in
      reply = refusal(
        error(scene, 500, "server_error", "The server had an error while processing your request."))
    },
    FaultRule(name: "502", explanation: "502 with a page of HTML from a proxy") { reply, _, _ in
      reply = .text(502, "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>\n")
    },
    FaultRule(name: "503", explanation: "503 in plain text from a load balancer") {
      reply, _, _ in
      reply = .text(503, "text/plain", "no healthy upstream")
    },
    FaultRule(name: "overloaded", explanation: "503 with an error object that says so") {
      reply, _, scene in
      reply = refusal(
        error(scene, 503, "server_is_overloaded", "The server is currently overloaded."))
    },
    FaultRule(name: "409", explanation: "409 because something else is at work on it") {
      reply, _, scene in
      reply = refusal(error(scene, 409, "conflict", "Another process is operating on this item."))
    },
    FaultRule(name: "504", explanation: "504 without a body") { reply, _, _ in
      reply = .text(504, "text/plain", "")
    },
    FaultRule(name: "content-filter", explanation: "400 because the prompt was filtered") {
      reply, _, scene in
      reply = refusal(contentFilter(scene))
    },
    FaultRule(name: "context-length", explanation: "400 because the input is too long") {
      reply, _, _ in
      reply = refusal(
        .invalid(
          "Your input exceeds the context window of this model. Please adjust your input and try "
            + "again.", param: "input", code: "context_length_exceeded"))
    },
    FaultRule(
      name: "redirect", argument: .text("URL", otherwise: ""),
      explanation: "307 to another origin (this port as localhost)"
    ) { reply, fault, scene in
      let other = scene.origin.split(separator: ":").last.map { "http://localhost:\($0)/moved" }
      reply = .text(307, "text/plain", "")
      reply.setHeader("location", fault.argument.isEmpty ? other ?? "" : fault.argument)
    },
  ]

  static func refusal(_ refusal: Refusal) -> HTTPReply {
    .json(refusal.status, refusal.body)
  }

  static func error(
    _ scene: FaultScene, _ status: Int, _ code: String, _ message: String
  ) -> Refusal {
    guard scene.isAzure else {
      return .invalid(message, code: code, status: status, type: "server_error")
    }
    return .gateway(status, code: code, message)
  }

  private static func rateLimited(_ scene: FaultScene) -> HTTPReply {
    guard scene.isAzure else {
      return refusal(
        .invalid(
          "Rate limit reached for requests.", code: "rate_limit_exceeded", status: 429,
          type: "requests"))
    }
    return refusal(
      .gateway(
        429, code: "RateLimitReached",
        "Your requests to this deployment have exceeded the call rate limit."))
  }

  private static let quota = Refusal.invalid(
    "You exceeded your current quota, please check your plan and billing details.",
    code: "insufficient_quota", status: 429, type: "insufficient_quota")

  private static func unauthorized(_ scene: FaultScene) -> Refusal {
    switch scene.upstream {
    case .openai:
      .invalid("Incorrect API key provided.", code: "invalid_api_key", status: 401)
    case .azureOpenAI: .token(audience: "https://cognitiveservices.azure.com")
    case .azureFoundry, nil: .token(audience: "https://ai.azure.com")
    }
  }

  private static func contentFilter(_ scene: FaultScene) -> Refusal {
    let message =
      "The response was filtered due to the prompt triggering the content management policy."
    guard scene.isAzure else {
      return .invalid(message, param: "prompt", code: "content_filter")
    }
    return Refusal(
      status: 400,
      body: [
        "error": [
          "message": .string(message), "type": .null, "param": "prompt",
          "code": "content_filter", "status": 400,
          "innererror": [
            "code": "ResponsibleAIPolicyViolation",
            "content_filter_result": ["violence": ["filtered": true, "severity": "high"]],
          ],
        ]
      ])
  }
}
