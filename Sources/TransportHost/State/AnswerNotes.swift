internal import Routing

/// Takes in what one answer says of who made what, as soon as a caller may know it: a stream that breaks
/// or is dropped leaves ids and finished items behind.
struct AnswerNotes: Sendable {
  private let keeper: StateKeeper
  private let home: StateHome

  /// Notes of a call's answer; nil where nobody need know who made it.
  init?(of call: PreparedCall, _ keeper: StateKeeper) {
    switch call.routed.request.operation {
    case "models", "delete", "input_tokens": return nil
    default: break
    }
    guard keeper.remembers else { return nil }
    (self.keeper, home) = (keeper, call.routed.home)
  }

  /// The stream of a response begins to leave.
  func began(_ id: String?) {
    if let id { keeper.note([.response(id)], home: home) }
  }

  /// An event leaves; what finishes an item tells of that.
  func leaves(_ event: ResponseEvent) {
    let type = event.typeBytes
    guard type.count == Self.itemDone.count, type.elementsEqual(Self.itemDone) else { return }
    keeper.note(event.withData { ResponseNames.namesOfItem(in: $0) }, home: home)
  }

  /// The answer is over; this is its response object, or what stands in its place.
  func ended(_ response: [UInt8]) {
    keeper.note(ResponseNames.names(in: response.span), home: home)
  }

  private static let itemDone = Array("response.output_item.done".utf8)
}
