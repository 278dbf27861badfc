import Foundation

/// Sizes, alignments, offsets and values of the whole contract, as a C compiler has them.
struct Layout {
  /// The text that is compared: one line a struct, a field and a constant.
  let text: String

  /// Compiles and runs a program that prints the layout.
  init() throws {
    let program = FileManager.default.temporaryDirectory
      .appendingPathComponent("jackfield-layout-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: program) }
    let compiler = Compiler(program: "cc", standard: "c11")
    let complaint = try compiler.compile(try Self.source(), output: program)
    guard complaint.isEmpty else { throw Failure(message: complaint) }
    let result = try run(program.path)
    guard result.status == 0 else { throw Failure(message: result.output) }
    text = result.output
  }

  /// The compiler, or the program that it made, failed.
  struct Failure: Error { let message: String }

  /// The program, whose lines come from the headers themselves, so that none is forgotten.
  private static func source() throws -> String {
    var lines: [String] = []
    for header in try Contract.headers() where header.name != "jf_abi.h" {
      lines.append("puts(\"\\n# \(header.name)\");")
      for constant in header.constants { lines.append(print(constant)) }
      for name in header.names where !header.text.contains("typedef struct \(name)_s ") {
        lines.append("printf(\"\(name) size %zu\\n\", sizeof(\(name)));")
      }
      for type in header.structs { lines += print(type) }
      for function in header.exports { lines.append("puts(\(quoted(function.declaration)));") }
    }
    return """
      #include <stdio.h>
      #include "jf_abi.h"
      int main(void) {
      \(lines.joined(separator: "\n"))
      return 0;
      }

      """
  }

  private static func print(_ constant: Header.Constant) -> String {
    constant.value.hasPrefix("\"")
      ? "printf(\"\(constant.name) \\\"%s\\\"\\n\", \(constant.name));"
      : "printf(\"\(constant.name) %lld\\n\", (long long)\(constant.name));"
  }

  private static func print(_ type: Header.Struct) -> [String] {
    let tag = "struct \(type.tag)"
    let head =
      "printf(\"\(tag) size %zu align %zu\\n\", sizeof(\(tag)), _Alignof(\(tag)));"
    return [head]
      + type.fields.map { field in
        "printf(\"  %3zu %2zu  %s\\n\", offsetof(\(tag), \(field.name)),"
          + " sizeof(((\(tag) *)0)->\(field.name)), \(quoted(field.declaration)));"
      }
  }

  private static func quoted(_ text: String) -> String { "\"" + text + "\"" }
}
