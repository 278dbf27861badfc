#if Gateway
internal import ChatCompletions
internal import NIOCore
internal import NIOHTTP1
internal import StatusPage
internal import Telemetry
internal import TransportHost

/// Answers requests by the generation that serves when each comes.
final class GatewayService: RequestService {
  private let keeper: GenerationKeeper
  private let observer: GatewayObserver
  private let lifecycle: Lifecycle
  private let recorder: ExchangeRecorder?

  init(
    keeper: GenerationKeeper, observer: GatewayObserver, lifecycle: Lifecycle,
    recorder: ExchangeRecorder?
  ) {
    (self.keeper, self.observer, self.lifecycle) = (keeper, observer, lifecycle)
    self.recorder = recorder
  }

  func admit(_ head: Admission.Head) -> Admitted {
    let generation = keeper.generation
    switch generation.admission.verdict(on: head) {
    case .refused(let answer): return .refused(answer)
    case .admitted(let admitted):
      let reception = Reception(head, admitted, by: generation.admission) { request, writer in
        await self.answer(request, by: generation, writer)
      }
      return .admitted(reception)
    }
  }

  func tap(for request: ReceivedRequest) -> (any AnswerTap)? {
    request.endpoint.isOfAPI ? recorder?.tap(for: request) : nil
  }

  private func answer(
    _ request: ReceivedRequest, by generation: Generation, _ writer: AnswerWriter
  ) async {
    let observed = observer.began(request)
    switch request.endpoint {
    case .responses, .chatCompletions:
      await call(of: request, by: generation, observed, writer)?.run(with: writer)
    default:
      let answer = answer(request, by: generation).with(HeaderName.requestID, observed.requestID)
      writer.send(answer)
      var end = CallEnd(status: answer.status)
      end.bytes = answer.body.count
      observed.ended(request, end, generation: generation.number)
    }
  }

  /// The call that a request asks for; nil: it is none, and was answered.
  private func call(
    of request: ReceivedRequest, by generation: Generation, _ observed: ObservedCall,
    _ writer: AnswerWriter
  ) -> ModelCall? {
    guard case .responses(let operation, let responseID) = request.endpoint else {
      return chat(request, by: generation, observed, writer)
    }
    let call = CallRequest(
      operation: operation, body: request.body.isEmpty ? nil : request.body,
      responseID: responseID, query: request.target.query.map { ($0.name, $0.value) })
    return ModelCall(request, call, as: .responses, generation: generation, observed: observed)
  }

  private func chat(
    _ request: ReceivedRequest, by generation: Generation, _ observed: ObservedCall,
    _ writer: AnswerWriter
  ) -> ModelCall? {
    do throws(ChatRefusal) {
      let translation = try ChatRequest.translated(request.body)
      let stream = ChatStream(answering: translation, created: Int(WallClock.seconds()))
      return ModelCall(
        request, CallRequest(body: translation.body), as: .chat(translation, stream),
        generation: generation, observed: observed)
    } catch {
      let answer = Answer.refusal(
        400, ErrorCode.requestInvalid.rawValue, "\(error.message) \(error.remedy)",
        param: error.param.isEmpty ? nil : RequestPlace.parameter(of: error.param)
      )
      .with("x-should-retry", "false").with(HeaderName.requestID, observed.requestID)
      writer.send(answer)
      var end = CallEnd(status: answer.status)
      end.error = CallError(.requestInvalid, error.description)
      end.bytes = answer.body.count
      observed.ended(request, end, generation: generation.number)
      return nil
    }
  }

  /// The answer to what no model is asked for.
  private func answer(_ request: ReceivedRequest, by generation: Generation) -> Answer {
    switch request.endpoint {
    case .models(let name):
      guard let name else { return generation.models.answer(for: request.client) }
      return generation.models.answer(of: name, for: request.client, host: generation.host)
    case .health: return .text("ok\n")
    case .readiness:
      return lifecycle.isDraining ? .text("draining\n", status: 503) : .text("ready\n")
    case .metrics:
      return Answer(
        status: 200, headers: [("content-type", PrometheusRegistry.contentType)],
        body: Array(observer.registry.render().utf8))
    case .status: return page(generation)
    case .statusData:
      let snapshot = observer.snapshot(generation, listening: lifecycle.address)
      return .json(Array(StatusPage.json(snapshot).utf8)).with("cache-control", "no-store")
    case .responses, .chatCompletions:
      return .refusal(500, ErrorCode.internal.rawValue, "the request went astray.")
    }
  }

  private func page(_ generation: Generation) -> Answer {
    let nonce = Nonce.make()
    let snapshot = observer.snapshot(generation, listening: lifecycle.address)
    let headers = [
      ("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store"),
      ("content-security-policy", StatusPage.contentSecurityPolicy(nonce: nonce)),
      ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"),
    ]
    return Answer(
      status: 200, headers: headers, body: Array(StatusPage.html(snapshot, nonce: nonce).utf8))
  }
}

extension AnswerWriter {
  /// Sends a whole answer.
  func send(_ answer: Answer) {
    send(answer.head, answer.body)
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
