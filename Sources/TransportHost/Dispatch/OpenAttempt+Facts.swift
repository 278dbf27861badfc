internal import ResponseStream

extension OpenAttempt {
  /// The ledger's line of an answer that ended, with what the answer says of itself.
  func record(
    _ ending: ResponseReader.Ending, outcome: String, firstEvent: ContinuousClock.Instant?
  ) -> AttemptRecord {
    var record = record(outcome: outcome, firstEvent: firstEvent)
    record.usage = ending.outcome.usage.flatMap(TokenUsage.init)
    record.servedModel = servedModel(ending.outcome)
    return record
  }

  /// The model that answered: what the head says, since a response may repeat its alias only.
  func servedModel(_ outcome: ResponseOutcome) -> String? {
    let told = call.exchange.headFacts.servedModel
    guard let model = told.isEmpty ? outcome.model : told, !model.isEmpty else { return nil }
    return secret?.redacting(model) ?? model
  }

  /// The error object of a stream for the transport to explain: the upstream's own, all of it.
  func errorBody(_ error: ResponseError?) -> [UInt8] {
    let literal = error?.literal ?? Array("{}".utf8)
    var body = JSONWriter()
    body.object { top in
      top.member("error") { out in
        // What a transport may be given at most; the fields themselves are far shorter.
        guard literal.count > 60 << 10 else { return out.raw(literal) }
        out.object { fields in
          fields.member("code", error?.code.map { String($0.prefix(1 << 10)) })
          fields.member("message", error?.message.map { String($0.prefix(8 << 10)) })
          fields.member("type", error?.type.map { String($0.prefix(1 << 10)) })
          fields.member("param", error?.param.map { String($0.prefix(1 << 10)) })
        }
      }
    }
    return secret?.redacting(body.bytes) ?? body.bytes
  }
}
