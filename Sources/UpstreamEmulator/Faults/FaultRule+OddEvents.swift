extension FaultRule {
  /// Streams whose events are well written and not what was to be expected.
  static let oddEvents: [FaultRule] = [
    FaultRule(
      name: "unknown-event", argument: .text("TYPE", otherwise: "response.unheard_of"),
      explanation: "an event of an unknown type, as the second",
      onReply: { reply, fault, _ in
        reply.editJSON { events in
          let event: JSON = [
            "type": .string(fault.argument), "item_id": "x", "delta": "?", "output_index": 0,
          ]
          events.insert(event, at: min(1, events.count))
        }
      }),
    FaultRule(
      name: "sequence-gap", argument: .number("EVENTS", otherwise: 3),
      explanation: "ten numbers left out after so many events",
      onReply: { reply, fault, _ in
        reply.editJSON(numbering: { $0 < fault.number ? $0 : $0 + 10 }) { _ in }
      }),
    FaultRule(
      name: "sequence-none", explanation: "events without sequence_number",
      onReply: { reply, _, _ in
        reply.editJSON(numbering: { _ in nil }) { _ in }
      }),
    FaultRule(
      name: "repeat", argument: .number("EVENTS", otherwise: 3),
      explanation: "the event after so many comes twice",
      onReply: { reply, fault, _ in
        reply.editEvents { events, _ in
          guard events.indices.contains(fault.number) else { return }
          events.insert(events[fault.number], at: fault.number)
        }
      }),
    FaultRule(
      name: "snapshots", explanation: "a message comes done thrice, each time longer",
      onReply: { reply, _, _ in
        reply.editJSON { events in events = events.flatMap(snapshots) }
      }),
    FaultRule(
      name: "interleave", explanation: "the events of several items take turns",
      onReply: { reply, _, _ in reply.editJSON { events in events = interleaved(events) } }),
    FaultRule(
      name: "empty-arguments-done", explanation: "arguments.done without the arguments",
      onReply: { reply, _, _ in
        reply.editJSON { events in
          events = events.map { event in
            event["type"] == "response.function_call_arguments.done"
              ? event.with("arguments", "") : event
          }
        }
      }),
    FaultRule(
      name: "incomplete", argument: .text("REASON", otherwise: "content_filter"),
      explanation: "response.incomplete with this reason at the end",
      onReply: { reply, fault, _ in
        reply.editResponse(type: "response.incomplete") { response in
          let details: JSON = ["reason": .string(fault.argument)]
          return blocked(response.with("status", "incomplete").with("incomplete_details", details))
        }
      }),
    FaultRule(
      name: "completed-status", argument: .text("STATUS", otherwise: "cancelled"),
      explanation: "response.completed that says another status",
      onReply: { reply, fault, _ in
        reply.editResponse(type: "response.completed") {
          $0.with("status", .string(fault.argument))
        }
      }),
    FaultRule(
      name: "empty-output", explanation: "the last event's response has no output",
      onReply: { reply, _, _ in
        reply.editResponse(type: "response.completed") { $0.with("output", []) }
      }),
  ]

  // Growing prefixes of the text before the whole of it, as some providers send one slot.
  private static func snapshots(_ event: JSON) -> [JSON] {
    guard event["type"] == "response.output_item.done", let item = event["item"],
      item["type"] == "message", let part = item["content"]?[0], let text = part["text"]?.text
    else { return [event] }
    let lengths = [text.count / 3, text.count * 2 / 3].filter { $0 > 0 }
    return lengths.map { length in
      let shorter = part.with("text", .string(String(text.prefix(length))))
      return event.with("item", item.with("content", [shorter]))
    } + [event]
  }

  // What belongs to an item keeps its order; what belongs to none stays first or last.
  private static func interleaved(_ events: [JSON]) -> [JSON] {
    let indices = events.compactMap { $0["output_index"]?.integer }
    let queues = (0...(indices.max() ?? 0)).map { index in
      events.filter { $0["output_index"]?.integer == index }
    }
    let start = events.prefix { $0["output_index"] == nil }
    let end = events.reversed().prefix { $0["output_index"] == nil }.reversed()
    guard start.count < events.count else { return events }
    let turns = (0..<(queues.map(\.count).max() ?? 0)).flatMap { turn in
      queues.compactMap { turn < $0.count ? $0[turn] : nil }
    }
    return start + turns + end
  }

  private static func blocked(_ response: JSON) -> JSON {
    guard let filters = response["content_filters"], !filters.isNull else { return response }
    return response.with("content_filters", .array(filters.items.map { $0.with("blocked", true) }))
  }
}

extension HTTPReply {
  /// Edits the events as JSON and numbers them again; events that are none are dropped.
  ///
  /// - Parameters:
  ///   - numbering: The number of the event at this place; nil for none.
  ///   - edit: Called with the events as they were to be sent.
  mutating func editJSON(
    numbering: (Int) -> Int? = { $0 }, _ edit: (inout [JSON]) -> Void
  ) {
    editEvents { events, _ in
      var values = events.compactMap { try? JSON(parsing: $0.data) }
      edit(&values)
      events = values.enumerated().map { place, event in
        ServerEvent(
          numbering(place).map { event.with("sequence_number", .integer($0)) }
            ?? event.without("sequence_number"))
      }
    }
  }

  /// Edits the response of the last event, and gives the event this type.
  mutating func editResponse(type: String, _ change: (JSON) -> JSON) {
    editJSON { events in
      guard let last = events.popLast(), let response = last["response"] else { return }
      events.append(last.with("type", .string(type)).with("response", change(response)))
    }
  }
}
