extension FaultRule {
  /// Errors in the shapes that a client has to read, of any status and with any words.
  static let bodies: [FaultRule] = [
    FaultRule(
      name: "model-error", argument: .error(otherwise: "400/-/Bad request."),
      explanation: "the shape of the model layer (- for a null code)"
    ) { reply, fault, _ in
      guard let error = ErrorWords(fault.argument) else { return }
      reply = refusal(
        .invalid(error.text, code: error.code, status: error.status, type: "invalid_request_error"))
    },
    FaultRule(
      name: "gateway-error", argument: .error(otherwise: "400/BadRequest/No."),
      explanation: "the shape of the gateway, a code and a message"
    ) { reply, fault, _ in
      guard let error = ErrorWords(fault.argument) else { return }
      reply = refusal(.gateway(error.status, code: error.code ?? "", error.text))
    },
    FaultRule(
      name: "bare-error", argument: .error(otherwise: "401/-/Unauthorized."),
      explanation: "statusCode and message, without a wrapper"
    ) { reply, fault, _ in
      guard let error = ErrorWords(fault.argument) else { return }
      reply = .json(
        error.status, ["statusCode": .integer(error.status), "message": .string(error.text)])
    },
    FaultRule(name: "schema-error", explanation: "400 invalid_payload of a project's schema layer")
    {
      reply, _, _ in
      reply = refusal(.schemaMismatch)
    },
    FaultRule(
      name: "text-error", argument: .error(otherwise: "502/-/Bad gateway"),
      explanation: "plain text"
    ) { reply, fault, _ in
      guard let error = ErrorWords(fault.argument) else { return }
      reply = .text(error.status, "text/plain", error.text)
    },
    FaultRule(name: "message-json", explanation: "400 whose message is JSON in a string") {
      reply, _, _ in
      let inner: JSON = [
        "error": ["code": "context_length_exceeded", "message": "The input is too long."]
      ]
      reply = refusal(.invalid(String(decoding: inner.bytes, as: UTF8.self)))
    },
    FaultRule(name: "message-object", explanation: "400 whose message is an object") {
      reply, _, _ in
      reply = .json(
        400,
        ["error": ["code": "BadRequest", "message": ["lang": "en-us", "value": "No such field."]]])
    },
    FaultRule(
      name: "header-code", argument: .error(otherwise: "429/RateLimitReached/"),
      explanation: "no body, the code in x-ms-error-code alone"
    ) { reply, fault, _ in
      guard let error = ErrorWords(fault.argument) else { return }
      reply = .text(error.status, "text/plain", "")
      reply.setHeader("x-ms-error-code", error.code ?? "")
    },
    FaultRule(name: "completion-filter", explanation: "400 with innererror, the answer filtered") {
      reply, _, _ in
      reply = refusal(completionFilter)
    },
    FaultRule(name: "403-endpoint", explanation: "403, a private endpoint is wanted") {
      reply, _, scene in
      reply = refusal(
        error(
          scene, 403, "403",
          "Public access is disabled. Please configure private endpoint."))
    },
    FaultRule(name: "403-blocked", explanation: "403, temporarily blocked") { reply, _, scene in
      reply = refusal(
        error(
          scene, 403, "403",
          "Your resource has been temporarily blocked because we detected behavior that may "
            + "violate our content policy."))
    },
    FaultRule(name: "403-region", explanation: "403, the country is not supported") { reply, _, _ in
      reply = refusal(
        .invalid(
          "Country, region, or territory not supported",
          code: "unsupported_country_region_territory", status: 403, type: "request_forbidden"))
    },
    FaultRule(name: "text-200", explanation: "200 with plain text in place of a stream") {
      reply, _, _ in
      reply = .text(200, "text/plain", "no healthy upstream")
    },
  ]

  private static let completionFilter = Refusal(
    status: 400,
    body: [
      "error": [
        "message": "The response was filtered due to the content management policy.",
        "type": "invalid_request_error", "param": .null, "code": "content_filter", "status": 400,
        "innererror": [
          "code": "ResponsibleAIPolicyViolation",
          "content_filter_result": [
            "jailbreak": ["filtered": true, "detected": true],
            "self_harm": ["filtered": false, "severity": "safe"],
          ],
        ],
      ]
    ])
}
