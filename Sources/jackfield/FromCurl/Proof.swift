import CurlCommand
import TransportHost

/// What `explain` makes of the new configuration, beside what the curl sent.
struct Proof {
  let command: CurlCommand
  let explanation: Explanation
  /// Where the body differs without a reported edit.
  let differences: [String]
  private let body: [UInt8]

  /// Explains the request through the configuration.
  ///
  /// - Throws: What the configuration or the call would fail with.
  init(
    _ reader: SampleReader, _ entry: RecognizedEntry, yaml: String
  ) throws(CommandFailure) {
    let host: TransportHost
    do { host = try TransportHost(text: Array(yaml.utf8), file: ConfigurationFile.name) } catch {
      throw CommandFailure(error)
    }
    command = reader.command
    body = reader.body
    var request = CallRequest(
      operation: entry.operation, model: entry.model.isEmpty ? nil : entry.model,
      body: reader.body.isEmpty ? nil : reader.body, responseID: entry.responseID)
    do {
      var explanation = try host.explain(request)
      request.query = URLParts(command.url).pairs(missingIn: URLParts(explanation.url))
      if !request.query.isEmpty { explanation = try host.explain(request) }
      self.explanation = explanation
    } catch {
      throw CommandFailure(error, host: host)
    }
    differences =
      BodyComparison(
        body, explanation.body ?? [], edited: explanation.edits.map(\.pointer)
      ).unexplained
  }

  /// Whether everything is the same, up to reported edits.
  var holds: Bool { isSameMethod && isSameURL && isSameHeaders && isSameBody }

  var isSameMethod: Bool { command.method == explanation.method }
  var isSameURL: Bool { URLParts(command.url) == URLParts(explanation.url) }
  var isSameBody: Bool { differences.isEmpty }
  /// Whether not a byte differs.
  var isIdenticalBody: Bool { body == explanation.body ?? [] }

  /// The names that the curl set, without those that every client sets on its own.
  var namesBefore: [String] { significant(command.headers.map(\.name)) }
  /// The names that a call would set, likewise.
  var namesAfter: [String] { significant(explanation.headers.map(\.name)) }
  var isSameHeaders: Bool { Set(namesBefore) == Set(namesAfter) }

  private func significant(_ names: [String]) -> [String] {
    names.filter { !ExtraHeaders.derived.contains($0) }.sorted()
  }
}

/// A URL in the parts that make two of them the same request.
struct URLParts: Equatable {
  private let endpoint: String
  private let path: String
  private let query: Set<String>

  init(_ url: String) {
    let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    query = Set(parts.dropFirst().first?.split(separator: "&").map(String.init) ?? [])
    let scheme = parts[0].prefix { $0 != ":" }.lowercased()
    let rest = parts[0].dropFirst(scheme.count + 3)
    let authority = rest.prefix { $0 != "/" }
    path = String(rest.dropFirst(authority.count))
    let port = scheme == "https" ? ":443" : ":80"
    let host = authority.lowercased()
    endpoint = scheme + "://" + (host.hasSuffix(port) ? String(host.dropLast(port.count)) : host)
  }

  /// Pairs that the other URL lacks, for the query of a call.
  func pairs(missingIn other: URLParts) -> [(name: String, value: String)] {
    query.subtracting(other.query).sorted().map { pair in
      let name = pair.prefix { $0 != "=" }
      return (String(name), String(pair.dropFirst(name.count + 1)))
    }
  }
}
