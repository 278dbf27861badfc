import ArgumentParser

/// `jackfield auth`: what proves who asks.
struct AuthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auth",
    abstract: "Look at credentials and the tokens behind them.",
    subcommands: [AuthStatusCommand.self])
}
