// swift-tools-version: 6.2
import PackageDescription

// Floors, from the bottom; a target imports only lower ones, and the host column and the plugin
// column never meet. Continuous integration makes this binding with
// `--explicit-target-dependency-import-check error`; the floors are drawn in Sources/README.md.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

// MARK: - Plugins

// A plugin is a library target with all its code, and a leaf with the entry symbol: two entries do
// not link into one test bundle. The leaf's product exports that symbol and nothing else, and is
// never unloaded.

func pluginLinking(_ name: String) -> [LinkerSetting] {
  [
    // gold, Swift's usual linker here, leaves local symbols in the table of exported ones; without a
    // name of its own a library is named by the path of the machine that built it.
    .unsafeFlags(
      [
        "-use-ld=lld", "-no-toolchain-stdlib-rpath",
        "-Xlinker", "--version-script=\(Context.packageDirectory)/Plugins/exports.map",
        "-Xlinker", "-z", "-Xlinker", "nodelete", "-Xlinker", "-soname=lib\(name).so",
      ], .when(platforms: [.linux])),
    .unsafeFlags(["-Xlinker", "-s"], .when(platforms: [.linux], configuration: .release)),
    .unsafeFlags(
      ["-Xlinker", "-exported_symbol", "-Xlinker", "_jf_plugin_entry_v1"],
      .when(platforms: [.macOS])),
  ]
}

struct Plugin {
  let id: String
  let transport: String
  /// What it shares with others besides the protocol.
  var shared: [Target.Dependency] = []

  var leaf: Target {
    .target(
      name: id,
      dependencies: ["CTransportABI", "TransportSDK", .target(name: transport)],
      path: "Plugins/\(id)/Entry",
      swiftSettings: strict + [
        .unsafeFlags([
          "-Xfrontend", "-disable-implicit-concurrency-module-import",
          "-Xfrontend", "-disable-implicit-string-processing-module-import",
        ])
      ],
      linkerSettings: pluginLinking(id))
  }

  var library: Target {
    .target(
      name: transport,
      dependencies: ["JSONText", "TransportSDK", "ResponsesTransport"] + shared,
      path: "Plugins/\(id)/Transport",
      swiftSettings: strict)
  }

  var product: Product { .library(name: id, type: .dynamic, targets: [id]) }
}

let plugins = [
  Plugin(id: "openai", transport: "OpenAITransport"),
  Plugin(id: "azure-openai", transport: "AzureOpenAITransport", shared: ["EntraCredential"]),
  Plugin(id: "azure-foundry", transport: "AzureFoundryTransport", shared: ["EntraCredential"]),
]

// MARK: - Test transports

// Tiny C plugins that the tests load: four that work, and one for each way to break the contract.
// Each is built on Tests/Fixtures/Transports/fixture.h and differs from it in one thing.
let testTransports = [
  "good-minimal", "good-json", "good-lines", "good-head-facts", "bad-no-entry", "bad-null-entry",
  "bad-wrong-magic",
  "bad-wrong-entry-size", "bad-null-id", "bad-malformed-id", "bad-other-id",
  "bad-no-transport-interface", "bad-wrong-table-size", "bad-null-create", "bad-null-prepare",
  "bad-null-classify", "bad-null-on-head", "bad-rules-without-table", "bad-null-rule-reason",
  "bad-unresolved-symbol", "bad-create-null-without-reason", "bad-create-fails-with-pointer",
  "bad-create-returns-and-fails", "bad-prepare-fails-silently", "bad-prepare-fails-and-returns-ok",
  "bad-prepare-unknown-status", "bad-prepare-no-url", "bad-prepare-no-method",
  "bad-prepare-two-urls", "bad-prepare-unknown-method", "bad-prepare-relative-url",
  "bad-prepare-foreign-host", "bad-prepare-url-with-userinfo", "bad-prepare-url-not-ascii",
  "bad-prepare-url-with-newline", "bad-prepare-header-with-newline",
  "bad-prepare-upper-case-header", "bad-prepare-foreign-credential", "bad-prepare-range-outside",
  "bad-prepare-range-overflow", "bad-prepare-range-huge-offset", "bad-prepare-unknown-rule",
  "bad-prepare-edit-outside", "bad-prepare-failure-wrong-size", "bad-exchange-without-destroy",
  "bad-head-unknown-framing", "bad-head-fails-silently", "bad-head-fails-twice",
  "bad-frame-fails-silently",
  "bad-end-fails-silently", "bad-classify-says-nothing", "bad-classify-unknown-code",
  "bad-classify-twice",
  "bad-auth-null-begin", "bad-auth-null-describe", "bad-auth-null-end", "bad-auth-null-step",
  "bad-auth-wrong-size", "bad-classify-long-amendment", "bad-flow-begin-null",
  "bad-flow-describe-fails-and-returns-ok", "bad-flow-describe-fails-silently",
  "bad-flow-done-without-token", "bad-flow-endless", "bad-flow-fails-and-is-done",
  "bad-flow-fails-silently", "bad-flow-failure-wrong-size", "bad-flow-foreign-body-credential",
  "bad-flow-foreign-certificate", "bad-flow-foreign-header-credential", "bad-flow-foreign-key",
  "bad-flow-header-with-newline", "bad-flow-huge-arguments", "bad-flow-no-effect",
  "bad-flow-no-url", "bad-flow-sign-without-key", "bad-flow-token-into-nothing",
  "bad-flow-token-with-line-break", "bad-flow-token-without-effect", "bad-flow-two-effects",
  "bad-flow-two-tokens", "bad-flow-unknown-effect", "bad-flow-unknown-encoding",
  "bad-flow-unknown-method", "bad-flow-unknown-status", "bad-flow-url-not-ascii",
  "bad-flow-url-of-file", "bad-flow-url-relative", "bad-flow-url-with-newline",
  "bad-flow-url-with-userinfo", "bad-flow-url-without-encryption", "bad-probe-null-alternatives",
  "bad-probe-wrong-size", "good-flow", "good-odd-alternatives", "good-odd-head-facts",
]

