import TransportHost

let arguments = CommandLine.arguments.dropFirst()
let model = arguments.first ?? "gpt-5"
let question = arguments.dropFirst().first ?? "Say hello."

let host = try TransportHost(contentsOf: "providers.yaml")
for try await event in try await host.stream(.text(question, model: model)) {
  if let text = event.textDelta { print(text, terminator: "") }
}
print()
