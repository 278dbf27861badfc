import JSONText
import TransportSDK

/// Reads an entry key by key, and says what is wrong with each.
struct SettingsReader {
  private let json: [UInt8]
  private var values: [SettingsKey: JSONValue] = [:]
  private(set) var report = SettingsReport()

  init(_ json: [UInt8]) {
    self.json = json
  }

  /// The settings; nil when the entry is of another kind or wrong.
  mutating func read() -> EntraSettings? {
    guard let root = try? JSONText.validate(json.span),
      let entry = root.member("entra", in: json.span)
    else { return nil }
    guard entry.kind == .object else {
      report.fail(
        "/entra", "entra must be a mapping; an empty one tries what the machine offers.",
        suggestion: "{}")
      return nil
    }
    readMembers(of: entry)
    let settings = readSettings()
    checkCombinations(settings)
    return report.failures.isEmpty ? settings : nil
  }

  /// Whether the entry has a key, right or wrong.
  func has(_ key: SettingsKey) -> Bool { values[key] != nil }

  mutating func fail(_ key: SettingsKey, _ message: String, suggestion: String = "") {
    report.fail(key.pointer, message, suggestion: suggestion)
  }

  private mutating func readMembers(of entry: JSONValue) {
    var members = JSONMembers(of: entry)
    while let member = members.next(in: json.span) {
      let name = member.name(in: json.span)
      if let key = SettingsKey(rawValue: name) {
        values[key] = member.value
      } else {
        reportUnknown(name)
      }
    }
  }

  private mutating func reportUnknown(_ name: String) {
    let pointer = JSONPointer.appending(name, to: "/entra")
    if let meant = SettingsKey.meant(by: name)?.rawValue {
      report.fail(
        pointer, "unknown key \"\(name)\". Did you mean \"\(meant)\"?", suggestion: meant)
    } else {
      let known = SettingsKey.allCases.map(\.rawValue).joined(separator: ", ")
      report.fail(pointer, "unknown key \"\(name)\". There are: \(known).")
    }
  }

  private mutating func readSettings() -> EntraSettings {
    var settings = EntraSettings()
    settings.clientSecret = secret(.clientSecret)
    settings.certificate = secret(.certificate)
    settings.sources = sources()
    settings.tenant = name(.tenant)
    settings.clientID = name(.clientID)
    settings.objectID = name(.objectID)
    settings.resourceID = text(.resourceID)
    settings.authority = url(.authority, allowsHTTP: false)
    settings.imdsEndpoint = url(.imdsEndpoint, allowsHTTP: true)
    settings.scope = scope()
    settings.refreshBefore = refreshBefore()
    settings.federatedTokenFile = text(.federatedTokenFile)
    return settings
  }
}

// MARK: - Sources

extension SettingsReader {
  private mutating func sources() -> [EntraSource] {
    guard let value = values[.source] else {
      if has(.clientSecret) { return [.clientSecret] }
      return has(.certificate) ? [.certificate] : EntraSource.chain
    }
    guard value.kind == .array else {
      return source(value, SettingsKey.source.pointer).map { [$0] } ?? []
    }
    var sources: [EntraSource] = []
    var items = JSONItems(of: value)
    var index = 0
    while let item = items.next(in: json.span) {
      let pointer = "\(SettingsKey.source.pointer)/\(index)"
      if let source = source(item, pointer) {
        if sources.contains(source) {
          report.fail(pointer, "\(source.rawValue) stands in the list already.")
        }
        sources.append(source)
      }
      index += 1
    }
    if index == 0 { fail(.source, "source is an empty list. Leave it out to try the usual ones.") }
    return sources
  }

