import ArgumentParser
import ProcessIO
import TransportHost

/// `jackfield completions`: a script that completes this program's arguments.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a completion script for a shell.",
    discussion: """
      EXAMPLES
        jackfield completions bash > ~/.local/share/bash-completion/completions/jackfield
        jackfield completions zsh > ~/.zfunc/_jackfield
        jackfield completions fish > ~/.config/fish/completions/jackfield.fish
      """)

  /// The shells that the parser writes scripts for.
  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    /// The user's shell, or bash.
    static var current: Shell {
      let path = Program.environment("SHELL") ?? ""
      return Shell(rawValue: String(path.split(separator: "/").last ?? "")) ?? .bash
    }

    fileprivate var parserShell: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: "bash, zsh or fish; without it that of $SHELL.")
  var shell: Shell?

  @OptionGroup var output: OutputOption

  func run() throws {
    let shell = shell ?? .current
    let script = Jackfield.completionScript(for: shell.parserShell)
    guard output.isJSON else { return Terminal.output.line(script) }
    var out = JSONWriter()
    out.object { object in
      object.member("shell", shell.rawValue)
      object.member("script", script)
    }
    Terminal.output.write(out.bytes + [UInt8(ascii: "\n")])
  }
}
