import ChildProcess
import Foundation

/// The programs and plugins that were built beside this one.
enum BuiltProducts {
  /// The directory of this executable.
  static let directory = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().path

  /// The path of a program.
  ///
  /// - Throws: ``ChildProcessFailure`` with the command that builds it, when it is not there.
  static func program(_ name: String) throws(ChildProcessFailure) -> String {
    try file(name, product: name)
  }

  /// The path of a plugin.
  ///
  /// - Throws: ``ChildProcessFailure`` with the command that builds it, when it is not there.
  static func plugin(_ id: String) throws(ChildProcessFailure) -> String {
    try file("lib\(id).so", product: id)
  }

  private static func file(_ name: String, product: String) throws(ChildProcessFailure) -> String {
    let path = "\(directory)/\(name)"
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw ChildProcessFailure(
        "\(path) is missing: build it with `swift build -c release --product \(product)`")
    }
    return path
  }
}
