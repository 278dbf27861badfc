import Foundation
import Testing

@Suite struct `The links of a page` {
  @Test(arguments: Repository.pages)
  func `lead to files and headings that exist`(path: String) throws {
    let page = Repository.root.appendingPathComponent(path)
    for link in try Page(path).links where !link.contains("://") {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let target = parts[0].isEmpty ? page : URL(filePath: "\(parts[0])", relativeTo: page)
      #expect(FileManager.default.fileExists(atPath: target.path), "\(path) links to \(link)")
      guard parts.count == 2, target.pathExtension == "md" else { continue }
      let below = target.standardizedFileURL.path.dropFirst(Repository.root.path.count + 1)
      #expect(try Page("\(below)").anchors.contains("\(parts[1])"), "\(path) links to \(link)")
    }
  }

  @Test func `are looked at on every page of the project`() {
    #expect(Repository.pages.contains("README.md"))
    #expect(Repository.pages.contains("Sources/TransportHost/Documentation/errors.md"))
    #expect(Repository.pages.count > 20)
  }
}
