extension SettingsReader {
  /// Finds what cannot stand together.
  mutating func checkCombinations(_ settings: EntraSettings) {
    if has(.clientSecret), has(.certificate), !has(.source) {
      fail(.certificate, "client_secret and certificate exclude each other. Leave one out.")
      return
    }
    checkIdentity(settings)
    guard !settings.sources.isEmpty else { return }
    for key in SettingsKey.allCases where has(key) {
      guard !key.readers.contains(where: settings.sources.contains) else { continue }
      let readers = key.readers.map(\.rawValue).joined(separator: ", ")
      let sources = settings.sources.map(\.rawValue).joined(separator: ", ")
      fail(
        key,
        "\(key.rawValue) has no effect here: it belongs to \(readers), and this entry signs in by "
          + "\(sources). Leave it out, or write source.")
    }
  }

  /// A managed identity is chosen by one id.
  private mutating func checkIdentity(_ settings: EntraSettings) {
    if has(.objectID), has(.resourceID) {
      fail(.resourceID, "object_id and resource_id name the same thing twice. Leave one out.")
    } else if has(.clientID), settings.sources == [.managedIdentity],
      let other = [SettingsKey.objectID, .resourceID].first(where: has)
    {
      fail(
        other, "client_id and \(other.rawValue) name the same identity twice. Leave one out.")
    }
  }
}
