/// Takes secrets out of what is recorded.
///
/// Two rules: the whole value of a header or query parameter with a secret's name, and a known
/// secret wherever it stands, as it is or as JSON and URLs write it.
package struct Scrubber: Sendable {
  /// What stands in place of a secret; harmless in JSON strings and headers.
  package static let placeholderText = "[scrubbed]"
  static let placeholder = Array(placeholderText.utf8)

  /// The headers, lower case, whose values are never written.
  package static let secretNames: Set = [
    "api-key", "authorization", "cookie", "proxy-authorization", "set-cookie", "x-api-key",
  ]

  private let names: Set<String>
  private let forms: SecretForms

  /// Learns what is secret.
  ///
  /// - Parameters:
  ///   - secrets: The values that are known, such as a token that was made for this run. Each is
  ///     replaced wherever it stands, so that a short one makes a recording hard to read; empty ones
  ///     are left out.
  ///   - names: Headers and query parameters besides ``secretNames``, in any case.
  package init(secrets: [[UInt8]] = [], names: [String] = []) {
    self.names = Self.secretNames.union(names.map { $0.lowercased() })
    forms = SecretForms(of: secrets)
  }

  /// The request without secrets.
  package func scrubbed(_ request: CassetteRequest) -> CassetteRequest {
    CassetteRequest(
      method: scrubbed(request.method), target: scrubbed(target: request.target),
      headers: scrubbed(request.headers), body: scrubbed(request.body))
  }

  /// The headers without secrets.
  package func scrubbed(_ headers: [CassetteHeader]) -> [CassetteHeader] {
    headers.map { header in
      let isSecret = names.contains(header.name)
      return CassetteHeader(
        scrubbed(header.name), isSecret ? Self.placeholderText : scrubbed(header.value))
    }
  }

  /// The bytes without known secrets.
  package func scrubbed(_ bytes: [UInt8]) -> [UInt8] {
    guard !forms.isEmpty else { return bytes }
    var stream = stream()
    var scrubbed: [UInt8] = []
    scrubbed.reserveCapacity(bytes.count)
    for piece in stream.append(bytes) + stream.finish() {
      switch piece {
      case .plain(let bytes, _): scrubbed += bytes
      case .secret: scrubbed += Self.placeholder
      }
    }
    return scrubbed
  }

  /// A scrubber for bytes that come in pieces.
  func stream() -> StreamScrubber { StreamScrubber(forms) }

  private func scrubbed(_ text: String) -> String {
    String(decoding: scrubbed(Array(text.utf8)), as: UTF8.self)
  }

  private func scrubbed(target: String) -> String {
    guard let mark = target.firstIndex(of: "?") else { return scrubbed(target) }
    let parameters = target[target.index(after: mark)...]
      .split(separator: "&", omittingEmptySubsequences: false)
    let kept = parameters.map { parameter -> String in
      guard let equals = parameter.firstIndex(of: "="),
        names.contains(parameter[..<equals].lowercased())
      else { return String(parameter) }
      return parameter[...equals] + Self.placeholderText
    }
    return scrubbed(target[...mark] + kept.joined(separator: "&"))
  }
}
