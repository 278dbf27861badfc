internal import Glibc

/// A file that is written at its end, by several threads and perhaps several programs.
package final class AppendedFile: Sendable {
  private let descriptor: OwnedDescriptor

  /// Opens a file, or makes one that its owner alone may read.
  ///
  /// - Throws: ``IOFailure`` when it cannot be opened.
  package init(_ path: String) throws(IOFailure) {
    let number = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw .last }
    descriptor = OwnedDescriptor(number)
  }

  /// Appends bytes in one piece, as far as the system takes them.
  ///
  /// - Returns: Whether it took them all.
  @discardableResult package func append(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      // SAFETY: the buffer is the slice's own for the length of the call.
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor.number, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

/// Folders.
package enum Folder {
  /// The names in a folder, sorted; those that begin with a dot are left out.
  ///
  /// - Throws: ``IOFailure``, as where there is no such folder.
  package static func names(in path: String) throws(IOFailure) -> [String] {
    guard let folder = unsafe opendir(path) else { throw .last }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    // SAFETY: an entry is valid until the next one is read, and its name is copied before.
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes a folder and those above it, for the owner alone; one that is there stays as it is.
  ///
  /// - Throws: ``IOFailure`` when one of them cannot be made.
  package static func make(_ path: String) throws(IOFailure) {
    var made = ""
    for part in path.split(separator: "/") {
      made += made.isEmpty && !path.hasPrefix("/") ? String(part) : "/\(part)"
      guard unsafe mkdir(made, 0o700) != 0 else { continue }
      let failure = IOFailure.last
      guard (try? FileStatus(of: made))?.isDirectory == true else { throw failure }
    }
  }
}
