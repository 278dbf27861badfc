import Foundation
import TransportHost

/// The plugins that the build put beside the running test program.
enum BuiltPlugins {
  /// Where the test program lies; the build puts every product there.
  static let directory = URL(
    fileURLWithPath: PluginSearch.executablePath ?? "/"
  ).deletingLastPathComponent().path

  /// The file of a plugin.
  static func path(of name: String) -> String {
    directory + "/" + PluginSearch.fileName(of: name)
  }

  /// Every plugin that keeps the contract; the last three are this package's own.
  static let good = [
    "good-minimal", "good-json", "good-lines", "openai", "azure-openai", "azure-foundry",
  ]

  /// A message without the machine's own directory in it.
  static func anonymous(_ message: String) -> String {
    message.replacing(directory, with: "DIR")
  }
}

/// A directory that is gone after the closure.
func withTemporaryDirectory<R>(_ body: (String) throws -> R) throws -> R {
  let directory = FileManager.default.temporaryDirectory
    .appendingPathComponent("jackfield-" + UUID().uuidString).resolvingSymlinksInPath()
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: directory) }
  return try body(directory.path)
}

/// Makes an empty file, and the directories above it.
func touch(_ path: String, _ content: [UInt8] = []) throws {
  let url = URL(fileURLWithPath: path)
  try FileManager.default.createDirectory(
    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
  try Data(content).write(to: url)
}
