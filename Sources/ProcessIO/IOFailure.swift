internal import Glibc

/// An operation that the system refused, with its reason.
package struct IOFailure: Error, Sendable, Hashable {
  /// What the system answered, as `errno`.
  package let code: Int32

  /// The failure that the last call left in `errno`.
  package static var last: IOFailure { IOFailure(code: errno) }

  /// Whether the file does not exist.
  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
}

extension IOFailure: CustomStringConvertible {
  /// The system's words, lower case: `no such file or directory`.
  package var description: String {
    // SAFETY: the text is a constant or this thread's own, and is copied at once.
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    let words = unsafe String(cString: text)
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
