import ProcessIO

/// The few styles that the program uses; each says what a text is, not how it looks.
struct Palette: Sendable {
  private let isEnabled: Bool

  init(isEnabled: Bool) { self.isEnabled = isEnabled }

  /// Colours for a stream: none in a pipe, none with `NO_COLOR`.
  ///
  /// - Source: no-color.org: any value that is not empty counts.
  init(for stream: Stream) {
    let refused = Program.environment("NO_COLOR").map { !$0.isEmpty } ?? false
    isEnabled = stream.isTerminal && !refused && Program.environment("TERM") != "dumb"
  }

  /// What a text is.
  enum Style: String, Sendable {
    case plain = ""
    case heading = "1"
    case faint = "2"
    case failure = "1;31"
    case removed = "31"
    case success = "32"
    case added = "0;32"
    case warning = "33"
    case place = "36"
  }

  /// A text in a style, or as it is where there are no colours.
  func callAsFunction(_ style: Style, _ text: String) -> String {
    guard isEnabled, style != .plain, !text.isEmpty else { return text }
    return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
  }
}
