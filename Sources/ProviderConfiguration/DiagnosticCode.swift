/// The closed list of findings; the raw value is what users see and look up.
///
/// Each has a section in `Documentation/diagnostics.md` with what it means, an example and the fix.
public enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
  // The file as a text.
  /// The file is not there, or this user may not read it.
  case fileUnreadable = "file-unreadable"
  /// The file has more than 4 MiB.
  case fileTooLarge = "file-too-large"
  /// A byte of the file belongs to no UTF-8 character, or the file is UTF-16.
  case invalidUTF8 = "invalid-utf8"
  /// The file holds a character such as NUL or ESC, which YAML does not allow, often from a copied
  /// terminal output.
  case controlCharacter = "control-character"
  // The text as YAML.
  /// A line is indented with a tab.
  case tabIndentation = "tab-indentation"
  /// The text is no YAML.
  case yamlSyntax = "yaml-syntax"
  /// A mapping has the same key twice; the message names the first place.
  case duplicateKey = "duplicate-key"
  /// A key is a list or a mapping.
  case complexKey = "complex-key"
  /// A line `---` begins a second document.
  case multipleDocuments = "multiple-documents"
  /// A tag such as `!vault` asks for a type that is not known, or a core tag stands before a value
  /// of another type.
  case unsupportedTag = "unsupported-tag"
  /// An alias (`*name`) stands before its anchor (`&name`), without one, or inside the value that
  /// it names.
  case unknownAnchor = "unknown-anchor"
  /// Aliases of aliases stand for more than 100,000 values.
  case aliasExpansion = "alias-expansion"
  /// The value of a merge key (`<<`) is no mapping and no list of mappings.
  case invalidMerge = "invalid-merge"
  /// Lists and mappings are nested more than 64 deep.
  case tooDeep = "too-deep"
  /// Options and parameters are sent as JSON, which cannot write `.inf` and `.nan`.
  case numberNotJSON = "number-not-json"
  // Keys and the shape of their values.
  /// A key is not known at this place.
  case unknownKey = "unknown-key"
  /// A key that must be there is not.
  case missingKey = "missing-key"
  /// Keys that exclude each other stand together.
  case conflictingKeys = "conflicting-keys"
  /// A value is text where a number is due, a mapping where a list is due, and so on.
  case wrongType = "wrong-type"
  /// A value is none of the few words that may stand here.
  case unknownChoice = "unknown-choice"
  /// A list or text is empty that must hold something.
  case emptyValue = "empty-value"
  /// A name holds characters that it must not hold.
  case invalidName = "invalid-name"
  /// The file is of a version of the format that this program does not read.
  case unsupportedVersion = "unsupported-version"
  /// A number is out of its bounds, or no count.
  case invalidNumber = "invalid-number"
  /// A duration is not a whole number with a unit, or is zero or longer than 365 days.
  case invalidDuration = "invalid-duration"
  /// A clock is longer than the one around it, which always ends first.
  case unreachableTimeout = "unreachable-timeout"
  /// A first duration is longer than the longest one, which cuts it.
  case cappedDuration = "capped-duration"
  // Endpoints and headers.
  /// A base URL is not absolute, has another scheme than https or http, a user or password, a
  /// fragment, or characters that must be percent-encoded.
  case invalidBaseURL = "invalid-base-url"
  /// Plain http would carry requests and secrets unencrypted to another machine.
  case insecureHTTP = "insecure-http"
  /// A header's name is no HTTP token, or its value holds a line end or another control character.
  case invalidHeader = "invalid-header"
  /// The header frames the message or belongs to the connection; HTTP sets it itself.
  case reservedHeader = "reserved-header"
  /// A header under `headers` is the one in which the plugin places the secret.
  case credentialHeader = "credential-header"
  // Parameters.
  /// `params` would change `input`, `model` or `stream`.
  case reservedParameter = "reserved-parameter"
  /// A clamp is no list of two numbers, the least first.
  case invalidClamp = "invalid-clamp"
  // References.
  /// A target names a provider that is not defined.
  case unknownProvider = "unknown-provider"
  /// A fallback, a route or a split names a model that no entry and no pattern stands for.
  case unknownModel = "unknown-model"
  /// The fallbacks of models lead back to one on the way.
  case fallbackCycle = "fallback-cycle"
  /// `auth` names a credential that is not defined.
  case unknownCredential = "unknown-credential"
  /// `auth: { key: … }` refers to a token, which is presented as a bearer; or `state_key`, which must
  /// stay the same, to a token or to what a program prints.
  case tokenAsKey = "token-as-key"
  /// A provider's plugin is not listed under `plugins` but resembles one that is.
  case misspelledPlugin = "misspelled-plugin"
  /// A name stands for two models, or an id for two targets of one model.
  case nameCollision = "name-collision"
  /// A target's model holds `{1}` or a higher number, but the model's name has not so many `*`.
  case invalidCapture = "invalid-capture"
  // What can be read and is of no use.
  /// An alias looks like one of the names of another model's pattern, or all names of a pattern go to
  /// another one.
  case shadowedName = "shadowed-name"
  /// A target asks the same of the same provider as an earlier one of its model.
  case unreachableTarget = "unreachable-target"
  /// A route stands behind one that takes all its requests, or no request can fit it.
  case unreachableRoute = "unreachable-route"
  /// Targets have weights that the strategy of their model does not look at.
  case ignoredWeight = "ignored-weight"
  /// The limits of a target are at odds with each other or with what every request asks for.
  case unmeetableLimit = "unmeetable-limit"
  /// Calls are to follow the state of earlier ones, and each target keeps its own.
  case affinityWithoutBoundary = "affinity-without-boundary"
  // How the gateway listens.
  /// The gateway's address is none.
  case invalidListen = "invalid-listen"
  /// Other machines reach the gateway, and no client needs a token.
  case unprotectedListen = "unprotected-listen"
  // Secrets and variables.
  /// What stands where a name is due looks like a secret.
  case plaintextSecret = "plaintext-secret"
  /// Between `${` and `}` stands something else than a name, or a name with `:-` and a default.
  case variableSyntax = "variable-syntax"
  /// A variable stands where the text is taken literally: in names, keys and credentials.
  case variableNotAllowed = "variable-not-allowed"
  /// A variable is not set and has no default.
  case unsetVariable = "unset-variable"
  /// The variable that holds a secret is not set or is empty.
  case unsetCredential = "unset-credential"
  /// The secret of `state_key` cannot be read, or is too short to tag ids with.
  case unusableStateKey = "unusable-state-key"
  // What plugins say; the host reports these.
  /// The plugin refuses a setting of the provider; the message is the plugin's.
  case rejectedSetting = "rejected-setting"
  /// No plugin that uses a credential knows the token flow that it names.
  case unknownFlow = "unknown-flow"
  /// The plugin's file was not found or could not be loaded.
  case pluginUnavailable = "plugin-unavailable"

  /// How grave a finding of this kind is, unless whoever reports it knows better.
  public var severity: Diagnostic.Severity {
    switch self {
    case .unreachableTimeout, .cappedDuration, .misspelledPlugin, .unsetVariable,
      .unsetCredential, .shadowedName, .unreachableTarget, .unreachableRoute, .ignoredWeight,
      .unmeetableLimit, .affinityWithoutBoundary, .unusableStateKey:
      .warning
    default: .error
    }
  }
}