  private mutating func source(_ value: JSONValue, _ pointer: String) -> EntraSource? {
    let known = EntraSource.allCases.map(\.rawValue)
    let choices = known.joined(separator: ", ")
    guard let name = value.string(in: json.span) else {
      report.fail(pointer, "a source must be one of: \(choices).")
      return nil
    }
    if let source = EntraSource(rawValue: name) { return source }
    if let nearest = name.lowercased().nearest(among: known) {
      report.fail(
        pointer, "unknown source \"\(name)\". Did you mean \"\(nearest)\"?", suggestion: nearest)
    } else {
      report.fail(pointer, "unknown source \"\(name)\". There are: \(choices).")
    }
    return nil
  }
}

// MARK: - Values

extension SettingsReader {
  /// A text; nil when there is none or it was reported.
  mutating func text(_ key: SettingsKey) -> String? {
    guard let value = values[key] else { return nil }
    guard let text = value.string(in: json.span) else {
      reportNoText(key, value)
      return nil
    }
    if text.isEmpty { fail(key, "\(key.rawValue) is empty. Leave it out, or write its value.") }
    return text.isEmpty ? nil : text
  }

  private mutating func reportNoText(_ key: SettingsKey, _ value: JSONValue) {
    if value.member("$secret", in: json.span) != nil {
      let rest = key.variable.map { ", or leave it out: \($0) is read then" } ?? ""
      fail(key, "\(key.rawValue) is no secret. Write its value\(rest).")
    } else if value.kind == .number {
      fail(
        key, "\(key.rawValue) must be text. Write it in quotes.",
        suggestion: "\"\(written(value))\"")
    } else {
      fail(key, "\(key.rawValue) must be text.")
    }
  }

  /// A text that stands in a URL or among the words of a command: an id or a domain.
  private mutating func name(_ key: SettingsKey) -> String? {
    guard let name = text(key) else { return nil }
    if EntraName.isValid(name) { return name }
    fail(key, "\(key.rawValue) must be an id or a domain: letters, digits, \"-\", \".\" and \"_\".")
    return nil
  }

  private mutating func secret(_ key: SettingsKey) -> CredentialHandle? {
    guard let value = values[key] else { return nil }
    if let handle = value.member("$secret", in: json.span), handle.kind == .number,
      let number = UInt64(written(handle))
    {
      return CredentialHandle(rawValue: number)
    }
    // The text may be the secret: it is not repeated.
    fail(
      key,
      "\(key.rawValue) must say where the secret is, { env: NAME } or { file: PATH }; the secret itself "
        + "never stands in this file.")
    return nil
  }

  private mutating func url(_ key: SettingsKey, allowsHTTP: Bool) -> ServiceURL? {
    guard let text = text(key) else { return nil }
    if let url = ServiceURL(text, allowsHTTP: allowsHTTP) { return url }
    fail(
      key,
      "\(key.rawValue) must be the URL of a service, without query"
        + (allowsHTTP ? "." : "; plain http is for this machine alone, since secrets go there."))
    return nil
  }

  private mutating func scope() -> String? {
    let suffix = "/.default"
    guard let scope = text(.scope) else { return nil }
    guard !scope.contains(where: \.isWhitespace), !scope.hasPrefix("-") else {
      fail(.scope, "scope must be one scope, such as https://ai.azure.com/.default.")
      return nil
    }
    if scope.hasSuffix(suffix), scope.count > suffix.count { return scope }
    let bare = scope.hasSuffix("/") ? String(scope.dropLast()) : scope
    fail(
      .scope, "scope must end in \(suffix): these ways to sign in take no single permissions.",
      suggestion: bare + suffix)
    return nil
  }

  private mutating func refreshBefore() -> Duration? {
    guard let value = values[.refreshBefore] else { return nil }
    let text = value.string(in: json.span) ?? ""
    if let duration = DurationWords.parse(text) { return duration }
    let seconds = value.integer(in: json.span).flatMap { $0 > 0 ? "\($0)s" : nil }
    fail(
      .refreshBefore, "refresh_before must be a whole number and a unit: 90s, 5m, 1h; at most 1d.",
      suggestion: seconds ?? "")
    return nil
  }

  private func written(_ value: JSONValue) -> String {
    String(decoding: json[value.range], as: UTF8.self)
  }
}
