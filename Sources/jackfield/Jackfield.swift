import ArgumentParser
import TransportHost

/// The root command; its help is the manual's first page.
struct Jackfield: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jackfield",
    abstract: "Ask language models through transports that a YAML file plugs together.",
    usage: "jackfield <command> [options]",
    discussion: """
      EXAMPLES
        jackfield call gpt-5 "Why is the sky blue?"      stream an answer
        jackfield call gpt-5 - < request.json            send a whole request
        jackfield explain gpt-5 "Hello"                  show the wire request, offline
        jackfield check                                  find mistakes in providers.yaml
        jackfield from-curl 'curl https://… -H …'        from a curl that works to YAML
        jackfield emulate                                upstreams on loopback, no key needed

      THE CONFIGURATION is the file of --config, else ./providers.yaml, else
      $XDG_CONFIG_HOME/jackfield/providers.yaml, where ~/.config stands in for an unset variable.

      EXIT CODES
        0    success
        1    check found an error
        2    wrong usage, or a request that cannot succeed as it is
        3    the configuration cannot work, or it has no such model
        4    the upstream refused, failed or was not reached
        5    a plugin is missing or broke its contract
        70   a defect of jackfield
        130  interrupted

      Every command takes --json and then prints JSON alone on standard output, failures included.
      Colours stay out of pipes and, with NO_COLOR set, out of terminals. No command prints a secret.
      """,
    version: "jackfield \(JackfieldVersion.current)",
    subcommands: [
      CallCommand.self, ExplainCommand.self, CheckCommand.self, ModelsCommand.self,
      FromCurlCommand.self, EmulateCommand.self, PluginCommand.self, CompletionsCommand.self,
    ])
}

/// What `--version` prints.
enum JackfieldVersion {
  /// Semantic Versioning.
  static let current = "0.1.0"
}
