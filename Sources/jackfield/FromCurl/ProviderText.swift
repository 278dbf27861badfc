import CurlCommand
import JSONText
import TransportHost

/// The `providers.yaml` that makes a request that works.
struct ProviderText {
  /// The text.
  let yaml: String
  /// What people should know about it.
  private(set) var notes: [String] = []

  private let plugin: String
  private let entry: RecognizedEntry

  /// Writes an entry that was recognized, with the headers that the command set besides.
  init(_ plugin: String, _ entry: RecognizedEntry, _ command: CurlCommand) {
    self.plugin = plugin
    self.entry = entry
    let headers = ExtraHeaders(command, entry)
    notes = headers.notes
    var lines = ["version: 1"]
    if let variable = headers.variable {
      lines += ["", "credentials:", "  \(plugin): { env: \(variable) }"]
    }
    lines += ["", "providers:", "  \(plugin):", "    plugin: \(plugin)"]
    if !entry.baseURL.isEmpty { lines.append("    base_url: \(Self.scalar(entry.baseURL))") }
    if command.isPlainRemote {
      lines.append("    allow_http: true")
      notes.append("the URL is http: the credential travels where others can read it.")
    }
    lines += Self.mapping("options", entry.options.map { ($0.name, Self.value($0.value)) })
    lines += Self.authentication(entry, plugin)
    lines += Self.mapping("headers", headers.kept.map { ($0.name, Self.scalar($0.value)) })
    yaml = (lines + Self.models(entry, plugin)).joined(separator: "\n") + "\n"
  }

  private static func authentication(_ entry: RecognizedEntry, _ name: String) -> [String] {
    switch entry.authentication {
    case "": []
    case "header":
      [
        "    auth: { header: { name: \(scalar(entry.authenticationHeader)), value: \(name) } }"
      ]
    default: ["    auth: { \(entry.authentication): \(name) }"]
    }
  }

  private static func models(_ entry: RecognizedEntry, _ plugin: String) -> [String] {
    let isAny = entry.model.isEmpty
    let name = isAny ? "\"*\"" : scalar(entry.model)
    let model = isAny ? "\"{1}\"" : scalar(entry.model)
    return [
      "", "models:", "  \(name):", "    targets:",
      "      - { provider: \(plugin), model: \(model) }",
    ]
  }

  private static func mapping(_ key: String, _ pairs: [(name: String, value: String)]) -> [String] {
    guard !pairs.isEmpty else { return [] }
    let members = pairs.map { "\(scalar($0.name)): \($0.value)" }.joined(separator: ", ")
    return ["    \(key): { \(members) }"]
  }

  /// A plugin's JSON value: a plain word where it is one, else JSON, which is YAML too.
  private static func value(_ json: String) -> String {
    let bytes = Array(json.utf8)
    guard let root = JSONValue(at: 0..<bytes.count, in: bytes.span),
      let text = root.string(in: bytes.span)
    else { return json }
    return scalar(text)
  }

  /// A string as a plain scalar where nothing can be read otherwise, else in double quotes.
  ///
  /// A slash and a colon are plain in a URL; a blank behind the colon would make a key of it.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isLetter && $0.isASCII } == true
      && text.utf8.allSatisfy(isPlainByte) && text.last != ":"
      && !["true", "false", "null"].contains(text.lowercased())
    return isPlain ? text : String(decoding: JSONEscape.literal(text), as: UTF8.self)
  }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"),
      UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "?"):
      true
    default: false
    }
  }
}

extension CurlCommand {
  /// Whether the URL is unencrypted and leaves this machine.
  fileprivate var isPlainRemote: Bool {
    guard url.hasPrefix("http://") else { return false }
    let host = url.dropFirst(7).prefix { $0 != "/" && $0 != "?" }
    return !(host.hasPrefix("127.") || host.hasPrefix("localhost") || host.hasPrefix("[::1]"))
  }
}
