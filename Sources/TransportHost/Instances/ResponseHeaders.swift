internal import CTransportABI
internal import CurlHTTP

/// The headers of a response, for transports and for whoever asked: texts are made when somebody wants
/// them.
enum ResponseHeaders: Sendable {
  /// As they came: all ASCII, and none repeats the secret.
  case received(HTTPHeaders)
  /// As somebody composed them.
  case composed([HeaderPair])

  /// Takes the headers of a response; a secret that one of them repeats is blanked out.
  init(_ headers: HTTPHeaders, without secret: Secret?) {
    let text = headers.text.span
    if secret?.mayBeEchoed(in: text) != true, text.isASCII {
      self = .received(headers)
    } else {
      self = .composed(headers.map { ($0.name, secret?.redacting($0.value) ?? $0.value) })
    }
  }

  /// Lower-case names with their values, in wire order.
  var pairs: [HeaderPair] {
    switch self {
    case .received(let headers): headers.map { ($0.name, $0.value) }
    case .composed(let pairs): pairs
    }
  }

  /// Lends the headers to C for the length of the closure.
  func withLent<R>(_ body: (UnsafeBufferPointer<jf_borrowed_pair>) -> R) -> R {
    switch self {
    case .received(let headers):
      return unsafe headers.text.withUnsafeBufferPointer { text in
        let pairs = unsafe headers.fields.map { field in
          unsafe jf_borrowed_pair(name: text.lent(field.name), value: text.lent(field.value))
        }
        return unsafe pairs.withUnsafeBufferPointer { unsafe body($0) }
      }
    case .composed(let pairs):
      var arena = LendingArena()
      let slots = pairs.map { (arena.add($0.name), arena.add($0.value)) }
      return arena.withLent { lent in
        let pairs = unsafe slots.map { unsafe jf_borrowed_pair(name: lent[$0], value: lent[$1]) }
        return unsafe pairs.withUnsafeBufferPointer { unsafe body($0) }
      }
    }
  }
}

extension Span<UInt8> {
  fileprivate var isASCII: Bool {
    for index in indices where self[index] >= 0x80 { return false }
    return true
  }
}
