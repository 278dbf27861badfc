public import CTransportABI

/// The entry of a plugin: everything that crosses the ABI for one ``Transport``.
///
/// A plugin's leaf is this and nothing else:
///
/// ```swift
/// public import CTransportABI
/// import AcmeTransport
/// import TransportSDK
///
/// private let entry = TransportEntry(AcmeTransport.self)
///
/// @c @implementation
/// public func jf_plugin_entry_v1() -> UnsafePointer<jf_entry>? { unsafe entry.pointer }
/// ```
///
/// A program that links a transport instead of loading it makes an entry itself and registers it.
@safe public final class TransportEntry: Sendable {
  /// What `jf_plugin_entry_v1` returns; valid as long as the process.
  ///
  /// SAFETY: the memory is written once, before the initializer returns, and never freed.
  public nonisolated(unsafe) let pointer: UnsafePointer<jf_entry>

  /// Builds the tables of a transport.
  ///
  /// They are never freed: the host may keep them for ever.
  public init<T: Transport>(_ type: T.Type) {
    let block = UnsafeMutablePointer<EntryBlock>.allocate(capacity: 1)
    let descriptor = T.descriptor
    let transport = unsafe Unmanaged<ErasedTransport>.passRetained(TypedTransport<T>())
    // SAFETY: the block is fresh memory of the right type, initialized here before anyone sees it.
    unsafe block.initialize(
      to: EntryBlock(
        entry: jf_entry(
          magic: JF_MAGIC, struct_size: UInt32(MemoryLayout<jf_entry>.size), minor: JF_ABI_MINOR,
          flags: 0, id: immortalCString(Array(descriptor.id.utf8)),
          version: immortalCString(Array(descriptor.version.utf8)),
          toolchain: immortalCString(Array(toolchain.utf8)),
          manifest_json: immortalCString(descriptor.manifest),
          get_interface: { unsafe interface(of: $0, id: $1) }),
        transport: transportTable(rules: T.rules), type: transport,
        auth: authTable(), obtainsTokens: !descriptor.tokenFlows.isEmpty, probe: probeTable()))
    unsafe pointer = UnsafeRawPointer(block).assumingMemoryBound(to: jf_entry.self)
  }
}

/// The descriptor, and behind it what the functions without an instance need.
///
/// The function table stands in a struct of its own, so that its address leads to the type as well.
@safe struct EntryBlock {
  var entry: jf_entry
  var table: TransportBlock
  var auth: jf_auth
  var obtainsTokens: Bool
  var probe: ProbeBlock

  init(
    entry: jf_entry, transport: jf_transport, type: Unmanaged<ErasedTransport>, auth: jf_auth,
    obtainsTokens: Bool, probe: jf_probe
  ) {
    unsafe self.entry = entry
    unsafe table = TransportBlock(transport: transport, type: type)
    self.auth = auth
    self.obtainsTokens = obtainsTokens
    unsafe self.probe = ProbeBlock(probe: probe, type: type)
  }
}

/// A function table with the type that it serves: the table comes first, so one address is both.
@safe struct TransportBlock {
  var transport: jf_transport
  var type: Unmanaged<ErasedTransport>
}

/// The interface of an id.
private func interface(
  of entry: UnsafePointer<jf_entry>, id: UnsafePointer<CChar>
) -> UnsafeRawPointer? {
  // SAFETY: every entry that this function is in was allocated as an EntryBlock.
  let block = unsafe UnsafeRawPointer(entry).assumingMemoryBound(to: EntryBlock.self)
  let offset: Int? =
    switch unsafe String(cString: id) {
    case JF_TRANSPORT_1: MemoryLayout<EntryBlock>.offset(of: \.table)
    case JF_AUTH_1 where unsafe block.pointee.obtainsTokens:
      MemoryLayout<EntryBlock>.offset(of: \.auth)
    case JF_PROBE_1: MemoryLayout<EntryBlock>.offset(of: \.probe)
    default: nil
    }
  return unsafe offset.map { unsafe UnsafeRawPointer(entry) + $0 }
}

private var toolchain: String {
  #if compiler(>=6.4)
  "Swift 6.4 or later"
  #elseif compiler(>=6.3)
  "Swift 6.3"
  #else
  "Swift 6.2"
  #endif
}

/// The function table of any Swift transport; the type behind `self` does the rest.
private func transportTable(rules: [Rule]) -> jf_transport {
  let all = rules + ParameterRule.allCases.map(\.rule)
  let table = UnsafeMutablePointer<jf_rule>.allocate(capacity: all.count)
  for (index, rule) in all.enumerated() {
    // SAFETY: a static string's storage is NUL-terminated and lives as long as the process.
    unsafe (table + index).initialize(
      to: jf_rule(id: cString(rule.id), reason: cString(rule.reason), link: cString(rule.link)))
  }
  return unsafe jf_transport(
    struct_size: UInt32(MemoryLayout<jf_transport>.size), rule_count: UInt32(all.count),
    rules: UnsafePointer(table),
    create: { unsafe create($0, $1, $2, $3) },
    destroy: { unsafe Unmanaged<ErasedInstance>.fromOpaque(UnsafeRawPointer($0)).release() },
    describe: { unsafe instance($0).describe(to: $1.pointee) },
    recognize: { unsafe recognize($0, $1, $2) },
    prepare: { unsafe instance($0).prepare($1.pointee, sink: $2.pointee, exchange: $3) },
    on_head: { unsafe instance($0).head($2.pointee, sink: $3.pointee) },
    on_frame: { unsafe readFrame($1, name: $2, data: $3, sink: $4.pointee) },
    on_end: { unsafe endFrames($1, sink: $2.pointee) },
    classify: { subject, exchange, response, sink in
      let notes = unsafe exchange.map { unsafe ExchangeBox.at($0).notes } ?? []
      unsafe instance(subject).classify(response.pointee, notes: notes, sink: sink.pointee)
    },
    exchange_destroy: { unsafe Unmanaged<ExchangeBox>.fromOpaque(UnsafeRawPointer($0)).release() })
}

private func cString(_ text: StaticString) -> UnsafePointer<CChar> {
  unsafe immortalCString(Array(String(describing: text).utf8))
}

private func instance(_ pointer: OpaquePointer) -> ErasedInstance {
  // SAFETY: the host passes what `create` returned and has not destroyed it.
  unsafe Unmanaged<ErasedInstance>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
}

private func type(of table: UnsafePointer<jf_transport>) -> ErasedTransport {
  // SAFETY: every table that these functions are in is the first field of a TransportBlock.
  unsafe UnsafeRawPointer(table).assumingMemoryBound(to: TransportBlock.self)
    .pointee.type.takeUnretainedValue()
}

private func create(
  _ table: UnsafePointer<jf_transport>, _ host: UnsafePointer<jf_host>,
  _ settings: UnsafePointer<jf_settings>, _ sink: UnsafePointer<jf_settings_sink>
) -> OpaquePointer? {
  // SAFETY: a host's table is valid until the process ends, and so is a copy of it.
  guard
    let instance = unsafe type(of: table).create(
      settings.pointee, host: host.pointee, sink: sink.pointee)
  else { return nil }
  return unsafe OpaquePointer(Unmanaged<ErasedInstance>.passRetained(instance).toOpaque())
}

private func recognize(
  _ table: UnsafePointer<jf_transport>, _ sample: UnsafePointer<jf_sample>,
  _ sink: UnsafePointer<jf_recognize_sink>
) {
  unsafe type(of: table).recognize(sample.pointee, sink: sink.pointee)
}
