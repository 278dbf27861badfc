/// Decides over a request by its head, before any of its body is read.
struct Admission: Sendable {
  /// What the head of a request says.
  struct Head {
    let method: String
    let target: String
    let headers: [(name: String, value: String)]
    /// What the body will have; nil: the head does not say.
    let contentLength: Int?

    /// The value of a header by its name in lower case; of several the first.
    func header(_ name: StaticString) -> String? { HeaderField.value(name, in: headers) }
  }

  /// What is asked, and who asks.
  struct Request {
    let endpoint: Endpoint
    let target: RequestTarget
    let client: ClientTable.Client
  }

  /// What becomes of a request.
  enum Verdict {
    case admitted(Request)
    case refused(Answer)
  }

  let clients: ClientTable
  let host: HostRule
  /// The most that a body may have, in bytes.
  let bodyLimit: Int

  /// Judges a head.
  func verdict(on head: Head) -> Verdict {
    guard let target = RequestTarget(head.target) else {
      return .refused(.refusal(400, "request_invalid", "the path or the query is not readable."))
    }
    let endpoint: Endpoint
    do throws(Endpoint.Missing) { endpoint = try Endpoint(method: head.method, target) } catch {
      return .refused(Answer(error, method: head.method))
    }
    let isOwn = host.allows(host: head.header("host"), origin: head.header("origin"))
    guard clients.isProtected || isOwn else { return .refused(Self.foreignPage) }
    guard let client = endpoint.isOpen ? .anybody : clients.client(showing: token(of: head)) else {
      return .refused(Self.unknownClient(hasToken: token(of: head) != nil))
    }
    if let length = head.contentLength, length > bodyLimit {
      return .refused(tooLarge)
    }
    return .admitted(Request(endpoint: endpoint, target: target, client: client))
  }

  /// The answer to a body that is longer than the limit.
  var tooLarge: Answer {
    .refusal(
      413, "request_too_large",
      "the body has more than the \(bodyLimit) bytes that gateway.limits.body allows.")
  }

  private func token(of head: Head) -> String? {
    ClientTable.token(in: head.headers)
  }

  private static var foreignPage: Answer {
    .refusal(
      403, "permission",
      "this gateway asks for no token and so serves programs of its own machine alone, and no web page:"
        + " the header host or origin names another one. Name clients under gateway.clients.")
  }

  private static func unknownClient(hasToken: Bool) -> Answer {
    .refusal(
      401, "auth",
      hasToken
        ? "no client of this gateway has the token that was sent. gateway.clients names them."
        : "a token is needed: send the one of your client as \"authorization: Bearer …\"."
    ).with("www-authenticate", "Bearer realm=\"jackfield\", Basic realm=\"jackfield\"")
  }
}

extension ClientTable.Client {
  /// Somebody of whom nothing is asked.
  static let anybody = ClientTable.Client(name: "", entry: nil)
}
