/// What is wrong with a YAML text, where, and what would be right where that is known.
package struct YAMLError: Error, Sendable, Hashable {
  /// The kinds of problems; the raw value is the kebab-case code that users see.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// More bytes than ``YAMLLimits/bytes``.
    case tooLarge = "file-too-large"
    /// Bytes that are not UTF-8, or another encoding's byte order mark.
    case invalidUTF8 = "invalid-utf8"
    /// A control character that YAML does not allow.
    case controlCharacter = "control-character"
    /// A tab where spaces must indent.
    case tabIndentation = "tab-indentation"
    /// Anything else that the grammar refuses.
    case syntax = "yaml-syntax"
    /// A key that its mapping already has.
    case duplicateKey = "duplicate-key"
    /// A key that is a list or a mapping.
    case complexKey = "complex-key"
    /// A second document in the file.
    case multipleDocuments = "multiple-documents"
    /// A tag outside the core schema, or one that its value contradicts.
    case unsupportedTag = "unsupported-tag"
    /// An alias without its anchor.
    case unknownAnchor = "unknown-anchor"
    /// Aliases that together expand beyond ``YAMLLimits/aliasedNodes``.
    case aliasExpansion = "alias-expansion"
    /// A merge key whose value is no mapping and no list of mappings.
    case invalidMerge = "invalid-merge"
    /// Collections nested deeper than ``YAMLLimits/depth``.
    case tooDeep = "too-deep"
    /// A number that JSON cannot write: `.inf` or `.nan`.
    case numberNotJSON = "number-not-json"
  }

  /// Text that would be right, and the stretch that it replaces.
  package struct Replacement: Sendable, Hashable {
    /// The new text.
    package let text: String
    /// What it replaces; empty for an insertion.
    package let span: YAMLSpan
  }

  /// The kind of problem.
  package let reason: Reason
  /// The problem in plain words: no file name, no line of the text.
  package let message: String
  /// Where it is.
  package let span: YAMLSpan
  /// What to do, where that is known.
  package let help: String?
  /// The corrected text, where that is known for sure.
  package let replacement: Replacement?

  init(
    _ reason: Reason, _ message: String, at span: YAMLSpan, help: String? = nil,
    replacement: Replacement? = nil
  ) {
    self.reason = reason
    self.message = message
    self.span = span
    self.help = help
    self.replacement = replacement
  }
}
