internal import Glibc
internal import ProviderConfiguration

/// Reads small files: configurations, secrets and manifests.
enum FileText {
  /// The largest file that is read, in bytes: our choice, far above any sensible configuration.
  static let limit = 16 << 20

  /// A configuration's bytes.
  static func configuration(_ path: String) throws(ConfigurationInvalid) -> [UInt8] {
    do { return try read(path) } catch {
      throw ConfigurationInvalid([.unreadable(file: path, reason: error.reason)])
    }
  }

  /// Why a file could not be read.
  struct Unreadable: Error {
    /// The operating system's words.
    let reason: String
  }

  /// A file's bytes.
  static func read(_ path: String, limit: Int = limit) throws(Unreadable) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Unreadable(reason: lastError) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= limit {
      // SAFETY: the buffer is the array's own for the length of the call.
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      guard count >= 0 else { throw Unreadable(reason: lastError) }
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
    let size = limit >> 20 > 0 ? "\(limit >> 20) MiB" : "\(limit >> 10) KiB"
    throw Unreadable(reason: "it is larger than \(size)")
  }

  private static var lastError: String {
    // SAFETY: strerror's text is copied before any other call.
    unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unknown error"
  }
}
