import Foundation
import Testing

@Suite struct `The pages of the contract` {
  private static let pages = Contract.headerNames.filter { $0 != "jf_abi.h" }

  private func page(of header: String) throws -> Page {
    let name = header.dropFirst(3).dropLast(2) + ".md"
    return try Page(Contract.documentation.appendingPathComponent(String(name)))
  }

  @Test(arguments: pages)
  func `have a section for each struct, type and export, and no other`(_ name: String) throws {
    let header = try Header(Contract.include.appendingPathComponent(name))
    let expected = header.structs.map(\.name) + header.names + header.exports.map(\.name)
    #expect(try page(of: name).sections(level: 2).map(\.title).sorted() == expected.sorted())
  }

  @Test(arguments: pages)
  func `have a section for each function, with the same tag, and no other`(_ name: String) throws {
    let header = try Header(Contract.include.appendingPathComponent(name))
    var expected: [String: String] = [:]
    for type in header.structs {
      for field in type.fields where field.isFunction {
        expected["\(type.name).\(field.name)"] = field.threadTag
      }
    }
    let page = try page(of: name)
    var found: [String: String] = [:]
    for section in page.sections(level: 3) {
      found[section.title] = section.text.matches(of: /Tag: `(\[[a-z-]+\])`/).first.map {
        String($0.1)
      }
    }
    #expect(found == expected)
    for export in header.exports {
      let section = page.sections(level: 2).first { $0.title == export.name }
      #expect(section?.text.contains("Tag: `\(export.threadTag ?? "?")`") == true)
    }
  }

  @Test(arguments: pages)
  func `explain each field`(_ name: String) throws {
    let header = try Header(Contract.include.appendingPathComponent(name))
    let sections = try page(of: name).sections(level: 2)
    for type in header.structs {
      let text = sections.first { $0.title == type.name }?.text ?? ""
      for field in type.fields where !field.isFunction {
        #expect(text.contains("`\(field.name)`"), "\(type.name).\(field.name) is not explained")
      }
    }
  }

  @Test(arguments: pages)
  func `have a row for each constant, and name none that is not there`(_ name: String) throws {
    let header = try Header(Contract.include.appendingPathComponent(name))
    let text = try page(of: name).text
    let rows = text.matches(of: /(?m)^\| `(JF_\w+)` \| \S/).map { String($0.1) }
    #expect(rows.sorted() == header.constants.map(\.name).sorted())
    let all = Set(try Contract.headers().flatMap { $0.constants.map(\.name) })
    for mention in text.matches(of: /JF_\w+/) {
      #expect(all.contains(String(mention.0)), "\(mention.0) does not exist")
    }
  }

  @Test func `say of each tag what it means, and link to what exists`() throws {
    let threads = try Page(Contract.documentation.appendingPathComponent("threads.md"))
    let abi = try Header(Contract.include.appendingPathComponent("jf_abi.h"))
    let tags = abi.text.matches(of: #/(?m)^ \*   (\[[a-z-]+\])  /#).map { String($0.1) }
    let rows = threads.text.matches(of: /(?m)^\| `(\[[a-z-]+\])` \|/).map { String($0.1) }
    #expect(tags == rows)
    #expect(tags.count == 5)
  }

  @Test func `are all reached from the first, by links that lead somewhere`() throws {
    let folder = Contract.documentation
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let first = try Page(folder.appendingPathComponent("README.md"))
    #expect(Set(first.links + ["README.md"]).isSuperset(of: files))
    for file in files {
      for link in try Page(folder.appendingPathComponent(file)).links {
        let target = folder.appendingPathComponent(link).path
        #expect(FileManager.default.fileExists(atPath: target), "\(file) links to \(link)")
      }
    }
  }
}

/// A page of documentation.
private struct Page {
  /// A part of a page under a heading that names something of the headers.
  struct Section {
    let title: String
    let text: String
  }

  let text: String

  init(_ url: URL) throws {
    text = try String(contentsOf: url, encoding: .utf8)
  }

  /// The sections whose heading is a name, up to the next heading of any level.
  func sections(level: Int) -> [Section] {
    let mark = String(repeating: "#", count: level) + " "
    var sections: [Section] = []
    var title: String?
    var lines: [Substring] = []
    let all: [Substring] = text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in all + ["# "] {
      guard line.hasPrefix("#") else {
        lines.append(line)
        continue
      }
      if let title { sections.append(Section(title: title, text: lines.joined(separator: "\n"))) }
      title =
        line.hasPrefix(mark)
        ? String(line.dropFirst(mark.count)).replacing("`", with: "") : nil
      lines = []
    }
    return sections
  }

  /// The files that the page links to.
  var links: [String] {
    text.matches(of: /\]\(([^)#:]+)\)/).map { String($0.1) }
  }
}
