internal import CTransportABI
internal import Synchronization

/// One transport, created for one provider.
@safe package final class TransportInstance: Sendable {
  /// The plugin behind it.
  package let library: TransportLibrary
  /// What the plugin adjusted in the entry.
  package let warnings: [SettingFinding]
  /// What it says of itself.
  package let facts: InstanceFacts
  /// Whether plain http may leave this machine.
  let allowsHTTP: Bool
  /// SAFETY: an instance is immutable; the ABI lets `[instance]` functions run concurrently.
  nonisolated(unsafe) let pointer: OpaquePointer
  /// The URL that passed the checks last: most calls have the same one.
  let allowedURL = Mutex("")

  /// Creates an instance.
  ///
  /// - Throws: ``SettingsRefused`` with the plugin's findings.
  package init(_ library: TransportLibrary, settings: InstanceSettings) throws(SettingsRefused) {
    let collector = SettingsCollector()
    let instance = unsafe Self.create(library, settings: settings, collector: collector)
    guard let instance = unsafe instance, collector.failures.isEmpty else {
      if let instance = unsafe instance { unsafe library.table.pointee.destroy(instance) }
      throw SettingsRefused(findings: collector.findings(of: library.id))
    }
    self.library = library
    warnings = collector.warnings
    allowsHTTP = settings.allowsHTTP
    unsafe pointer = instance
    facts = unsafe InstanceFacts(describing: instance, of: library)
  }

  deinit {
    unsafe library.table.pointee.destroy(pointer)
  }

  private static func create(
    _ library: TransportLibrary, settings: InstanceSettings, collector: SettingsCollector
  ) -> OpaquePointer? {
    unsafe settings.withLent { lent in
      var raw = unsafe lent
      var sink = unsafe collector.sink
      return unsafe withExtendedLifetime(collector) {
        unsafe library.table.pointee.create(
          library.table, HostServices.shared.table, &raw, &sink)
      }
    }
  }
}

extension InstanceSettings {
  /// Lends the settings to C for the length of a call.
  func withLent<R>(_ body: (jf_settings) -> R) -> R {
    var arena = LendingArena()
    let provider = arena.add(provider)
    let baseURL = arena.add(baseURL)
    let options = arena.add(options)
    let auth = arena.add(authentication)
    let header = arena.add(authenticationHeader)
    let state = arena.add(state)
    let unsupported = arena.add(unsupported)
    return arena.withLent { lent in
      unsafe body(
        jf_settings(
          struct_size: UInt32(MemoryLayout<jf_settings>.size), allow_http: allowsHTTP ? 1 : 0,
          provider: lent[provider], base_url: lent[baseURL], options: lent[options],
          auth: lent[auth], auth_header: lent[header], state: lent[state],
          unsupported: lent[unsupported]))
    }
  }
}

/// Takes what `create` says.
private final class SettingsCollector {
  private(set) var failures: [SettingFinding] = []
  private(set) var warnings: [SettingFinding] = []

  var sink: jf_settings_sink {
    unsafe jf_settings_sink(
      struct_size: UInt32(MemoryLayout<jf_settings_sink>.size), reserved: 0,
      context: sinkContext(self),
      fail: {
        unsafe sinkTarget($0, as: SettingsCollector.self)?
          .failures.append(SettingFinding($1, $2, $3))
      },
      warn: {
        unsafe sinkTarget($0, as: SettingsCollector.self)?
          .warnings.append(SettingFinding($1, $2, $3))
      })
  }

  /// The plugin's findings, or the one that it gave none.
  func findings(of id: String) -> [SettingFinding] {
    guard failures.isEmpty else { return failures }
    return [
      SettingFinding(
        pointer: "", message: "plugin \"\(id)\" refused this entry without a reason",
        suggestion: "")
    ]
  }
}

extension SettingFinding {
  fileprivate init(
    _ pointer: jf_borrowed_text, _ message: jf_borrowed_text, _ suggestion: jf_borrowed_text
  ) {
    unsafe self.init(
      pointer: String(pointer), message: String(message), suggestion: String(suggestion))
  }
}
