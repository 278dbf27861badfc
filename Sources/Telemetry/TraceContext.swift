#if Gateway

public import Tracing

/// Where a request stands in its caller's trace, as the header `traceparent` says.
///
/// - Source: W3C Trace Context, section 3.2.
public struct TraceContext: Sendable, Hashable {
  /// The trace, 32 hexadecimal digits, not all zero.
  public let traceID: String
  /// The caller's span, 16 hexadecimal digits, not all zero.
  public let parentID: String
  /// Whether the caller keeps the trace.
  public let isSampled: Bool

  /// Reads a header's value; nil where it is none: then the conventions want it ignored.
  public init?(traceparent: String) {
    let parts = traceparent.utf8.split(
      separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count >= 4, let version = Self.hexadecimal(parts[0], digits: 2), version != "ff",
      version != "00" || parts.count == 4,
      let trace = Self.hexadecimal(parts[1], digits: 32), trace.contains(where: { $0 != "0" }),
      let parent = Self.hexadecimal(parts[2], digits: 16), parent.contains(where: { $0 != "0" }),
      let flags = Self.hexadecimal(parts[3], digits: 2), let bits = UInt8(flags, radix: 16)
    else { return nil }
    (traceID, parentID, isSampled) = (trace, parent, bits & 1 == 1)
  }

  private static func hexadecimal(_ text: Substring.UTF8View, digits: Int) -> String? {
    guard text.count == digits else { return nil }
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): continue
      default: return nil
      }
    }
    return String(Substring(text))
  }
}

extension TraceContext {
  /// Reads `traceparent` of a request into its context.
  ///
  /// It writes nothing anywhere: what an upstream is sent is the transport's, and a trace's id is none of
  /// an upstream's business.
  public struct Propagation: Instrument {
    /// Reads `traceparent`.
    public init() {}

    /// Puts what `traceparent` says into the context, or nothing.
    public func extract<Carrier, Extract: Extractor>(
      _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {
      guard let value = extractor.extract(key: "traceparent", from: carrier) else { return }
      context.traceContext = TraceContext(traceparent: value)
    }

    /// Nothing.
    public func inject<Carrier, Inject: Injector>(
      _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {}
  }

  private enum Key: ServiceContextKey {
    typealias Value = TraceContext
  }

  fileprivate static func value(in context: ServiceContext) -> TraceContext? { context[Key.self] }

  fileprivate static func set(_ value: TraceContext?, in context: inout ServiceContext) {
    context[Key.self] = value
  }
}

extension ServiceContext {
  /// Where a request stands in its caller's trace, or nil.
  public var traceContext: TraceContext? {
    get { TraceContext.value(in: self) }
    set { TraceContext.set(newValue, in: &self) }
  }
}

/// The headers of a request, as instruments read them.
struct HeaderCarrier: Sendable {
  private let headers: [(name: String, value: String)]

  init(_ headers: [(name: String, value: String)]) { self.headers = headers }

  /// The value of the only header with that name: of several no one knows which is right.
  func value(of name: String) -> String? {
    let name = name.lowercased()
    var found: String?
    for header in headers where header.name == name {
      guard found == nil else { return nil }
      found = header.value
    }
    return found
  }
}

/// Reads headers.
struct HeaderExtractor: Extractor {
  func extract(key: String, from carrier: HeaderCarrier) -> String? { carrier.value(of: key) }
}

#endif
