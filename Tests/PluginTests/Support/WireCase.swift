import Foundation
import Testing
import TransportSDK

/// One golden file: what goes into a transport, and the exact exchange that must come out.
///
/// Sections begin with a line `--- name`. `settings`, `request` and `body` are written by hand; the
/// rest is what the transport gave, and is written again when `UPDATE_GOLDEN=1` is set.
struct WireCase: CustomTestStringConvertible {
  let plugin: Plugin
  let file: URL
  private var sections: [(name: String, text: String)] = []

  var testDescription: String { "\(plugin.rawValue)/\(file.lastPathComponent)" }

  static let all: [WireCase] = Plugin.allCases.flatMap { plugin in
    let folder = fixtures.appending(path: plugin.rawValue)
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "wire" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .compactMap { try? WireCase(plugin, $0) }
  }

  static var fixtures: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures")
  }

  init(_ plugin: Plugin, _ file: URL) throws {
    self.plugin = plugin
    self.file = file
    let text = try String(contentsOf: file, encoding: .utf8)
    for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("--- ") {
        sections.append((String(line.dropFirst(4)), ""))
      } else if !sections.isEmpty {
        sections[sections.count - 1].text += line + "\n"
      }
    }
  }

  subscript(name: String) -> String {
    String(sections.first { $0.name == name }?.text.dropLast() ?? "")
  }

  /// The hand-written sections, and behind them what the transport gave.
  func text(with prepared: Prepared) -> String {
    var text = ""
    for name in ["settings", "request", "body"] where sections.contains(where: { $0.name == name })
    {
      text += "--- \(name)\n\(self[name])\n"
    }
    if let failure = prepared.failure { return text + "--- failure\n\(failure)\n" }
    text += "--- exchange\n\(prepared.method) \(prepared.url)\n"
    for header in prepared.headers { text += header + "\n" }
    if !prepared.body.isEmpty { text += "--- sent\n\(prepared.body)\n" }
    if !prepared.edits.isEmpty { text += "--- edits\n\(prepared.edits.joined(separator: "\n"))\n" }
    if !prepared.warnings.isEmpty {
      text += "--- warnings\n\(prepared.warnings.joined(separator: "\n"))\n"
    }
    return text
  }

  var onDisk: String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }

  func prepare() throws -> Prepared {
    Prepared(Array(self["body"].utf8), by: plugin, try settings(), try request())
  }

  /// The same settings with another body.
  func prepareAgain(_ body: String) throws -> Prepared {
    Prepared(Array(body.utf8), by: plugin, try settings(), try request())
  }
}

// MARK: - Reading the sections

extension WireCase {
  private func object(_ name: String) throws -> [String: Any] {
    let text = self[name]
    guard !text.isEmpty else { return [:] }
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  private func settings() throws -> TransportSettings {
    let object = try object("settings")
    let text = { (name: String) in object[name] as? String }
    return TransportSettings(
      provider: text("provider") ?? plugin.rawValue, baseURL: text("base_url") ?? "",
      options: object["options"] as? [String: String] ?? [:],
      authentication: authentication(text("auth") ?? "key"),
      state: TransportSettings.State(rawValue: text("state") ?? "") ?? .asSent,
      unsupported: TransportSettings.UnsupportedPolicy(rawValue: text("unsupported") ?? "")
        ?? .drop)
  }

  private func authentication(_ text: String) -> TransportSettings.Authentication {
    switch text {
    case "key": .key
    case "bearer": .bearer
    case "none": .none
    default: .header(text)
    }
  }

  private func request() throws -> TransportRequest {
    let object = try object("request")
    let pairs = object["query"] as? [[String]] ?? []
    let capabilities = try JSONSerialization.data(
      withJSONObject: object["capabilities"] ?? [:], options: .sortedKeys)
    return TransportRequest(
      operation: Operation(rawValue: object["operation"] as? String ?? "create") ?? .create,
      model: object["model"] as? String ?? "", responseID: object["response_id"] as? String ?? "",
      query: pairs.map { QueryPair($0[0], $0[1]) }, credential: CredentialHandle(rawValue: 1),
      parameters: try parameters(object["params"] as? [String: Any] ?? [:]),
      capabilities: Array(capabilities))
  }

  private func parameters(_ object: [String: Any]) throws -> RequestParameters {
    let sets = try (object["set"] as? [String: Any] ?? [:]).sorted { $0.key < $1.key }.map {
      RequestParameters.Setting(
        name: $0.key,
        value: Array(
          try JSONSerialization.data(withJSONObject: $0.value, options: .fragmentsAllowed)))
    }
    let clamps = (object["clamp"] as? [String: [NSNumber]] ?? [:]).map {
      RequestParameters.Clamp(
        name: $0.key, minimum: $0.value[0].stringValue, maximum: $0.value[1].stringValue)
    }
    return RequestParameters(
      sets: sets, removes: object["remove"] as? [String] ?? [], clamps: clamps)
  }
}
