import TransportHost

/// The names that a shell offers for MODEL.
enum ModelNames {
  /// The configured models and their aliases; none when the configuration cannot be read.
  ///
  /// - Parameters:
  ///   - words: The command line so far; a `--config` in it counts.
  static let completions: @Sendable ([String], Int, String) -> [String] = { words, _, _ in
    let named = words.firstIndex(of: "--config").flatMap { index in
      words.indices.contains(index + 1) ? words[index + 1] : nil
    }
    guard let host = try? TransportHost(contentsOf: ConfigurationFile.path(named)) else {
      return []
    }
    return host.models.flatMap { [$0.name] + $0.aliases }.filter { !$0.contains("*") }
  }
}
