import TransportHost
import UpstreamEmulator

// One conversation through each of the three transports, against strict emulators on loopback: a
// streamed answer, then a tool call that is found by its type and replayed with its result. Then an
// account with habits: it wants a token, refuses a field, and is slow to find what it stored. Last a
// model with two targets, of which the first is down.

let emulator = UpstreamEmulator()
defer { emulator.stop() }
var variables: [String: String] = [:]
for (upstream, variable) in [
  (EmulatedUpstream.openai, "EMULATED_OPENAI"),
  (.azureOpenAI, "EMULATED_AZURE_OPENAI"),
  (.azureFoundry, "EMULATED_AZURE_FOUNDRY"),
] {
  var options = EmulatorOptions()
  options.key = "emulated"
  variables[variable] = try emulator.start(upstream, options: options).baseURL
}

var options = TransportHost.Options()
let process = options.environment
let emulated = variables
options.environment = { emulated[$0] ?? process($0) }
let host = try TransportHost(contentsOf: "providers.yaml", options: options)

let terminal = Terminal()
for model in ["emulated/openai", "emulated/azure", "emulated/foundry"] {
  try await Conversation(host: host, model: model, terminal: terminal).run()
}
try await TroubledAccount(emulator, terminal: terminal).run()
try await RoutedAccount(emulator, terminal: terminal).run()
terminal.note("Three upstreams, one request language; every edit above was made by the plugin.")
