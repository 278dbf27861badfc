/// Why a text cannot be read as a curl command.
///
/// No case carries a value of an option or a header: it may be a secret.
package enum CurlCommandError: Error, Sendable, Hashable {
  /// There is no word in it.
  case empty
  /// The first word is another program; nil when it is not a plain name.
  case notCurl(String?)
  /// A quote, as it was opened, has no end.
  case unterminatedQuote(String)
  /// `${…}`, `$(…)` or a backquote has no end.
  case unterminatedExpansion
  /// An option that is not known here.
  case unknownOption(String)
  /// An option that is known and cannot be taken over, with the reason.
  case unsupportedOption(String, reason: String)
  /// An option without its value.
  case missingValue(String)
  /// There is no URL.
  case missingURL
  /// There is more than one.
  case severalURLs
  /// The URL is not absolute http or https.
  case invalidURL
  /// A pair of the URL's query, by name, looks like a credential.
  case credentialInQuery(String)
  /// A variable outside credential headers is not set; the second names where it stands.
  case unsetVariable(String, place: String)
  /// The output of a command is needed; names where it stands.
  case substitution(place: String)
}

extension CurlCommandError: CustomStringConvertible {
  /// What is wrong and what to do, in one or two sentences.
  package var description: String {
    switch self {
    case .empty: "there is no command. Paste one that begins with curl."
    case .notCurl(let name?): "the command runs \"\(name)\" and not curl."
    case .notCurl(nil): "the command does not begin with curl."
    case .unterminatedQuote(let quote):
      "a quote that is opened with \(quote) is never closed."
        + " If the command contains quotes itself, pipe it into standard input."
    case .unterminatedExpansion: "a $(…), ${…} or backquote is never closed."
    case .unknownOption(let option):
      "the option \(option) is not known here. Remove it, or say what it does with -H and -d."
    case .unsupportedOption(let option, let reason):
      "the option \(option) cannot be used: \(reason)"
    case .missingValue(let option): "the option \(option) needs a value, and none follows."
    case .missingURL: "there is no URL."
    case .severalURLs: "there is more than one URL; a provider has one."
    case .invalidURL: "the URL does not begin with http:// or https:// and a host."
    case .credentialInQuery(let name):
      "the URL's query carries a credential (\(name)). A URL is written to logs; send the credential"
        + " in a header instead."
    case .unsetVariable(let name, let place):
      "the \(place) uses $\(name), which is not set here. Export it, or write its value."
    case .substitution(let place):
      "the \(place) uses the output of another command. Write its value instead."
    }
  }
}
