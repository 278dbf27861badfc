internal import ProviderConfiguration

// Other plugins know other upstreams: each is asked whether it knows the URL.
extension Probe {
  /// The plugins that can be found, but for the entry's own.
  var otherLibraries: [TransportLibrary] {
    let host = client.host
    var ids = host.options.transports.map(\.id) + document.plugins.map(\.id)
    for file in host.plugins.places.flatMap(\.plugins) where !file.isShadowed {
      ids.append(file.id)
    }
    var seen: Set = [entry.plugin]
    return ids.compactMap { id in
      guard seen.insert(id).inserted else { return nil }
      // One that does not load disables nothing here either.
      return try? host.providers.registry.library(id)
    }
  }

  /// How sure the entry's own plugin is of a URL.
  func ownConfidence(of url: String) -> Int {
    library.map { confidence(of: $0, in: url) } ?? 0
  }

  /// How sure a plugin is of a URL.
  func confidence(of library: TransportLibrary, in url: String) -> Int {
    library.recognize(sample(url))?.confidence ?? 0
  }

  /// The plugins that are surer of a URL, the surest first.
  func surerPlugins(
    of url: String, than confidence: Int
  ) -> [(candidate: ProbeCandidate, confidence: Int)] {
    let sample = sample(url)
    let found = otherLibraries.compactMap { library in
      library.recognize(sample).map { (library, $0) }
    }
    return found.filter { $0.1.confidence > confidence }
      .sorted { $0.1.confidence > $1.1.confidence }
      .map { library, recognized in
        var settings = ownSettings
        settings.baseURL = recognized.baseURL
        settings.options = recognized.optionsJSON
        let candidate = ProbeCandidate(
          library: library, settings: settings,
          reason: "plugin is \(library.id), since \(recognized.reason.prefix { $0 != ";" })")
        return (candidate, recognized.confidence)
      }
  }

  /// The request as a plugin is shown it; where none could be made, the base stands for it.
  private func sample(_ url: String) -> SampleRequest {
    let written = url.isEmpty ? entry.baseURL.map { $0.value + "/responses" } ?? "" : url
    let headers = instance?.facts.credentialHeaders ?? []
    let isBearer =
      entry.auth?.style == .bearer || entry.auth?.style == .key && headers == ["authorization"]
    return SampleRequest(
      method: "POST", url: written, headerNames: ["content-type", "accept"] + headers,
      isBearer: isBearer, body: client.target.input("create", isStream: false, attempt: 1).body)
  }
}

extension RecognizedEntry {
  /// The options as one object.
  fileprivate var optionsJSON: [UInt8] {
    var out = JSONWriter()
    out.object { object in
      for option in options { object.member(option.name) { $0.raw(Array(option.value.utf8)) } }
    }
    return out.bytes
  }
}
