import ChatCompletions
import Foundation
import Testing

/// A file of a pair: what goes in, or what must come out.
func fixture(_ name: String) throws -> [UInt8] {
  let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
  return Array(try Data(contentsOf: folder.appending(path: name)))
}

func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

extension [UInt8] {
  var text: String { String(decoding: self, as: UTF8.self) }
  var trimmed: String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

  /// Any JSON as Foundation reads it.
  func parsed() throws -> Any {
    try JSONSerialization.jsonObject(with: Data(self), options: .fragmentsAllowed)
  }
}

/// The refusal of a request; nil where it is translated.
func refusal(of request: String) -> ChatRefusal? {
  do throws(ChatRefusal) {
    _ = try ChatRequest.translated(utf8(request))
    return nil
  } catch {
    return error
  }
}
