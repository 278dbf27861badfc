import JSONText
import TransportSDK

extension Payload {
  /// Says whether responses are kept, where the caller did not.
  mutating func applyState(to body: Span<UInt8>, into exchange: inout ExchangeDraft) {
    let wanted: StaticString
    switch state {
    case .asSent: return
    case .stateless: wanted = "false"
    case .stored: wanted = "true"
    }
    warnOfChain(in: body, into: &exchange)
    let isRefused = isRefused("store")
    if let store = editor.field("store", in: body), !isRefused || unsupported != .drop {
      guard isContrary(store, in: body) else { return }
      exchange.warn(
        "`store` is sent as the caller set it, though state is \(state.rawValue)")
    } else if isRefused {
      exchange.warn(
        "state \(state.rawValue) has no effect: the target does not take `store`")
    } else {
      editor.set(
        "store", to: Array(String(describing: wanted).utf8), because: .parameter(.stateStore),
        in: body, into: &exchange)
    }
  }

  /// Whether a `store` asks for something else than `state` does; null stands for true everywhere.
  private func isContrary(_ store: BodyEditor.Field, in body: Span<UInt8>) -> Bool {
    let kind = store.read(in: body) { value, _ in value.kind }
    return state == .stateless ? kind != .false : kind != .true && kind != .null
  }

  private func warnOfChain(in body: Span<UInt8>, into exchange: inout ExchangeDraft) {
    guard state == .stateless, let parent = editor.field("previous_response_id", in: body),
      parent.read(in: body, { value, _ in value.kind }) != .null
    else { return }
    exchange.warn(
      "`previous_response_id` is sent as it is, though state is stateless: it needs a stored response"
    )
  }
}
