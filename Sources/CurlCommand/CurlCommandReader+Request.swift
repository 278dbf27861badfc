extension CurlCommandReader {
  /// The request that the options make together.
  func command(environment: (String) -> String?) throws(CurlCommandError) -> CurlCommand {
    var command = CurlCommand()
    command.headers = headers
    command.notes = notes
    if !quiet.isEmpty {
      let names = quiet.uniqued.joined(separator: " ")
      command.notes.append("\(names) only concern curl's own run.")
    }
    guard let word = urls.first else { throw .missingURL }
    guard urls.count == 1 else { throw .severalURLs }
    let body = try parts(environment)
    var url = try word.resolved(environment, place: "URL")
    if isGet { url = try CurlCommandReader.url(url, with: body) }
    command.url = try endpoint(url, &command.notes)
    command.body = isGet ? [] : body
    command.method = method ?? (isHead ? "HEAD" : command.body.isEmpty ? "GET" : "POST")
    return command
  }

  private func parts(
    _ environment: (String) -> String?
  ) throws(CurlCommandError) -> [CurlCommand.BodyPart] {
    var parts: [CurlCommand.BodyPart] = []
    for piece in pieces {
      switch piece {
      case .json(let word): parts.append(.text(try word.resolved(environment, place: "body")))
      case .text(let word):
        if !parts.isEmpty { parts.append(.text("&")) }
        parts.append(.text(try word.resolved(environment, place: "body")))
      case .file(let path, let isText):
        if !parts.isEmpty { parts.append(.text("&")) }
        parts.append(.file(path, isText: isText))
      }
    }
    return parts
  }

  /// `-G` moves the data into the query.
  private static func url(
    _ url: String, with body: [CurlCommand.BodyPart]
  ) throws(CurlCommandError) -> String {
    var query = ""
    for part in body {
      guard case .text(let text) = part else {
        throw .unsupportedOption("-G", reason: "a query is not read from a file.")
      }
      query += text
    }
    return query.isEmpty ? url : url + (url.contains("?") ? "&" : "?") + query
  }

  /// An absolute URL without a secret in it.
  private func endpoint(_ url: String, _ notes: inout [String]) throws(CurlCommandError) -> String {
    var url = url
    if let fragment = url.firstIndex(of: "#") { url = String(url[..<fragment]) }
    if !url.contains("://") { url = "http://" + url }
    let scheme = url.prefix { $0 != ":" }.lowercased()
    let rest = url.dropFirst(scheme.count + 3)
    var authority = rest.prefix { $0 != "/" && $0 != "?" }
    let tail = rest.dropFirst(authority.count)
    if let at = authority.lastIndex(of: "@") {
      authority = authority[authority.index(after: at)...]
      notes.append("user and password in the URL are left out; send a credential in a header.")
    }
    guard scheme == "https" || scheme == "http", !authority.isEmpty else { throw .invalidURL }
    try checkQuery(tail)
    return "\(scheme)://\(authority)\(tail)"
  }

  private func checkQuery(_ tail: Substring) throws(CurlCommandError) {
    guard let mark = tail.firstIndex(of: "?") else { return }
    for pair in tail[tail.index(after: mark)...].split(separator: "&") {
      let name = String(pair.prefix { $0 != "=" })
      if CredentialName.matches(name) { throw .credentialInQuery(name) }
    }
  }
}

extension ShellWord {
  /// The text with its variables looked up.
  fileprivate func resolved(
    _ environment: (String) -> String?, place: String
  ) throws(CurlCommandError) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let part): text += part
      case .command: throw .substitution(place: place)
      case .variable(let name, let fallback):
        guard let value = environment(name).flatMap({ $0.isEmpty ? nil : $0 }) ?? fallback else {
          throw .unsetVariable(name, place: place)
        }
        text += value
      }
    }
    return text
  }
}

extension [String] {
  /// Each element once, in order.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
