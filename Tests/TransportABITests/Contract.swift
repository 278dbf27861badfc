import ChildProcess
import Foundation

/// The files of the contract, as they stand in the package.
enum Contract {
  /// The package's directory.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Where the headers lie.
  static let include = root.appendingPathComponent("Sources/CTransportABI/include")

  /// Where the pages lie.
  static let documentation = root.appendingPathComponent("Sources/CTransportABI/Documentation")

  /// The names of the headers.
  static let headerNames = [
    "jf_abi.h", "jf_auth.h", "jf_entry.h", "jf_exchange.h", "jf_failure.h", "jf_host.h",
    "jf_json.h", "jf_probe.h", "jf_recognize.h", "jf_settings.h", "jf_transport.h", "jf_value.h",
  ]

  /// Every header, read.
  static func headers() throws -> [Header] {
    try headerNames.map { try Header(include.appendingPathComponent($0)) }
  }
}

/// A C or C++ compiler of this machine.
struct Compiler: CustomStringConvertible, Sendable {
  let program: String
  let standard: String

  var description: String { "\(program) -std=\(standard)" }

  /// Every compiler of this machine with every standard that the contract promises.
  static let all =
    ["cc", "gcc", "clang"].filter(isPresent).flatMap { program in
      ["c99", "c11", "c17"].map { Compiler(program: program, standard: $0) }
    }
    + ["c++", "g++", "clang++"].filter(isPresent).flatMap { program in
      ["c++17", "c++20"].map { Compiler(program: program, standard: $0) }
    }

  /// Whether a program lies in the search path.
  static func isPresent(_ program: String) -> Bool {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  private var language: String { standard.hasPrefix("c++") ? "c++" : "c" }

  /// Compiles a text with every warning an error.
  ///
  /// - Parameters:
  ///   - source: The text.
  ///   - output: The program to make; nil: the text is only checked.
  /// - Returns: What the compiler complained about; empty when it was content.
  /// - Throws: When the compiler cannot be started.
  func compile(_ source: String, output: URL? = nil) throws -> String {
    let end = output.map { ["-o", $0.path] } ?? ["-fsyntax-only"]
    let result = try run(
      program,
      [
        "-std=\(standard)", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I",
        Contract.include.path,
        "-x", language, "-",
      ] + end, input: source)
    return result.status == 0 ? "" : result.output + "\(description) ended with \(result.status)"
  }
}

/// Runs a program of the search path, and gives everything that it wrote.
func run(
  _ program: String, _ arguments: [String] = [], input: String = ""
) throws -> (status: Int32, output: String) {
  let outcome = try ChildProcess.run(program, arguments, input: .text(input), joiningError: true)
  return (outcome.status, outcome.text)
}
