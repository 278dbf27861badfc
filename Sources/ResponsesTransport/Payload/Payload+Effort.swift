import JSONText
import TransportSDK

extension Payload {
  private static var effort: String { "reasoning.effort" }

  /// From the least to the most.
  /// - Source: the published schema, `reasoning.effort`.
  private static var efforts: [String] {
    ["none", "minimal", "low", "medium", "high", "xhigh", "max"]
  }

  /// Lowers `reasoning.effort` to the most that the target is declared to take, and never raises it.
  ///
  /// - Throws: `TransportFailure` where the policy is to refuse.
  mutating func limitEffort(
    in body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    guard unsupported != .pass, let most = capabilities.texts[Self.effort],
      let limit = Self.efforts.firstIndex(of: most),
      case .input(let reasoning) = editor.field("reasoning", in: body),
      let value = reasoning.member("effort", in: body), let sent = value.string(in: body),
      let index = Self.efforts.firstIndex(of: sent), index > limit
    else { return }
    guard unsupported == .drop else {
      throw TransportFailure(
        .requestInvalid,
        "the target takes a `reasoning.effort` of at most \(most), and params.unsupported is error. "
          + "Ask for less, or set params.unsupported: drop.", pointer: "/reasoning/effort")
    }
    editor.nested.replace(value.range, with: JSONEscape.literal(most))
    exchange.report(.parameter(.unsupported), .replace, at: value.range.lowerBound)
  }
}
