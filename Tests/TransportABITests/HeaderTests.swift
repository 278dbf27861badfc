import Foundation
import Testing

@Suite struct `The headers of the contract` {
  @Test(arguments: Compiler.all)
  func `compile, each alone, without a warning`(_ compiler: Compiler) throws {
    for name in Contract.headerNames {
      #expect(try compiler.compile("#include \"\(name)\"\n") == "")
    }
  }

  @Test(arguments: Compiler.all)
  func `keep no warning from the code that includes them`(_ compiler: Compiler) throws {
    let source = "#include \"jf_abi.h\"\nstatic int unused(int x) { return 0; }\n"
    #expect(try compiler.compile(source).contains("unused"))
  }

  @Test func `were compiled by some compiler for C and some for C++`() {
    #expect(Compiler.all.contains { $0.standard == "c99" })
    #expect(Compiler.all.contains { $0.standard == "c++17" })
  }

  @Test func `are all known to these tests, and jf_abi_h includes every other`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Contract.include.path)
    #expect(Set(files.filter { $0.hasSuffix(".h") }) == Set(Contract.headerNames))
    let all = try Header(Contract.include.appendingPathComponent("jf_abi.h"))
    let included = all.text.matches(of: /(?m)^#include "(\w+\.h)"/).map { String($0.1) }
    #expect(Set(included + ["jf_abi.h"]) == Set(Contract.headerNames))
  }

  @Test func `say of every struct what it is`() throws {
    let structs = try Contract.headers().flatMap(\.structs)
    #expect(structs.count == 30)
    for type in structs {
      #expect(type.comment.contains("/*"), "\(type.tag) has no comment")
    }
  }

  @Test func `end the comment of every function with its thread and state`() throws {
    let headers = try Contract.headers()
    let functions =
      headers.flatMap { $0.structs.flatMap { type in type.fields.filter(\.isFunction) } }
      + headers.flatMap(\.exports)
    #expect(functions.count > 50)
    for function in functions {
      #expect(function.threadTag != nil, "\(function.name) has no tag")
    }
  }

  @Test func `begin every struct that may be told apart by its size with that size`() throws {
    let small: Set = [
      "jf_borrowed_text_1", "jf_borrowed_bytes_1", "jf_borrowed_pair_1", "jf_range_1",
      "jf_member_1", "jf_param_set_1", "jf_param_clamp_1", "jf_rule_1",
    ]
    for type in try Contract.headers().flatMap(\.structs) where !small.contains(type.tag) {
      #expect(
        type.fields.prefix(2).contains { $0.name == "struct_size" }, "\(type.tag) has no size")
    }
  }
}
