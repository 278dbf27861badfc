internal import CTransportABI

/// The checks between opening a plugin and calling it.
///
/// Required pointers are read as plain words first: the header promises that they are set, and Swift
/// believes it, so a plugin that breaks the promise must be caught before Swift sees the field.
struct Handshake {
  /// The plugin, for messages.
  let name: String

  /// Checks the descriptor.
  func check(_ entry: UnsafePointer<jf_entry>) throws(PluginError) {
    let memory = unsafe UnsafeRawPointer(entry)
    let magic = unsafe memory.load(as: UInt32.self)
    guard magic == JF_MAGIC else {
      throw .misbehaved("\(name): its entry does not begin with the magic number of ABI 1.")
    }
    let size = unsafe memory.load(fromByteOffset: 4, as: UInt32.self)
    unsafe try require(size, MemoryLayout<jf_entry>.size, "jf_entry")
    try unsafe require(memory, \jf_entry.id, "id")
    try unsafe require(memory, \jf_entry.version, "version")
    try unsafe require(memory, \jf_entry.toolchain, "toolchain")
    try unsafe require(memory, \jf_entry.manifest_json, "manifest_json")
    try unsafe require(memory, \jf_entry.get_interface, "get_interface")
    let id = unsafe String(cString: entry.pointee.id)
    guard Self.isID(id) else {
      throw .misbehaved(
        "\(name): its id \"\(id)\" is not lower-case words joined by hyphens.")
    }
  }

  /// Fetches the function table and checks it.
  func table(of entry: UnsafePointer<jf_entry>) throws(PluginError) -> UnsafePointer<jf_transport> {
    guard let memory = unsafe entry.pointee.get_interface(entry, JF_TRANSPORT_1) else {
      throw .misbehaved("\(name): it does not have the interface \(JF_TRANSPORT_1).")
    }
    unsafe try require(
      unsafe memory.load(as: UInt32.self), MemoryLayout<jf_transport>.size, "jf_transport")
    try unsafe require(memory, \jf_transport.create, "create")
    try unsafe require(memory, \jf_transport.destroy, "destroy")
    try unsafe require(memory, \jf_transport.describe, "describe")
    try unsafe require(memory, \jf_transport.prepare, "prepare")
    try unsafe require(memory, \jf_transport.on_head, "on_head")
    try unsafe require(memory, \jf_transport.classify, "classify")
    let table = unsafe memory.assumingMemoryBound(to: jf_transport.self)
    try unsafe checkRules(table)
    return unsafe table
  }

  /// Fetches the table of token flows and checks it; nil where the plugin has none.
  func auth(of entry: UnsafePointer<jf_entry>) throws(PluginError) -> UnsafePointer<jf_auth>? {
    guard let memory = unsafe entry.pointee.get_interface(entry, JF_AUTH_1) else { return nil }
    try require(unsafe memory.load(as: UInt32.self), MemoryLayout<jf_auth>.size, "jf_auth")
    try unsafe require(memory, \jf_auth.describe, "auth.describe")
    try unsafe require(memory, \jf_auth.begin, "auth.begin")
    try unsafe require(memory, \jf_auth.step, "auth.step")
    try unsafe require(memory, \jf_auth.end, "auth.end")
    return unsafe memory.assumingMemoryBound(to: jf_auth.self)
  }

  /// Fetches the table of other settings and checks it; nil where the plugin has none.
  func probe(of entry: UnsafePointer<jf_entry>) throws(PluginError) -> UnsafePointer<jf_probe>? {
    guard let memory = unsafe entry.pointee.get_interface(entry, JF_PROBE_1) else { return nil }
    try require(unsafe memory.load(as: UInt32.self), MemoryLayout<jf_probe>.size, "jf_probe")
    try unsafe require(memory, \jf_probe.alternatives, "probe.alternatives")
    return unsafe memory.assumingMemoryBound(to: jf_probe.self)
  }

  private func checkRules(_ table: UnsafePointer<jf_transport>) throws(PluginError) {
    let count = unsafe Int(table.pointee.rule_count)
    guard count > 0 else { return }
    guard let rules = unsafe table.pointee.rules else {
      throw .misbehaved("\(name): it counts \(count) rules and has no table of them.")
    }
    for index in 0..<count {
      let memory = unsafe UnsafeRawPointer(rules + index)
      try unsafe require(memory, \jf_rule.id, "rules[\(index)].id")
      try unsafe require(memory, \jf_rule.reason, "rules[\(index)].reason")
      try unsafe require(memory, \jf_rule.link, "rules[\(index)].link")
    }
  }

  private func require(_ size: UInt32, _ expected: Int, _ type: String) throws(PluginError) {
    guard Int(size) == expected else {
      throw .misbehaved(
        "\(name): its \(type) has \(size) bytes where ABI 1 has \(expected)."
          + " Build it again with the headers of this host.")
    }
  }

  private func require<Root, Value>(
    _ memory: UnsafeRawPointer, _ field: KeyPath<Root, Value>, _ label: String
  ) throws(PluginError) {
    guard let offset = MemoryLayout<Root>.offset(of: field),
      unsafe memory.load(fromByteOffset: offset, as: UInt.self) != 0
    else { throw .misbehaved("\(name): its required field \(label) is not set.") }
  }

  private static func isID(_ id: String) -> Bool {
    let words = id.split(separator: "-", omittingEmptySubsequences: false)
    return !id.isEmpty && id.utf8.count <= 64
      && words.allSatisfy { word in
        !word.isEmpty
          && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
      }
  }
}
