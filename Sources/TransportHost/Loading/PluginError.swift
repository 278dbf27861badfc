/// Why a plugin cannot be used.
package struct PluginError: Error, Sendable, Hashable {
  /// Whose fault it is.
  package enum Kind: Sendable, Hashable {
    /// The file is missing or the system's loader refuses it.
    case unavailable
    /// The file loads and breaks the contract.
    case misbehaved
  }

  /// Whose fault it is.
  package let kind: Kind
  /// What, why, and what to do.
  package let message: String

  static func unavailable(_ message: String) -> PluginError {
    PluginError(kind: .unavailable, message: message)
  }

  static func misbehaved(_ message: String) -> PluginError {
    PluginError(kind: .misbehaved, message: message)
  }

  /// The code under which users meet it.
  package var code: ErrorCode {
    switch kind {
    case .unavailable: .pluginUnavailable
    case .misbehaved: .pluginMisbehaved
    }
  }
}