let testTransportTargets: [Target] = testTransports.map { name in
  .target(
    name: name, dependencies: ["CTransportABI"], path: "Tests/Fixtures/Transports/\(name)",
    publicHeadersPath: ".", cSettings: [.define("FIXTURE_ID", to: "\"\(name)\"")],
    linkerSettings: name == "bad-no-entry" ? [] : pluginLinking(name))  // lld insists on the entry
}

let testTransportProducts: [Product] = testTransports.map { name in
  .library(name: name, type: .dynamic, targets: [name])
}

// MARK: - Gateway

// What an HTTP server needs is behind the trait `Gateway`, which is off by default: a plain
// dependency on this package resolves and builds none of it. Files that import it stand between
// `#if Gateway` and `#endif`; the scripts build with `--traits Gateway`.

func served(_ name: String, from package: String) -> Target.Dependency {
  .product(name: name, package: package, condition: .when(traits: ["Gateway"]))
}

// MARK: - Package

let package = Package(
  name: "jackfield",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "jackfield", targets: ["jackfield"]),
    .executable(name: "jackfield-emulate", targets: ["jackfield-emulate"]),
    .executable(name: "jackfield-gateway", targets: ["jackfield-gateway"]),
    .library(name: "TransportHost", targets: ["TransportHost", "ProviderConfiguration"]),
    .library(name: "Gateway", targets: ["Gateway", "TransportHost", "ProviderConfiguration"]),
    .library(name: "TransportSDK", targets: ["TransportSDK", "ResponsesTransport", "JSONText"]),
    .library(name: "CTransportABI", targets: ["CTransportABI"]),
  ] + plugins.map(\.product) + testTransportProducts,
  traits: [
    .trait(name: "Gateway", description: "Builds the gateway, which has an HTTP server.")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  ],
  targets: [
    // Floor 0: C.
    .target(name: "CTransportABI", exclude: ["Documentation"]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

    // Floor 1: pure Swift, no I/O, no clock, no Foundation.
    .target(name: "JSONText", swiftSettings: strict),
    .target(name: "ServerSentEvents", swiftSettings: strict),
    .target(name: "ResponseStream", dependencies: ["JSONText"], swiftSettings: strict),
    .target(
      name: "ChatCompletions", dependencies: ["JSONText"], exclude: ["Documentation"],
      swiftSettings: strict),
    .target(name: "CurlCommand", swiftSettings: strict),
    .target(name: "Routing", swiftSettings: strict),
    .target(name: "StatusPage", exclude: ["Documentation"], swiftSettings: strict),
    .target(name: "ClientSettings", dependencies: ["JSONText"], swiftSettings: strict),
    .target(
      name: "Cassettes", dependencies: ["JSONText"], exclude: ["Documentation"],
      swiftSettings: strict),

    // Floor 2: one system library each.
    .target(
      name: "ProcessIO", cSettings: [.define("_GNU_SOURCE")],  // declares pipe2 and closefrom
      swiftSettings: strict),
    .target(name: "CurlHTTP", dependencies: ["CCurl"], swiftSettings: strict),
    .target(name: "Signing", dependencies: ["CCrypto"], swiftSettings: strict),
    .target(name: "YAML", dependencies: ["CYAML"], swiftSettings: strict),

    .target(
      name: "Telemetry",
      dependencies: [
        served("Logging", from: "swift-log"), served("Metrics", from: "swift-metrics"),
        served("Tracing", from: "swift-distributed-tracing"),
      ], exclude: ["Documentation"], swiftSettings: strict),

    // Floor 3.
    .target(
      name: "ProviderConfiguration", dependencies: ["JSONText", "YAML"],
      exclude: ["Documentation"], swiftSettings: strict),
    .target(
      name: "TransportSDK", dependencies: ["CTransportABI", "JSONText"], swiftSettings: strict),

    // Floor 4.
    .target(
      name: "TransportHost",
      dependencies: [
        "CTransportABI", "CurlHTTP", "JSONText", "ProcessIO", "ProviderConfiguration",
        "ResponseStream", "Routing", "ServerSentEvents", "Signing",
      ], exclude: ["Documentation"], swiftSettings: strict),
    .target(
      name: "ResponsesTransport", dependencies: ["JSONText", "TransportSDK"], swiftSettings: strict),
    .target(
      name: "EntraCredential", dependencies: ["JSONText", "TransportSDK"],
      path: "Plugins/entra/Credential", swiftSettings: strict),

    // Floor 5.
    .target(name: "UpstreamEmulator", dependencies: ["CCrypto"], swiftSettings: strict),
    .target(
      name: "RouteSimulation", dependencies: ["ProviderConfiguration", "Routing"],
      exclude: ["Documentation"], swiftSettings: strict),
    .target(
      name: "Gateway",
      dependencies: [
        "Cassettes", "ChatCompletions", "CurlHTTP", "JSONText", "ProcessIO",
        "ProviderConfiguration", "StatusPage", "Telemetry", "TransportHost",
        served("Logging", from: "swift-log"),
        served("NIOCore", from: "swift-nio"), served("NIOHTTP1", from: "swift-nio"),
        served("NIOPosix", from: "swift-nio"),
      ], exclude: ["Documentation"], swiftSettings: strict),

    // Floor 6: leaves.
    .executableTarget(
      name: "jackfield",
      dependencies: [
        "ClientSettings", "CurlCommand", "JSONText", "ProcessIO", "ProviderConfiguration",
        "RouteSimulation", "Routing",
        "TransportHost", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "jackfield-emulate",
      dependencies: [
        "UpstreamEmulator", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    .executableTarget(
      name: "jackfield-gateway",
      dependencies: [
        "Cassettes", "ClientSettings", "Gateway", "ProcessIO", "ProviderConfiguration",
        "TransportHost",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    // Benchmarks, and the requests they and the tests are run on.
    .target(name: "AgentHistory", path: "Benchmarks/AgentHistory", swiftSettings: strict),
    .target(
      name: "JSONFuzzing", dependencies: ["AgentHistory", "JSONText"],
      path: "Benchmarks/JSONFuzzing", swiftSettings: strict),
    .executableTarget(
      name: "jackfield-benchmarks",
      dependencies: [
        "AgentHistory", "ChildProcess", "JSONFuzzing", "JSONText", "RawUpstream", "Routing",
        "TransportHost",
      ],
      path: "Benchmarks/Programs/jackfield-benchmarks", swiftSettings: strict),
    .executableTarget(
      name: "load-plugin", dependencies: ["TransportHost"], path: "Benchmarks/Programs/load-plugin",
      swiftSettings: strict),
    .executableTarget(
      name: "bare-curl", dependencies: ["CCurl"], path: "Benchmarks/BareCurl"),
    .executableTarget(
      name: "answer-server", path: "Benchmarks/AnswerServer",
      linkerSettings: [.linkedLibrary("pthread", .when(platforms: [.linux]))]),
    .executableTarget(name: "load-client", path: "Benchmarks/LoadClient"),

    // The program of `Scripts/demo`.
    .executableTarget(
      name: "jackfield-demo", dependencies: ["JSONText", "TransportHost", "UpstreamEmulator"],
      path: "Examples/Conversation", swiftSettings: strict),

    // Tests: one target a module, so that each is built and run alone.
    .testTarget(
      name: "JSONTextTests", dependencies: ["AgentHistory", "JSONFuzzing", "JSONText"],
      swiftSettings: strict),
    .testTarget(
      name: "ServerSentEventsTests", dependencies: ["ServerSentEvents"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "ResponseStreamTests", dependencies: ["ResponseStream", "ServerSentEvents"],
      swiftSettings: strict),
    .testTarget(
      name: "ChatCompletionsTests",
      dependencies: ["AgentHistory", "ChatCompletions", "JSONFuzzing", "JSONText"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "ChildProcess", "CurlHTTP", "JSONText", "ProviderConfiguration", "RawUpstream",
        "TransportHost", "TransportSDK", "UpstreamEmulator", "jackfield",
      ], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(name: "YAMLTests", dependencies: ["YAML"], swiftSettings: strict),
    .testTarget(
      name: "ProviderConfigurationTests", dependencies: ["ProviderConfiguration", "YAML"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .target(
      name: "ChildProcess", path: "Tests/Support/ChildProcess",
      cSettings: [.define("_GNU_SOURCE")],  // declares pipe2, memfd_create and closefrom
      swiftSettings: strict),
    .testTarget(
      name: "ChildProcessTests", dependencies: ["ChildProcess"], swiftSettings: strict),
    .target(name: "RawUpstream", path: "Tests/Support/RawUpstream", swiftSettings: strict),
    .testTarget(
      name: "CurlHTTPTests", dependencies: ["ChildProcess", "CurlHTTP", "RawUpstream"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "UpstreamEmulatorTests",
      dependencies: ["CCrypto", "ChildProcess", "UpstreamEmulator", "jackfield-emulate"],
      swiftSettings: strict),
    .testTarget(
      name: "CurlCommandTests", dependencies: ["ChildProcess", "CurlCommand"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: ["ChildProcess", "TransportHost", "jackfield", "jackfield-emulate"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "ChildProcess", "ClientSettings", "Gateway", "ProviderConfiguration", "Routing",
        "TransportHost", "UpstreamEmulator", "jackfield", "jackfield-gateway",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "GatewayTests",
      dependencies: [
        "ChildProcess", "Gateway", "JSONText", "ProviderConfiguration", "RawUpstream",
        "TransportHost", "UpstreamEmulator", "jackfield-gateway",
        served("NIOCore", from: "swift-nio"), served("NIOHTTP1", from: "swift-nio"),
      ], swiftSettings: strict),
    .testTarget(name: "RoutingTests", dependencies: ["Routing"], swiftSettings: strict),
    .testTarget(
      name: "ClientSettingsTests", dependencies: ["ClientSettings"], swiftSettings: strict),
    .testTarget(name: "CassettesTests", dependencies: ["Cassettes"], swiftSettings: strict),
    .testTarget(
      name: "RouteSimulationTests", dependencies: ["RouteSimulation", "Routing"],
      swiftSettings: strict),
    .testTarget(
      name: "TelemetryTests",
      dependencies: [
        "Telemetry", served("InMemoryTracing", from: "swift-distributed-tracing"),
        served("Logging", from: "swift-log"), served("Metrics", from: "swift-metrics"),
        served("Tracing", from: "swift-distributed-tracing"),
      ], swiftSettings: strict),
    .testTarget(
      name: "StatusPageTests", dependencies: ["ChildProcess", "RawUpstream", "StatusPage"],
      swiftSettings: strict),
    .testTarget(
      name: "ProcessIOTests", dependencies: ["ChildProcess", "ProcessIO"], swiftSettings: strict),
    .testTarget(
      name: "SigningTests", dependencies: ["ChildProcess", "Signing"], swiftSettings: strict),
    .testTarget(
      name: "EntraCredentialTests", dependencies: ["EntraCredential", "JSONText", "TransportSDK"],
      swiftSettings: strict),
    .testTarget(
      name: "ResponsesTransportTests",
      dependencies: ["JSONText", "ResponsesTransport", "TransportSDK"], swiftSettings: strict),
    .testTarget(
      name: "PluginTests",
      dependencies: [
        "AzureFoundryTransport", "AzureOpenAITransport", "JSONText", "OpenAITransport",
        "ResponsesTransport", "TransportSDK",
      ], exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "TransportABITests", dependencies: ["CTransportABI", "ChildProcess"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "TransportSDKTests",
      dependencies: ["CTransportABI", "JSONText", "TransportHost", "TransportSDK"],
      swiftSettings: strict),
    .testTarget(
      name: "TransportHostTests",
      dependencies: [
        "AgentHistory", "CTransportABI", "ChildProcess", "JSONFuzzing", "JSONText",
        "ProviderConfiguration", "RawUpstream", "ResponsesTransport", "Routing", "Signing",
        "TransportHost", "TransportSDK",
      ],
      swiftSettings: strict),
  ] + plugins.map(\.library) + plugins.map(\.leaf) + testTransportTargets
)
