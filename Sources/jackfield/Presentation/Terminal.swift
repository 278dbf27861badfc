import ProcessIO

/// A stream that people may read, with its colours and its width.
struct Terminal: Sendable {
  /// Standard output.
  static let output = Terminal(.output)
  /// Standard error.
  static let error = Terminal(.error)

  let palette: Palette
  /// Cells in a line; nil in a pipe, where nothing is wrapped.
  let columns: Int?

  private let stream: Stream

  init(_ stream: Stream) {
    self.stream = stream
    palette = Palette(for: stream)
    columns = stream.isTerminal ? stream.columns : nil
  }

  /// Whether a person sits at the other end.
  var isInteractive: Bool { stream.isTerminal }

  /// Bytes as they are.
  func write(_ bytes: some Collection<UInt8>) { stream.write(bytes) }

  /// A text and a line end.
  func line(_ text: String = "") {
    stream.write(text.hasSuffix("\n") ? text : text + "\n")
  }

  /// A heading with what it is about.
  func heading(_ text: String) { line(palette(.heading, text)) }
}

extension String {
  /// The text without what would steer a terminal; line ends and tabs stay.
  ///
  /// What an upstream or a file says may hold escape sequences.
  var harmless: String {
    var view = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      let isControl =
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      let isSpace = scalar == "\n" || scalar == "\t"
      view.append(isControl && !isSpace ? "\u{FFFD}" : scalar)
    }
    return String(view)
  }

  /// The text in lines of at most so many characters, broken at blanks.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: true) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
  }
}
