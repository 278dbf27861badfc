extension FaultRule {
  /// Streams whose bytes are odd, or wrong.
  static let framings: [FaultRule] = [
    FaultRule(
      name: "garbage-sse", argument: .number("EVENTS", otherwise: 6),
      explanation: "data that is no JSON, after so many events",
      onReply: { reply, fault, _ in
        reply.insert(Array("event: response.output_text.delta\ndata: {\"type\":\n\n".utf8), fault)
      }),
    FaultRule(
      name: "invalid-utf8", argument: .number("EVENTS", otherwise: 6),
      explanation: "data that is not UTF-8, after so many events",
      onReply: { reply, fault, _ in
        let head = Array("event: response.output_text.delta\ndata: {\"delta\":\"".utf8)
        reply.insert(head + [0xC3, 0x28, 0xFF] + Array("\"}\n\n".utf8), fault)
      }),
    FaultRule(
      name: "split-utf8", argument: .number("BYTES", otherwise: 1),
      explanation: "chunks so small that characters are split",
      onReply: { reply, fault, _ in reply.editEvents { $1.chunkSize = max(1, fault.number) } }),
    FaultRule(
      name: "huge-event", argument: .number("BYTES", otherwise: 10 << 20),
      explanation: "an unknown event of that size, as the second",
      onReply: { reply, fault, _ in
        reply.editEvents { events, _ in
          let padding = String(repeating: "x", count: min(max(0, fault.number), 1 << 30))
          let event: JSON = ["type": "response.unheard_of", "padding": .string(padding)]
          events.insert(ServerEvent(event), at: min(1, events.count))
        }
      }),
    FaultRule(
      name: "empty-event", explanation: "an event with empty data, as the second",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in
          events.insert(ServerEvent(raw: Array("event: ping\ndata:\n\n".utf8)), at: 1)
        }
      }),
    FaultRule(
      name: "done", explanation: "[DONE] after the last event",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in
          events.append(ServerEvent(raw: Array("data: [DONE]\n\n".utf8)))
        }
      }),
    FaultRule(
      name: "done-early", argument: .number("EVENTS", otherwise: 6),
      explanation: "[DONE] after so many events, none terminal",
      onReply: { reply, fault, _ in
        reply.editEvents { events, _ in
          events = events.prefix(fault.number) + [ServerEvent(raw: Array("data: [DONE]\n\n".utf8))]
        }
      }),
    FaultRule(
      name: "half-terminal", explanation: "the last event cut inside its data, then the end",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in
          guard let last = events.popLast() else { return }
          let bytes = EventFraming.plain.bytes(of: last, isFirst: false, isLast: true)
          events.append(ServerEvent(raw: Array(bytes.prefix(bytes.count / 2))))
        }
      }),
    FaultRule(
      name: "no-final-newline", explanation: "the last event without any line end",
      onReply: { reply, _, _ in
        reply.editEvents { events, framing in
          framing.endsLastEvent = false
          framing.endsLastLine = false
        }
      }),
    FaultRule(
      name: "no-final-blank-line", explanation: "the last event without the line that ends it",
      onReply: { reply, _, _ in reply.editEvents { $1.endsLastEvent = false } }),
    FaultRule(
      name: "no-event-names", explanation: "events of data lines only",
      onReply: { reply, _, _ in reply.editEvents { $1.namesEvents = false } }),
    FaultRule(
      name: "wrong-event-names", explanation: "event names that contradict the data's type",
      onReply: { reply, _, _ in
        reply.editEvents { events, _ in
          for index in events.indices { events[index].name = "message" }
        }
      }),
    FaultRule(
      name: "no-space", explanation: "no space after the colons",
      onReply: { reply, _, _ in reply.editEvents { $1.colon = ":" } }),
    FaultRule(
      name: "split-data", explanation: "each event's data on two lines",
      onReply: { reply, _, _ in reply.editEvents { $1.splitsData = true } }),
    FaultRule(
      name: "odd-fields", explanation: "lines of unknown fields, and of id and retry",
      onReply: { reply, _, _ in
        reply.editEvents { $1.extraLines = ["id: 7", "retry: 10", "colour: blue", "lonely"] }
      }),
    FaultRule(
      name: "bom", explanation: "a byte order mark before the first event",
      onReply: { reply, _, _ in reply.editEvents { $1.startsWithByteOrderMark = true } }),
    FaultRule(
      name: "crlf", explanation: "lines that end with CR LF",
      onReply: { reply, _, _ in reply.editEvents { $1.lineEnd = "\r\n" } }),
    FaultRule(
      name: "cr", explanation: "lines that end with CR",
      onReply: { reply, _, _ in reply.editEvents { $1.lineEnd = "\r" } }),
    FaultRule(
      name: "wrong-content-type", argument: .text("TYPE", otherwise: "text/html"),
      explanation: "the right body under another content type",
      onReply: { reply, fault, _ in reply.setHeader("content-type", fault.argument) }),
    FaultRule(
      name: "json-for-stream",
      explanation: "the finished response as JSON, no stream",
      onReply: { reply, _, _ in
        guard case .events(let events, _) = reply.body, let last = events.last,
          let response = (try? JSON(parsing: last.data))?["response"]
        else { return }
        reply = .json(200, response)
      }),
  ]
}

extension HTTPReply {
  fileprivate mutating func insert(_ raw: [UInt8], _ fault: Fault) {
    editEvents { events, _ in
      events.insert(ServerEvent(raw: raw), at: min(max(0, fault.number), events.count))
    }
  }
}
