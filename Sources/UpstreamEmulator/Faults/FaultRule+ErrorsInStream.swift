extension FaultRule {
  /// Errors that come inside a 200.
  static let errorsInStream: [FaultRule] = [
    FaultRule(
      name: "failed-then-error",
      explanation: "200, failed with a null error, then error",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in
          events = opening(events) + [failed(events, .null), nested(2)]
        }
      }),
    FaultRule(
      name: "error-then-failed",
      explanation: "200, error, then failed with its code",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in
          events = opening(events) + [nested(1), failed(events, limit, number: 2)]
        }
      }),
    FaultRule(
      name: "failed-null", explanation: "200, failed with a null error, then the end",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in events = opening(events) + [failed(events, .null)] }
      }),
    FaultRule(
      name: "failed-message-only",
      explanation: "200, failed with a message and no code",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in
          let error: JSON = ["message": "Your requests have exceeded the token rate limit."]
          events = opening(events) + [failed(events, error)]
        }
      }),
    FaultRule(
      name: "failed", argument: .text("CODE/TEXT", otherwise: "server_error/The server failed."),
      explanation: "200, failed with this code and text",
      onReply: { reply, fault, _ in
        reply.editEvents { events, _ in
          events = opening(events) + [failed(events, error(fault.argument))]
        }
      }),
    FaultRule(
      name: "failed-object", explanation: "200, failed with an empty error object",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in events = opening(events) + [failed(events, [:])] }
      }),
    FaultRule(
      name: "error", argument: .text("CODE/TEXT", otherwise: "server_error/The server failed."),
      explanation: "200, a nested error of this code and text",
      onReply: { reply, fault, _ in
        reply.editEvents { events, _ in
          events =
            opening(events) + [
              ServerEvent([
                "type": "error", "sequence_number": 1, "error": error(fault.argument),
              ])
            ]
        }
      }),
    FaultRule(
      name: "error-null", explanation: "200, an error event whose error is null",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in
          events =
            opening(events) + [
              ServerEvent(["type": "error", "sequence_number": 1, "error": .null])
            ]
        }
      }),
    FaultRule(
      name: "error-message-only", explanation: "200, an error event with a message and no more",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in
          events =
            opening(events) + [
              ServerEvent(["type": "error", "message": "Your requests have exceeded a limit."])
            ]
        }
      }),
    FaultRule(
      name: "error-first", explanation: "200, an error event before anything else",
      onReply: { reply, _, _ in reply.editEvents { events, _ in events = [nested(0)] } }),
    FaultRule(
      name: "error-flat", explanation: "200, an error event with its fields at the root",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in events = opening(events) + [flat] }
      }),
    FaultRule(
      name: "failed-mid-stream", argument: .number("EVENTS", otherwise: 6),
      explanation: "failed with server_error after so many events",
      onReply: { reply, fault, _ in
        reply.editEvents { events, _ in
          let error: JSON = ["code": "server_error", "message": "The server had an error."]
          let kept = Array(events.prefix(fault.number))
          events = kept + [failed(events, error, number: kept.count)]
        }
      }),
    FaultRule(
      name: "overloaded-in-stream", explanation: "200, failed with talk of high demand",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in
          let error: JSON = [
            "code": "server_is_overloaded", "message": "We are experiencing high demand.",
          ]
          events = opening(events) + [failed(events, error)]
        }
      }),
    FaultRule(
      name: "error-json-200", explanation: "200 with an error object in place of a stream",
      onReply: { reply, _, _ in
        reply = .json(200, ["error": limit])
      }),
    FaultRule(
      name: "second-terminal", explanation: "failed after completed",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in
          events.append(failed(events, limit, number: events.count))
        }
      }),
  ]

  private static let limit: JSON = [
    "type": "too_many_requests", "code": "rate_limit_exceeded",
    "message": "Your requests to the deployment have exceeded rate limit.", "param": .null,
  ]

  // Only what says nothing yet: from here a request may still be tried again.
  private static func opening(_ events: [ServerEvent]) -> [ServerEvent] {
    Array(events.prefix(1))
  }

  private static func nested(_ number: Int) -> ServerEvent {
    ServerEvent([
      "type": "error", "error": limit.with("headers", ["x-ms-fe-error": "true"]),
      "sequence_number": .integer(number),
    ])
  }

  // A code and a text with a slash between; `-` stands for no code at all.
  static func error(_ argument: String) -> JSON {
    let parts = argument.split(separator: "/", maxSplits: 1).map(String.init)
    let code = parts.first ?? ""
    return ["code": code == "-" ? .null : .string(code), "message": .string(parts.last ?? "")]
  }

  private static let flat = ServerEvent([
    "type": "error", "sequence_number": 1, "code": "rate_limit_exceeded",
    "message": "Your requests to the deployment have exceeded rate limit.", "param": .null,
  ])

  private static func failed(
    _ events: [ServerEvent], _ error: JSON, number: Int = 1
  ) -> ServerEvent {
    let created = events.first { $0.name == "response.created" }
    let response = created.flatMap { try? JSON(parsing: $0.data) }?["response"] ?? [:]
    return ServerEvent([
      "type": "response.failed", "sequence_number": .integer(number),
      "response": response.with("status", "failed").with("error", error),
    ])
  }
}
