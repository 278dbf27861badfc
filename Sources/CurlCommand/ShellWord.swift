/// One word of a shell command, its quotes removed and its references kept as names.
package struct ShellWord: Sendable, Hashable {
  /// A stretch of a word.
  package enum Piece: Sendable, Hashable {
    /// What stands there.
    case text(String)
    /// `$NAME`, `${NAME}` or, with a fallback, `${NAME:-fallback}`.
    case variable(name: String, fallback: String?)
    /// `$(…)` or backquotes, whose output nobody knows here.
    case command
  }

  /// The stretches in order; no two texts follow each other.
  package var pieces: [Piece]

  /// A word of these stretches.
  package init(_ pieces: [Piece] = []) { self.pieces = pieces }

  /// The text, or nil when a part of it is only known to the shell.
  package var literal: String? {
    var text = ""
    for piece in pieces {
      guard case .text(let part) = piece else { return nil }
      text += part
    }
    return text
  }

  /// The leading text up to the first reference; options and header names are read from it.
  package var prefix: String {
    guard case .text(let text)? = pieces.first else { return "" }
    return text
  }

  /// The word without as many characters of its leading text.
  package func droppingPrefix(_ count: Int) -> ShellWord {
    guard case .text(let text)? = pieces.first else { return self }
    let rest = String(text.dropFirst(count))
    return ShellWord((rest.isEmpty ? [] : [.text(rest)]) + pieces.dropFirst())
  }
}
