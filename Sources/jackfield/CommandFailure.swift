import ProviderConfiguration
import TransportHost

/// Why a command ends without success, with what is needed to show it.
struct CommandFailure: Error {
  /// What happened.
  let error: CallError
  /// The findings that stand behind it, printed whole.
  var diagnostics: [Diagnostic] = []
  /// The configuration that its marks point into.
  var host: TransportHost?

  init(_ error: CallError, host: TransportHost? = nil) {
    self.error = error
    self.host = host
  }

  init(_ invalid: ConfigurationInvalid) {
    error = invalid.error
    diagnostics = invalid.diagnostics
  }

  /// A configuration that is not there.
  init(_ missing: Diagnostic) {
    error = CallError(.configInvalid, missing.message)
    diagnostics = [missing]
  }

  /// Arguments that do not go together.
  static func usage(_ message: String) -> CommandFailure {
    CommandFailure(CallError(.requestInvalid, message))
  }
}
