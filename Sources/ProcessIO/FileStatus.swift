internal import Glibc

/// What the system says of a file without opening it.
package struct FileStatus: Sendable, Hashable {
  /// Whether it is a regular file.
  package let isRegular: Bool
  /// Whether it is a directory.
  package let isDirectory: Bool
  /// The permission bits: `0o600`.
  package let permissions: UInt32
  /// When it was changed last, in seconds since 1970.
  package let changed: Int64
  /// Tells one state of the file from the next: the moment of its last change to the nanosecond, its
  /// size, and which file it is.
  package let version: [Int64]
  /// Whether this process may read it.
  package let isReadable: Bool
  /// Whether this process may execute it.
  package let isExecutable: Bool

  /// Asks for a file, links followed.
  ///
  /// - Throws: ``IOFailure``, as where nothing is there.
  package init(of path: String) throws(IOFailure) {
    var status = stat()
    // SAFETY: the system fills one stat, which outlives the call.
    guard unsafe stat(path, &status) == 0 else { throw .last }
    isRegular = status.st_mode & S_IFMT == S_IFREG
    isDirectory = status.st_mode & S_IFMT == S_IFDIR
    permissions = UInt32(status.st_mode & 0o7777)
    changed = Int64(status.st_mtim.tv_sec)
    version = [
      Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec), Int64(status.st_size),
      Int64(bitPattern: UInt64(status.st_ino)), Int64(bitPattern: UInt64(status.st_dev)),
    ]
    isReadable = unsafe access(path, R_OK) == 0
    isExecutable = unsafe access(path, X_OK) == 0
  }

  /// Whether somebody besides the owner may read it.
  package var isReadableByOthers: Bool { permissions & 0o044 != 0 }

  /// Whether anybody on the machine may change it.
  package var isWritableByAll: Bool { permissions & 0o002 != 0 }
}
