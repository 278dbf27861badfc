import TransportHost

/// The names that a shell offers for PROVIDER.
enum ProviderNames {
  /// The configured providers; none when the configuration cannot be read.
  ///
  /// - Parameters:
  ///   - words: The command line so far; a `--config` in it counts.
  static let completions: @Sendable ([String], Int, String) -> [String] = { words, _, _ in
    let named = words.firstIndex(of: "--config").flatMap { index in
      words.indices.contains(index + 1) ? words[index + 1] : nil
    }
    return (try? TransportHost(contentsOf: ConfigurationFile.path(named)))?.providerIDs ?? []
  }
}
