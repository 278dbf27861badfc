/// A request as somebody wrote it for curl, without the secrets in it.
///
/// The value of a credential header is dropped while reading; what remains says where it came from.
package struct CurlCommand: Sendable, Hashable {
  /// A header that the command sets.
  package struct Header: Sendable, Hashable {
    /// Lower case.
    package let name: String
    /// What it carries.
    package let content: Content

    /// A header of that name, which is lower case.
    package init(name: String, content: Content) {
      self.name = name
      self.content = content
    }
  }

  /// What a header carries.
  package enum Content: Sendable, Hashable {
    /// Not a secret; references to variables stand as `${NAME}`.
    case text(String)
    /// A secret, by where it came from.
    case credential(Credential)
  }

  /// Where a secret came from; the secret itself is gone.
  package struct Credential: Sendable, Hashable {
    /// Where a value comes from.
    package enum Origin: Sendable, Hashable {
      /// A variable of the environment.
      case variable(String)
      /// It was written into the command.
      case written
      /// The output of another command.
      case command
    }

    /// Where it comes from.
    package let origin: Origin
    /// Whether `Bearer ` stands in front.
    package let isBearer: Bool

    /// A secret of that origin.
    package init(origin: Origin, isBearer: Bool) {
      self.origin = origin
      self.isBearer = isBearer
    }
  }

  /// A part of the body, in order.
  package enum BodyPart: Sendable, Hashable {
    /// Bytes of the command.
    case text(String)
    /// A file's content; with `isText` without its line ends, as `-d @file` sends it.
    case file(String, isText: Bool)
  }

  /// Upper case.
  package internal(set) var method = ""
  /// Absolute, without user and password.
  package internal(set) var url = ""
  /// In the order of the command; a later one of the same name replaces an earlier one.
  package internal(set) var headers: [Header] = []
  /// Empty when the request has none.
  package internal(set) var body: [BodyPart] = []
  /// What was left out and why, for people.
  package internal(set) var notes: [String] = []
}

extension CurlCommand {
  /// Reads a pasted command.
  ///
  /// - Parameters:
  ///   - text: A command for a POSIX shell; a prompt in front and a pipe behind are left out.
  ///   - environment: Looks up variables in URL and body; those in headers stay names.
  /// - Throws: ``CurlCommandError``, which names options and never values.
  package init(
    parsing text: String, environment: (String) -> String?
  ) throws(CurlCommandError) {
    let split = try ShellWords(text)
    try self.init(words: split.words, environment: environment)
    if let terminator = split.terminator {
      let sign = terminator == "\n" ? "the first line that does not continue" : "\(terminator)"
      notes.append("what follows \(sign) is left out.")
    }
  }

  /// Reads a command that a shell has split already.
  ///
  /// - Parameters:
  ///   - words: With `curl` as the first.
  ///   - environment: Looks up variables in URL and body.
  /// - Throws: ``CurlCommandError``, which names options and never values.
  package init(
    words: [ShellWord], environment: (String) -> String?
  ) throws(CurlCommandError) {
    var reader = try CurlCommandReader(words)
    try reader.read()
    self = try reader.command(environment: environment)
  }
}
