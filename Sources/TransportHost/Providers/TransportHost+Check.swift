public import ProviderConfiguration

extension TransportHost {
  /// Everything that can be said of the configuration without a connection.
  ///
  /// - Parameter loadingPlugins: Whether the transports judge their providers' entries; without it
  ///   only the file itself is checked.
  /// - Returns: The findings in the order of the file.
  public func check(loadingPlugins: Bool = true) -> [Diagnostic] {
    var found = diagnostics
    if let finding = state.finding { found.append(finding) }
    guard loadingPlugins else { return found }
    for entry in document.providers where entry.problem?.severity != .error {
      // An entry that an unset variable disables cannot be judged: its values are not known.
      guard entry.problem == nil else { continue }
      found += findings(of: entry)
    }
    found += document.affinityFindings { [boundaries] in boundaries.told(of: $0) }
    // A credential that several providers use is judged for each.
    var told: Set<Diagnostic> = []
    return found.filter { told.insert($0).inserted }
      .sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// The same for a text that may not be understood at all.
  public static func check(
    text: [UInt8], file: String, options: Options = Options(), loadingPlugins: Bool = true
  ) -> [Diagnostic] {
    do {
      return try TransportHost(text: text, file: file, options: options)
        .check(loadingPlugins: loadingPlugins)
    } catch {
      return error.diagnostics
    }
  }

  /// The same for a file; one that cannot be read is a finding too.
  public static func check(
    contentsOf path: String, options: Options = Options(), loadingPlugins: Bool = true
  ) -> [Diagnostic] {
    do {
      return try TransportHost(contentsOf: path, options: options)
        .check(loadingPlugins: loadingPlugins)
    } catch {
      return error.diagnostics
    }
  }

  private func findings(of entry: ProviderEntry) -> [Diagnostic] {
    let library: TransportLibrary
    do { library = try providers.registry.library(entry.plugin) } catch {
      return [
        document.diagnostic(
          .pluginUnavailable, ofProvider: entry.id, pointer: "/plugin", message: error.message)
      ].compactMap(\.self)
    }
    do {
      let instance = try TransportInstance(library, settings: InstanceSettings(entry))
      return instance.warnings.compactMap { diagnostic($0, of: entry, .warning) }
        + headerFindings(of: entry, instance) + credentialFindings(of: entry, instance)
    } catch {
      return error.findings.compactMap { diagnostic($0, of: entry, .error) }
    }
  }

  private func diagnostic(
    _ finding: SettingFinding, of entry: ProviderEntry, _ severity: Diagnostic.Severity
  ) -> Diagnostic? {
    document.diagnostic(
      .rejectedSetting, severity: severity, ofProvider: entry.id, pointer: finding.pointer,
      message: finding.message,
      suggestion: finding.suggestion.isEmpty ? nil : finding.suggestion)
  }

  private func headerFindings(of entry: ProviderEntry, _ instance: TransportInstance)
    -> [Diagnostic]
  {
    entry.credentialHeaders(instance).compactMap { header in
      document.diagnostic(
        .credentialHeader, ofProvider: entry.id, pointer: "/headers/\(header.name)",
        message: "the header \(header.name) carries the credential",
        help: "Remove it and name the credential under auth.")
    }
  }

  /// What the plugin says of a token credential that its provider uses.
  private func credentialFindings(
    of entry: ProviderEntry, _ instance: TransportInstance
  ) -> [Diagnostic] {
    guard case .flow(let flow) = document.credentialSource(of: entry) else { return [] }
    do throws(FlowRefused) {
      _ = try instance.tokenFacts(of: flow)
      return []
    } catch {
      guard !error.findings.isEmpty else {
        let words = instance.library.doesNotKnow(flow.name)
        return [
          document.diagnostic(
            .unknownFlow, ofCredentialOf: entry, pointer: "/\(flow.name)", message: words)
        ].compactMap(\.self)
      }
      return error.findings.compactMap { finding in
        document.diagnostic(
          .rejectedSetting, ofCredentialOf: entry, pointer: finding.pointer,
          message: finding.message,
          suggestion: finding.suggestion.isEmpty ? nil : finding.suggestion)
      }
    }
  }
}
