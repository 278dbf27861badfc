internal import CTransportABI

/// Other settings for a provider entry, as a plugin named them.
package struct AlternativeSettings: Sendable, Hashable {
  /// `base_url`, or empty.
  package let baseURL: String
  /// `options` as a JSON object.
  package let options: [UInt8]
  /// What is different; completes "the upstream answers when …".
  package let reason: String
}

extension TransportLibrary {
  /// The most alternatives that are looked at: what the interface's header promises.
  static let alternativeLimit = 8

  /// Asks the plugin under which other settings an account may answer, the likeliest first.
  ///
  /// - Parameter settings: Those of the entry; `create` may refuse them.
  /// - Returns: At most 8; none where the plugin has no such interface.
  package func alternatives(to settings: InstanceSettings) -> [AlternativeSettings] {
    guard let probe = unsafe probe else { return [] }
    let collector = AlternativesCollector()
    withExtendedLifetime(collector) {
      unsafe settings.withLent { lent in
        var settings = unsafe lent
        var sink = unsafe collector.sink
        unsafe probe.pointee.alternatives(probe, &settings, &sink)
      }
    }
    return Array(collector.found.prefix(Self.alternativeLimit))
  }
}

/// Takes what `alternatives` says.
private final class AlternativesCollector {
  private(set) var found: [AlternativeSettings] = []

  var sink: jf_probe_sink {
    unsafe jf_probe_sink(
      struct_size: UInt32(MemoryLayout<jf_probe_sink>.size), reserved: 0,
      context: sinkContext(self),
      alternative: { context, baseURL, options, reason in
        guard let target = unsafe sinkTarget(context, as: AlternativesCollector.self),
          target.found.count < TransportLibrary.alternativeLimit
        else { return }
        let text = unsafe String(options)
        unsafe target.found.append(
          AlternativeSettings(
            baseURL: String(baseURL), options: Array((text.isEmpty ? "{}" : text).utf8),
            reason: String(reason)))
      })
  }
}
