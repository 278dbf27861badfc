import TransportHost

extension TransportExchange {
  /// Hands over a frame whose type is a literal of the test.
  func frame(name: String, data: Span<UInt8>, to collector: EventCollector) {
    frame(name: Array(name.utf8).span, data: data, to: collector)
  }
}
