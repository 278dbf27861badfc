internal import JSONText

/// One event of an answer, byte for byte as it left the transport.
public struct ResponseEvent: Sendable, Hashable {
  /// The type and, behind it, the data: one array, so that an event costs one allocation.
  private let bytes: [UInt8]
  private let typeLength: Int

  init(type: Span<UInt8>, data: Span<UInt8>) {
    typeLength = type.count
    bytes = unsafe [UInt8](unsafeUninitializedCapacity: type.count + data.count) { buffer, count in
      for index in type.indices { unsafe buffer[index] = type[index] }
      unsafe data.withUnsafeBufferPointer { source in
        // SAFETY: the capacity is the sum of both counts, and the two regions are apart.
        if let from = source.baseAddress, let to = buffer.baseAddress {
          unsafe (to + type.count).update(from: from, count: source.count)
        }
      }
      count = type.count + data.count
    }
  }

  init(type: String, data: [UInt8]) {
    typeLength = type.utf8.count
    bytes = Array(type.utf8) + data
  }

  /// The type as the stream names it.
  var streamType: String { String(decoding: typeBytes, as: UTF8.self) }

  /// The type as the stream names it, in bytes; empty where the stream does not.
  package var typeBytes: ArraySlice<UInt8> { bytes[..<typeLength] }

  /// Lends the data.
  func withData<R>(_ body: (Span<UInt8>) -> R) -> R {
    body(bytes.span.extracting(typeLength...))
  }

  /// Lends type and data.
  func withBoth<R>(_ body: (Span<UInt8>, Span<UInt8>) -> R) -> R {
    body(bytes.span.extracting(..<typeLength), bytes.span.extracting(typeLength...))
  }

  /// The type: as the data states it, else as the stream names it.
  ///
  /// Empty for the result object of a call without a stream.
  public var type: String {
    let name = String(decoding: bytes[..<typeLength], as: UTF8.self)
    guard !statesType(name) else { return name }
    let stated = withData { data in
      JSONValue(at: 0..<data.count, in: data)?.member("type", in: data)?.string(in: data)
    }
    return stated.flatMap { $0.isEmpty ? nil : $0 } ?? name
  }

  /// Whether the data begins with its type, as nearly every event's does, and that is `name`.
  private func statesType(_ name: String) -> Bool {
    data.starts(with: #"{"type":"\#(name)","#.utf8) && !name.isEmpty
  }

  /// Whether the answer ends with it.
  public var isTerminal: Bool { Self.terminalTypes.contains(type) }

  private static let terminalTypes = [
    "response.completed", "response.failed", "response.incomplete", "error",
  ]

  /// The JSON.
  public var data: ArraySlice<UInt8> { bytes[typeLength...] }

  /// How many bytes of output it adds, as far as a delta tells.
  var outputLength: Int {
    guard typeBytes.suffix(6).elementsEqual(".delta".utf8) else { return 0 }
    return withData { data in
      JSONValue(at: 0..<data.count, in: data)?.member("delta", in: data)?.range.count ?? 0
    }
  }

  /// The text that this event adds to the answer, or nil when it adds none.
  public var textDelta: String? {
    guard Self.textDeltaTypes.contains(type) else { return nil }
    return withData { data in
      JSONValue(at: 0..<data.count, in: data)?.member("delta", in: data)?.string(in: data)
    }
  }

  /// The second is no type of the protocol; some deployments send it in place of the first.
  private static let textDeltaTypes = ["response.output_text.delta", "response.text.delta"]
}
