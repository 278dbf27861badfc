import ArgumentParser
import ProcessIO
import TransportHost

/// `jackfield from-curl`: from a command that works to the provider entry that does the same.
struct FromCurlCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "from-curl",
    abstract: "Turn a curl that works into YAML, and prove it.",
    discussion: """
      Asks every plugin that can be found whether the request is of its kind, writes the entry of \
      the surest one, and compares what explain makes of it with the curl. Standard output is a \
      whole providers.yaml with the proof as comments. A key in the command is never printed; it \
      becomes the name of a variable. Bodies in files (-d @file) are read, @- is not.

      EXAMPLES
        jackfield from-curl 'curl https://… -H "Authorization: Bearer $KEY" -d "{…}"'
        jackfield from-curl < request.sh
        jackfield from-curl -- curl https://… -H 'api-key: …' --json '{…}'
      """)

  @Argument(
    help: ArgumentHelp("The command in one argument, or split behind --.", valueName: "curl"))
  var words: [String] = []

  @OptionGroup var output: OutputOption

  func run() throws {
    let reader = try SampleReader(pasted())
    let poll = PluginPoll(reader.sample, in: TransportHost.plugins())
    let derivation = try Derivation(reader, poll)
    if output.isJSON {
      Terminal.output.write(derivation.json + [UInt8(ascii: "\n")])
    } else {
      DerivationView(derivation).print()
    }
    // The entry cannot make the request: as a configuration that cannot work.
    if !derivation.proof.holds { throw ExitCode(ErrorCode.configInvalid.exitStatus) }
  }

  private func pasted() throws(CommandFailure) -> [String] {
    guard words.isEmpty || words == ["-"] else { return words }
    guard words == ["-"] || !Stream.input.isTerminal else {
      throw .usage("there is no command. Paste it in quotes, or pipe it into standard input.")
    }
    do { return [String(decoding: try Stream.input.readToEnd(), as: UTF8.self)] } catch {
      throw .usage("standard input cannot be read: \(error).")
    }
  }
}
