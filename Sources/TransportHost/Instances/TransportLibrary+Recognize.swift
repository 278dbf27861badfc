internal import CTransportABI

/// A request that somebody says works, without the values of its credential headers.
package struct SampleRequest: Sendable {
  /// The method.
  package var method: String
  /// The URL as written.
  package var url: String
  /// Lower-case names of the headers.
  package var headerNames: [String]
  /// Whether an `authorization` header began with `Bearer `.
  package var isBearer: Bool
  /// The body, or empty.
  package var body: [UInt8]

  /// States a sample.
  package init(method: String, url: String, headerNames: [String], isBearer: Bool, body: [UInt8]) {
    self.method = method
    self.url = url
    self.headerNames = headerNames
    self.isBearer = isBearer
    self.body = body
  }
}

/// The provider entry that a plugin recognized in a request.
package struct RecognizedEntry: Sendable {
  /// 0 (not its own) to 100.
  package var confidence = 0
  /// Why.
  package var reason = ""
  /// `base_url`, or empty.
  package var baseURL = ""
  /// `options`, the values as JSON.
  package var options: [(name: String, value: String)] = []
  /// `key`, `bearer` or `header`; empty: no credential.
  package var authentication = ""
  /// The header of the latter.
  package var authenticationHeader = ""
  /// The model or deployment, or empty.
  package var model = ""
  /// The variable that usually holds such a credential.
  package var variable = ""
  /// What the URL asks.
  package var operation = "create"
  /// The response that it is about, or empty.
  package var responseID = ""
}

extension TransportLibrary {
  /// Asks the plugin whether a request is of its kind; nil when it is not.
  package func recognize(_ sample: SampleRequest) -> RecognizedEntry? {
    guard let recognize = unsafe table.pointee.recognize else { return nil }
    let collector = RecognitionCollector()
    var arena = LendingArena()
    let method = arena.add(sample.method)
    let url = arena.add(sample.url)
    let names = sample.headerNames.map { arena.add($0) }
    withExtendedLifetime(collector) {
      arena.withLent { lent in
        let names = unsafe names.map { unsafe lent[$0] }
        unsafe names.withUnsafeBufferPointer { names in
          unsafe sample.body.withUnsafeBufferPointer { body in
            var raw = unsafe jf_sample(
              struct_size: UInt32(MemoryLayout<jf_sample>.size), bearer: sample.isBearer ? 1 : 0,
              method: lent[method], url: lent[url], header_names: names.baseAddress,
              header_count: names.count,
              body: jf_borrowed_bytes(ptr: body.baseAddress, len: body.count))
            var sink = unsafe collector.sink
            unsafe recognize(table, &raw, &sink)
          }
        }
      }
    }
    return collector.entry.confidence > 0 ? collector.entry : nil
  }
}

/// Takes what `recognize` says.
private final class RecognitionCollector {
  var entry = RecognizedEntry()

  var sink: jf_recognize_sink {
    unsafe jf_recognize_sink(
      struct_size: UInt32(MemoryLayout<jf_recognize_sink>.size), reserved: 0,
      context: sinkContext(self),
      confidence: { context, percent, reason in
        unsafe RecognitionCollector.change(context) {
          $0.confidence = Int(min(percent, 100))
          unsafe $0.reason = String(reason)
        }
      },
      base_url: { context, url in
        unsafe RecognitionCollector.change(context) { unsafe $0.baseURL = String(url) }
      },
      option: { context, name, value in
        unsafe RecognitionCollector.change(context) {
          unsafe $0.options.append((String(name), String(value)))
        }
      },
      auth: { context, style, header in
        unsafe RecognitionCollector.change(context) {
          unsafe $0.authentication = String(style)
          unsafe $0.authenticationHeader = String(header)
        }
      },
      model: { context, model in
        unsafe RecognitionCollector.change(context) { unsafe $0.model = String(model) }
      },
      variable: { context, name in
        unsafe RecognitionCollector.change(context) { unsafe $0.variable = String(name) }
      },
      operation: { context, operation, id in
        unsafe RecognitionCollector.change(context) {
          unsafe $0.operation = String(operation)
          unsafe $0.responseID = String(id)
        }
      })
  }

  static func change(
    _ context: UnsafeMutableRawPointer?, _ body: (inout RecognizedEntry) -> Void
  ) {
    guard let target = unsafe sinkTarget(context, as: RecognitionCollector.self) else { return }
    body(&target.entry)
  }
}
