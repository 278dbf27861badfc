/// The closed list of findings; the raw value is what users see and look up.
///
/// Each has a section in `Documentation/diagnostics.md` with what it means, an example and the fix.
public enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
  // The file as a text.
  case fileUnreadable = "file-unreadable"
  case fileTooLarge = "file-too-large"
  case invalidUTF8 = "invalid-utf8"
  case controlCharacter = "control-character"
  // The text as YAML.
  case tabIndentation = "tab-indentation"
  case yamlSyntax = "yaml-syntax"
  case duplicateKey = "duplicate-key"
  case complexKey = "complex-key"
  case multipleDocuments = "multiple-documents"
  case unsupportedTag = "unsupported-tag"
  case unknownAnchor = "unknown-anchor"
  case aliasExpansion = "alias-expansion"
  case invalidMerge = "invalid-merge"
  case tooDeep = "too-deep"
  case numberNotJSON = "number-not-json"
  // Keys and the shape of their values.
  case unknownKey = "unknown-key"
  case missingKey = "missing-key"
  case conflictingKeys = "conflicting-keys"
  case wrongType = "wrong-type"
  case unknownChoice = "unknown-choice"
  case emptyValue = "empty-value"
  case invalidName = "invalid-name"
  case unsupportedVersion = "unsupported-version"
  case invalidDuration = "invalid-duration"
  case unreachableTimeout = "unreachable-timeout"
  // Endpoints and headers.
  case invalidBaseURL = "invalid-base-url"
  case insecureHTTP = "insecure-http"
  case invalidHeader = "invalid-header"
  case reservedHeader = "reserved-header"
  case credentialHeader = "credential-header"
  // Parameters.
  case reservedParameter = "reserved-parameter"
  case invalidClamp = "invalid-clamp"
  // References.
  case unknownProvider = "unknown-provider"
  case unknownCredential = "unknown-credential"
  case misspelledPlugin = "misspelled-plugin"
  case nameCollision = "name-collision"
  case invalidCapture = "invalid-capture"
  // Secrets and variables.
  case plaintextSecret = "plaintext-secret"
  case variableSyntax = "variable-syntax"
  case variableNotAllowed = "variable-not-allowed"
  case unsetVariable = "unset-variable"
  case unsetCredential = "unset-credential"
  // What plugins say; the host reports these.
  case rejectedSetting = "rejected-setting"
  case pluginUnavailable = "plugin-unavailable"

  /// How grave a finding of this kind is, unless whoever reports it knows better.
  public var severity: Diagnostic.Severity {
    switch self {
    case .unreachableTimeout, .misspelledPlugin, .unsetVariable, .unsetCredential: .warning
    default: .error
    }
  }
}
