internal import Glibc

/// Whole files.
package enum FileContent {
  /// Reads a file.
  ///
  /// - Throws: ``IOFailure``, as for a directory or beyond 256 MiB.
  package static func read(_ path: String) throws(IOFailure) -> [UInt8] {
    try Stream.withFile(path, O_RDONLY) { file throws(IOFailure) in try file.readToEnd() }
  }

  /// Writes a file, replacing what it held.
  ///
  /// - Throws: ``IOFailure`` when it cannot be opened.
  package static func write(_ bytes: [UInt8], to path: String) throws(IOFailure) {
    try Stream.withFile(path, O_WRONLY | O_CREAT | O_TRUNC) { $0.write(bytes) }
  }

  /// Whether something of that name exists, whoever may read it.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    // SAFETY: the system fills one stat, which outlives the call.
    return unsafe stat(path, &status) == 0
  }
}
