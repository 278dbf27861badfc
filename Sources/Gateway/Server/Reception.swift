#if Gateway
internal import CurlHTTP
internal import NIOCore

/// A request whose head was admitted, while its body comes.
///
/// It belongs to its connection's thread until ``request`` leaves.
final class Reception {
  /// Answers the request, and returns when that is done.
  typealias Service = @Sendable (ReceivedRequest, AnswerWriter) async -> Void

  private let head: Admission.Head
  private let admitted: Admission.Request
  private let admission: Admission
  private let service: Service
  private var body: [UInt8] = []

  /// - Parameters:
  ///   - head: The request's head.
  ///   - admitted: What it asks, and who.
  ///   - admission: Who admitted it.
  ///   - service: Who answers it, whatever is changed in between.
  init(
    _ head: Admission.Head, _ admitted: Admission.Request, by admission: Admission,
    service: @escaping Service
  ) {
    (self.head, self.admitted, self.admission, self.service) = (
      head, admitted, admission, service
    )
  }

  /// What is reserved for a body before any of it is here: a claim of its length costs nothing.
  private static let greatestReserve = 1 << 20

  /// Makes room for a body.
  func expect(_ length: Int) { body.reserveCapacity(min(length, Self.greatestReserve)) }

  /// Takes the next part of the body.
  ///
  /// - Returns: Whether it is within the limit.
  func take(_ part: ByteBuffer) -> Bool {
    guard body.count + part.readableBytes <= admission.bodyLimit else {
      body = []
      return false
    }
    body.append(contentsOf: part.readableBytesView)
    return true
  }

  /// The answer to a body that is too large.
  var tooLarge: Answer { admission.tooLarge }

  /// The request, now that all of it is here.
  var request: ReceivedRequest { ReceivedRequest(head, admitted, body: body) }

  /// Has it answered, on a task that prefers the connection's thread.
  func answer(
    _ request: ReceivedRequest, with writer: AnswerWriter, on executor: LoopExecutor
  ) -> Task<Void, Never> {
    Task(executorPreference: executor) { [service] in await service(request, writer) }
  }
}

/// Who answers requests.
protocol RequestService: Sendable {
  /// Judges a request by its head.
  func admit(_ head: Admission.Head) -> Admitted

  /// Who watches the answer to a request; nil: nobody.
  func tap(for request: ReceivedRequest) -> (any AnswerTap)?
}

extension RequestService {
  func tap(for request: ReceivedRequest) -> (any AnswerTap)? { nil }
}

/// What becomes of a request once its head was judged.
enum Admitted {
  case admitted(Reception)
  case refused(Answer)
}
#endif
