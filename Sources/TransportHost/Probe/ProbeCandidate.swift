internal import JSONText
internal import ProviderConfiguration

/// Other settings for an entry, made ready to be tried.
struct ProbeCandidate {
  /// The plugin.
  let library: TransportLibrary
  /// The settings.
  let settings: InstanceSettings
  /// What is different; completes "the upstream answers when …".
  let reason: String
  /// How the secret is presented instead; nil: as the entry says.
  var style: AuthEntry.Style?

  /// The change of the entry.
  var change: EntryChange {
    EntryChange(
      plugin: library.id, baseURL: settings.baseURL, options: settings.options, style: style)
  }
}

extension Probe {
  /// The entry's own settings.
  var ownSettings: InstanceSettings { InstanceSettings(entry) }

  /// Everything worth trying after a failure, the likeliest first.
  ///
  /// - Parameters:
  ///   - failure: What failed.
  ///   - url: What was asked; empty where nothing could be.
  /// - Returns: The settings; none where they cannot be what is wrong.
  func candidates(after failure: ProbeFailure, url: String) -> [ProbeCandidate] {
    let surer = surerPlugins(of: url, than: max(Self.leastConfidence, ownConfidence(of: url)))
      .map(\.candidate)
    let corrected = failure.correction.flatMap { pointer, value in
      library.flatMap { library in
        Self.correction(pointer, value, of: ownSettings).map {
          ProbeCandidate(library: library, settings: $0, reason: Self.reason(pointer, value))
        }
      }
    }
    switch failure.remedy {
    case .none: return []
    case .otherScheme: return [otherScheme].compactMap(\.self)
    case .otherPlugin: return surer
    case .otherStyle: return surer + [otherStyle].compactMap(\.self)
    case .otherSettings:
      let scheme = failure.isSchemeDoubtful ? otherScheme : nil
      let own = library.map { alternatives(of: $0, to: ownSettings) } ?? []
      return surer + [corrected, scheme].compactMap(\.self) + own
        + otherLibraries.flatMap(foreign)
    }
  }

  /// How sure a plugin must be of a URL to be asked before the entry's own has said all.
  private static let leastConfidence = 20

  /// The entry as another plugin's, as it stands and as that plugin would have it.
  private func foreign(_ library: TransportLibrary) -> [ProbeCandidate] {
    var settings = ownSettings
    settings.options = Array("{}".utf8)
    let same = ProbeCandidate(
      library: library, settings: settings, reason: "plugin is \(library.id)")
    return [same] + alternatives(of: library, to: settings)
  }

  private func alternatives(
    of library: TransportLibrary, to settings: InstanceSettings
  ) -> [ProbeCandidate] {
    library.alternatives(to: settings).map { other in
      var changed = settings
      (changed.baseURL, changed.options) = (other.baseURL, other.options)
      let plugin = library.id == entry.plugin ? "" : "plugin is \(library.id) and "
      return ProbeCandidate(
        library: library, settings: changed, reason: plugin + other.reason)
    }
  }

  /// The same URL with the other scheme.
  private var otherScheme: ProbeCandidate? {
    guard let library, let origin = Origin(of: ownSettings.baseURL) else { return nil }
    var settings = ownSettings
    let other = origin.scheme == "https" ? "http" : "https"
    settings.baseURL = other + settings.baseURL.dropFirst(origin.scheme.utf8.count)
    return ProbeCandidate(
      library: library, settings: settings, reason: "base_url begins with \(other)://")
  }

  /// The secret presented the other way; a token is presented in one way alone.
  private var otherStyle: ProbeCandidate? {
    guard let library, let auth = entry.auth,
      case .secret = document.credentialSource(of: entry)
    else { return nil }
    var settings = ownSettings
    let style: AuthEntry.Style = auth.style == .key ? .bearer : .key
    settings.authentication = style == .key ? "key" : "bearer"
    settings.authenticationHeader = ""
    return ProbeCandidate(
      library: library, settings: settings,
      reason: "the credential stands under auth.\(settings.authentication)", style: style)
  }

  /// Settings with one value replaced; nil where there is no such setting.
  static func correction(
    _ pointer: String, _ value: String, of settings: InstanceSettings
  ) -> InstanceSettings? {
    var settings = settings
    if pointer == "/base_url" {
      settings.baseURL = value
    } else if pointer.hasPrefix("/options/") {
      settings.options = setting(String(pointer.dropFirst(9)), to: value, in: settings.options)
    } else {
      return nil
    }
    return settings
  }

  /// What a correction changes.
  static func reason(_ pointer: String, _ value: String) -> String {
    "\(name(of: pointer)) is \(HarmlessURL.text(of: value))"
  }

  /// A setting as people write it.
  static func setting(_ pointer: String, _ value: String) -> String {
    "\(name(of: pointer)): \(HarmlessURL.text(of: value))"
  }

  private static func name(of pointer: String) -> String {
    pointer.dropFirst().split(separator: "/").joined(separator: ".")
  }

  private static func setting(_ name: String, to value: String, in json: [UInt8]) -> [UInt8] {
    var members: [(String, [UInt8])] = []
    if let root = try? JSONText.validate(json.span), root.kind == .object {
      var cursor = JSONMembers(of: root)
      while let member = cursor.next(in: json.span) {
        members.append((member.name(in: json.span), Array(json[member.value.range])))
      }
    }
    members.removeAll { $0.0 == name }
    members.append((name, JSONEscape.literal(value)))
    var out = JSONWriter()
    out.object { object in
      for (name, value) in members { object.member(name) { $0.raw(value) } }
    }
    return out.bytes
  }
}
