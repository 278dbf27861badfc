package import CTransportABI
internal import Glibc

/// A plugin that passed the handshake: its descriptor and its function table, valid for ever.
///
/// A library is opened once and never closed. Swift's runtime keeps pointers into an image, and the
/// next conformance look-up after an unload would follow them.
@safe package struct TransportLibrary: Sendable {
  /// What `plugin:` names.
  package let id: String
  /// The plugin's version.
  package let version: String
  /// The compiler that made it.
  package let toolchain: String
  /// `jackfield.manifest/1`.
  package let manifest: String
  /// The file, or nil for a transport that is linked into this program.
  package let file: String?
  /// SAFETY: the ABI promises that a table lives unchanged as long as the process.
  nonisolated(unsafe) let table: UnsafePointer<jf_transport>
  /// How it obtains tokens, or nil where it does not.
  ///
  /// SAFETY: as for `table`.
  nonisolated(unsafe) let auth: UnsafePointer<jf_auth>?
  /// Under which other settings an account may answer, or nil where it does not say.
  ///
  /// SAFETY: as for `table`.
  nonisolated(unsafe) let probe: UnsafePointer<jf_probe>?

  /// Opens a file and shakes hands.
  ///
  /// - Parameters:
  ///   - path: Absolute.
  ///   - expected: The id that the configuration asks for; nil: any.
  /// - Throws: ``PluginError`` when the loader refuses the file or it breaks the contract.
  package init(opening path: String, expecting expected: String?) throws(PluginError) {
    if let (needed, present) = SharedObject.missingLength(of: path) {
      throw .unavailable(
        "cannot load plugin \"\(path)\": it has \(present) bytes of at least \(needed)."
          + " It was cut off; copy it again.")
    }
    // SAFETY: the flags make the image permanent; constructors of the file run here, as they must.
    guard let image = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
      let reason = unsafe dlerror().map { unsafe String(cString: $0) } ?? "no reason given"
      throw .unavailable("cannot load plugin \"\(path)\": \(reason).")
    }
    guard let symbol = unsafe dlsym(image, JF_ENTRY_SYMBOL) else {
      throw .misbehaved(
        "\"\(path)\" is no Jackfield plugin: it does not export \(JF_ENTRY_SYMBOL).")
    }
    // SAFETY: the symbol's name is the contract for its type.
    let entry = unsafe unsafeBitCast(symbol, to: jf_entry_function.self)
    try unsafe self.init(entry: entry(), file: path, expecting: expected)
  }

  /// Shakes hands with an entry that is already in this process.
  package init(
    entry: UnsafePointer<jf_entry>?, file: String?, expecting expected: String?
  ) throws(PluginError) {
    let name = file.map { "plugin \"\($0)\"" } ?? "the linked transport"
    guard let entry = unsafe entry else {
      throw .misbehaved("\(name): its entry returned nothing, so it cannot work here.")
    }
    try unsafe Handshake(name: name).check(entry)
    let descriptor = unsafe entry.pointee
    unsafe id = String(cString: descriptor.id)
    unsafe version = String(cString: descriptor.version)
    unsafe toolchain = String(cString: descriptor.toolchain)
    unsafe manifest = String(cString: descriptor.manifest_json)
    self.file = file
    if let expected, expected != id {
      throw .misbehaved(
        "\(name) calls itself \"\(id)\", but the configuration expects \"\(expected)\"."
          + " Use the name \"\(id)\".")
    }
    unsafe table = try Handshake(name: name).table(of: entry)
    unsafe auth = try Handshake(name: name).auth(of: entry)
    unsafe probe = try Handshake(name: name).probe(of: entry)
  }
}
