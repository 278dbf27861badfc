import Foundation

/// The files of this project, as they stand in its folders.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every page, as a path below the root; what was built or fetched is none of the project's.
  static let pages: [String] = {
    let files = FileManager.default.enumerator(
      at: root, includingPropertiesForKeys: nil, options: [])
    var pages: [String] = []
    while let file = files?.nextObject() as? URL {
      if [".build", ".git", ".swiftpm"].contains(file.lastPathComponent) {
        files?.skipDescendants()
      } else if file.pathExtension == "md" {
        pages.append(String(file.path.dropFirst(root.path.count + 1)))
      }
    }
    return pages.sorted()
  }()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }
}
