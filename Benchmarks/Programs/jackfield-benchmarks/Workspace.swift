import Foundation

/// A directory of files that programs are told of; it goes with its owner.
final class Workspace {
  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appending(path: "jackfield-benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  /// Where it is.
  var path: String { directory.path }

  /// Writes a file, over one of that name.
  func file(_ name: String, _ text: String) throws -> URL {
    try file(name, Array(text.utf8))
  }

  /// Writes a file, over one of that name.
  func file(_ name: String, _ bytes: [UInt8]) throws -> URL {
    let url = directory.appending(path: name)
    try Data(bytes).write(to: url)
    return url
  }
}
