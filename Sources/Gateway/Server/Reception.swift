#if Gateway
internal import NIOCore

/// A request whose head was admitted, while its body comes.
///
/// It belongs to its connection's thread until ``request`` leaves.
final class Reception {
  /// What serves the request: a reload in between does not change it.
  let generation: Generation
  private let head: Admission.Head
  private let endpoint: Endpoint
  private let target: RequestTarget
  private let client: ClientTable.Client
  private var body: [UInt8] = []

  init(
    _ head: Admission.Head, _ endpoint: Endpoint, _ target: RequestTarget,
    _ client: ClientTable.Client, generation: Generation
  ) {
    (self.head, self.endpoint, self.target, self.client) = (head, endpoint, target, client)
    self.generation = generation
  }

  /// What is reserved for a body before any of it is here: a claim of its length costs nothing.
  private static let greatestReserve = 1 << 20

  /// Makes room for a body.
  func expect(_ length: Int) { body.reserveCapacity(min(length, Self.greatestReserve)) }

  /// Takes the next part of the body.
  ///
  /// - Returns: Whether it is within the limit.
  func take(_ part: ByteBuffer) -> Bool {
    guard body.count + part.readableBytes <= generation.admission.bodyLimit else {
      body = []
      return false
    }
    body.append(contentsOf: part.readableBytesView)
    return true
  }

  /// The answer to a body that is too large.
  var tooLarge: Answer { generation.admission.tooLarge }

  /// The request, now that all of it is here.
  var request: ReceivedRequest {
    ReceivedRequest(
      endpoint: endpoint, method: head.method, target: target, headers: head.headers, body: body,
      client: client, arrived: .now)
  }
}

/// Who answers requests.
protocol RequestService: Sendable {
  /// Judges a request by its head.
  func admit(_ head: Admission.Head) -> Admitted

  /// Has a request answered, on a task that ends when the answer has.
  func answer(
    _ request: ReceivedRequest, of reception: Reception, with writer: AnswerWriter
  ) -> Task<Void, Never>
}

/// What becomes of a request once its head was judged.
enum Admitted {
  case admitted(Reception)
  case refused(Answer)
}
#endif
