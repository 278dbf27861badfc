import ArgumentParser
import TransportHost

/// The root command; its help is the manual's first page.
struct Jackfield: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jackfield",
    abstract: "Ask language models through plugins that a YAML file wires.",
    usage: "jackfield <command> [options]",
    discussion: """
      EXAMPLES
        jackfield call gpt-5 "Why is the sky blue?"   stream an answer
        jackfield call gpt-5 - < request.json         send a whole request
        jackfield explain gpt-5 "Hello"               the wire request, offline
        jackfield simulate gpt-5 --outage main@10s..  what an outage would do, offline
        jackfield check                               mistakes in the configuration
        jackfield doctor                              what calls depend on, offline
        jackfield auth status                         which credential wins, and why
        jackfield probe main                          does this account work, and why not
        jackfield from-curl 'curl https://…'          from a working curl to YAML
        jackfield serve                               the models over HTTP
        jackfield run -- python agent.py              a tool, and a gateway for it
        jackfield record tape -- python agent.py      and every exchange in a folder
        jackfield replay tape -- python agent.py      the same again, offline
        jackfield export env                          settings that lead tools there
        jackfield emulate                             upstreams on loopback, no key

      CONFIGURATION
        --config FILE, else ./providers.yaml, else
        $XDG_CONFIG_HOME/jackfield/providers.yaml (unset: ~/.config). The smallest:

        version: 1
        providers:
          main: { plugin: NAME, auth: { key: { env: MY_API_KEY } } }
        models:
          "*": { targets: [{ provider: main, model: "{1}" }] }

      EXIT CODES
        0    success
        1    check or doctor found an error, or an assertion does not hold
        2    wrong usage, or a request that cannot succeed as it is
        3    the configuration cannot work, or it has no such model
        4    the upstream refused, failed or was not reached
        5    a plugin is missing or broke its contract
        70   a defect of jackfield
        74   standard output cannot be written
        130  interrupted

      Every command takes --json: then standard output is JSON alone, failures
      too. Colours are for terminals, and not with NO_COLOR. No command prints a
      secret.
      """,
    version: "jackfield \(TransportHost.version)",
    subcommands: [
      CallCommand.self, ExplainCommand.self, SimulateCommand.self, CheckCommand.self,
      ModelsCommand.self, AuthCommand.self, DoctorCommand.self, ProbeCommand.self,
      FromCurlCommand.self, ServeCommand.self, RunCommand.self, RecordCommand.self,
      ReplayCommand.self, ExportCommand.self, EmulateCommand.self, PluginCommand.self,
      CompletionsCommand.self,
    ])
}
