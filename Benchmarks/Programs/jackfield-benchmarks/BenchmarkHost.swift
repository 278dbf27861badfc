import TransportHost

extension TransportHost {
  /// A host with one provider that takes every model under its own name.
  ///
  /// - Parameters:
  ///   - plugin: A plugin that was built beside this program; it is loaded with `dlopen`.
  ///   - baseURL: Where the provider is.
  /// - Returns: The host; it has loaded nothing yet.
  /// - Throws: `CallError` when the base URL cannot be in a configuration.
  static func bench(plugin: String, baseURL: String) throws -> TransportHost {
    var options = Options()
    options.pluginDirectories = [BuiltProducts.directory]
    options.environment = { $0 == "BENCHMARK_KEY" ? "benchmark" : nil }
    do {
      return try TransportHost(
        text: Array(benchConfiguration(plugin: plugin, baseURL: baseURL).utf8),
        file: "benchmark.yaml", options: options)
    } catch {
      throw error.error
    }
  }

  /// The configuration of such a host.
  static func benchConfiguration(plugin: String, baseURL: String) -> String {
    """
    version: 1
    providers:
      bench: { plugin: \(plugin), base_url: "\(baseURL)", auth: { key: { env: BENCHMARK_KEY } } }
    models:
      "*": { targets: [{ provider: bench, model: "{1}" }] }

    """
  }
}
