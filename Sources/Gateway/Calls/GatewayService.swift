#if Gateway
internal import NIOCore
internal import NIOHTTP1
internal import TransportHost

/// Answers requests by the generation that serves when each comes.
final class GatewayService: RequestService {
  private let keeper: GenerationKeeper

  init(keeper: GenerationKeeper) { self.keeper = keeper }

  func admit(_ head: Admission.Head) -> Admitted {
    let generation = keeper.generation
    switch generation.admission.verdict(on: head) {
    case .refused(let answer): return .refused(answer)
    case .admitted(let endpoint, let target, let client):
      return .admitted(
        Reception(head, endpoint, target, client, generation: generation))
    }
  }

  func answer(
    _ request: ReceivedRequest, of reception: Reception, with writer: AnswerWriter
  ) -> Task<Void, Never> {
    let generation = reception.generation
    return Task(executorPreference: generation.executor) {
      await self.answer(request, by: generation, writer)
    }
  }

  private func answer(
    _ request: ReceivedRequest, by generation: Generation, _ writer: AnswerWriter
  ) async {
    switch request.endpoint {
    case .responses(let operation, let responseID):
      let call = ResponsesCall(
        request, operation: operation, responseID: responseID, generation: generation)
      await call.run(with: writer)
    case .models(nil): writer.send(generation.models.answer(for: request.client))
    case .models(let name?):
      writer.send(
        generation.models.answer(of: name, for: request.client, host: generation.host))
    case .health: writer.send(.text("ok\n"))
    case .readiness: writer.send(.text("ready\n"))
    case .chatCompletions, .metrics, .status, .statusData:
      writer.send(.refusal(404, "not_found", "nothing is served here."))
    }
  }
}

extension AnswerWriter {
  /// Sends a whole answer.
  func send(_ answer: Answer) {
    begin(answer.head)
    write { $0.writeBytes(answer.body) }
    end()
  }
}

extension Answer {
  /// The head as the connection sends it.
  var head: HTTPResponseHead {
    var headers = HTTPHeaders(self.headers)
    headers.add(name: "content-length", value: String(body.count))
    return HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
  }
}
#endif
