internal import ProviderConfiguration

extension TransportHost {
  /// Examines a configuration file and what its calls depend on, without a connection.
  ///
  /// Loads the plugins that the file refers to, and reads the secrets' files to see that they hold one.
  ///
  /// - Parameters:
  ///   - path: The file; one that cannot be read or understood is a finding.
  ///   - choice: Why it is this file, for people.
  ///   - options: What a program that uses the file would set.
  /// - Returns: The findings, none of which holds a secret.
  public static func doctor(
    contentsOf path: String, chosenBecause choice: String, options: Options = Options()
  ) -> DoctorReport {
    doctor(contentsOf: path, chosenBecause: choice, options: options, on: .current)
  }

  /// The same on a machine that is described.
  package static func doctor(
    contentsOf path: String, chosenBecause choice: String, options: Options,
    on machine: MachineFacts
  ) -> DoctorReport {
    Doctor(path, choice, options, machine).report
  }
}

/// One examination; each section stands in a file of its own.
struct Doctor {
  typealias Finding = DoctorReport.Finding

  /// The configuration file.
  let file: String
  /// Why it is this file.
  let choice: String
  /// What a program sets.
  let options: TransportHost.Options
  /// What the machine says of itself.
  let machine: MachineFacts
  /// The host of the file; nil when it could not be understood.
  let host: TransportHost?
  /// What was found in the file alone.
  let diagnostics: [Diagnostic]
  /// The providers of the file with what their plugins said.
  let patients: [Patient]

  init(
    _ file: String, _ choice: String, _ options: TransportHost.Options, _ machine: MachineFacts
  ) {
    (self.file, self.choice, self.options, self.machine) = (file, choice, options, machine)
    do {
      let host = try TransportHost(contentsOf: file, options: options)
      diagnostics = host.diagnostics
      patients = host.document.providers.map { Patient($0, host.providers.registry) }
      self.host = host
    } catch {
      diagnostics = error.diagnostics
      patients = []
      host = nil
    }
  }

  /// Everything.
  var report: DoctorReport {
    DoctorReport(sections: [
      .init(name: "files", findings: files), .init(name: "plugins", findings: plugins),
      .init(name: "variables", findings: variables),
      .init(name: "credentials", findings: credentials), .init(name: "clock", findings: clock),
      .init(name: "proxies", findings: proxies), .init(name: "tls", findings: trust),
      .init(name: "libraries", findings: libraries), .init(name: "limits", findings: limits),
    ])
  }
}

/// A provider with what its plugin made of it.
struct Patient {
  enum State {
    /// Its transport was created.
    case created(TransportInstance)
    /// The plugin refused the entry.
    case refused([SettingFinding])
    /// The plugin cannot be used.
    case withoutPlugin(PluginError)
    /// The file itself disables it.
    case disabled(Diagnostic)
  }

  let entry: ProviderEntry
  let state: State

  init(_ entry: ProviderEntry, _ registry: PluginRegistry) {
    self.entry = entry
    state = Self.examine(entry, registry)
  }

  /// The transport, where there is one.
  var instance: TransportInstance? {
    if case .created(let instance) = state { instance } else { nil }
  }

  private static func examine(_ entry: ProviderEntry, _ registry: PluginRegistry) -> State {
    if let problem = entry.problem { return .disabled(problem) }
    let library: TransportLibrary
    do { library = try registry.library(entry.plugin) } catch { return .withoutPlugin(error) }
    do {
      return .created(try TransportInstance(library, settings: InstanceSettings(entry)))
    } catch {
      return .refused(error.findings)
    }
  }
}
