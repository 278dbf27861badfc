import Foundation

/// The rules of the strict upstreams once more, on parsed objects and without thought for bytes: what a
/// second author would write who has only the rule table before them.
enum NaiveRules {
  static func apply(to text: String) throws -> NSDictionary {
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8))
    var request = parsed as? [String: Any] ?? [:]
    request["prompt_cache_retention"] = nil
    if (request["tools"] as? [Any])?.isEmpty == true { request["tools"] = nil }
    let isStored = request["store"] as? Bool ?? true
    var isKept = false
    let items = request["input"] as? [[String: Any]] ?? []
    request["input"] = items.compactMap { item($0, isStored: isStored, isKept: &isKept) }
    return request as NSDictionary
  }

  private static func item(
    _ item: [String: Any], isStored: Bool, isKept: inout Bool
  ) -> [String: Any]? {
    var item = item
    if item["type"] == nil, item["role"] != nil { item["type"] = "message" }
    let type = item["type"] as? String
    let role = item["role"] as? String
    if type == "message" && role != "assistant" || type == "function_call_output" { isKept = false }
    if type == "reasoning", item["encrypted_content"] as? String ?? "" == "" {
      guard isStored else { return nil }
      isKept = true
    }
    if isKept { return item }
    switch type {
    case "reasoning":
      return item.filter { ["type", "id", "summary", "encrypted_content"].contains($0.key) }
    case "message", "function_call", "function_call_output":
      item["id"] = nil
      item["status"] = nil
    default: break
    }
    if type == "message" {
      item["content"] = content(item["content"], isAssistant: role == "assistant")
    }
    return item
  }

  private static func content(_ content: Any?, isAssistant: Bool) -> Any? {
    if let text = content as? String {
      return isAssistant
        ? [["type": "output_text", "text": text, "annotations": [String]()] as [String: Any]]
        : [["type": "input_text", "text": text]]
    }
    guard isAssistant, let parts = content as? [[String: Any]] else { return content }
    return parts.map { part in
      var part = part
      if part["type"] as? String == "output_text", !(part["annotations"] is [Any]) {
        part["annotations"] = [String]()
      }
      return part
    }
  }
}
