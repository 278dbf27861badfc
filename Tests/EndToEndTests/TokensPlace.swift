import ChildProcess
import Foundation
import Synchronization
import TransportHost
import UpstreamEmulator

/// A token service and the two upstreams that take its tokens, with one clock for them and for hosts.
final class TokenPlace: Sendable {
  /// A secret with everything that a form has to encode; whatever prints it leaks it.
  static let secret = "canary+7c1 f&b=2%20/é~9d4e"

  /// Starts now: what plugins take for the time is the system's.
  let clock = VirtualClock(start: .seconds(Date().timeIntervalSince1970.rounded(.down)))
  let tokens: UpstreamEmulator.TokenListener
  /// Holds the files of credentials; goes away with the place.
  let folder: URL
  private let emulator = UpstreamEmulator()
  private let baseURLs: [EmulatedUpstream: String]
  private let isReal: Bool
  private let variables = Mutex<[String: String]>([:])

  /// - Parameters:
  ///   - isReal: Whether the time is the system's, for programs, which have no other.
  ///   - change: Changes the token service.
  ///   - changeUpstreams: Changes the upstreams.
  /// - Throws: Where a listener cannot start.
  init(
    isReal: Bool = false, _ change: (inout TokenOptions) throws -> Void = { _ in },
    upstreams changeUpstreams: (inout EmulatorOptions) -> Void = { _ in }
  ) throws {
    self.isReal = isReal
    folder = FileManager.default.temporaryDirectory.appending(path: "tokens-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var options = TokenOptions()
    options.clientSecret = Self.secret
    options.clock = isReal ? .system : clock.emulatorClock
    try change(&options)
    tokens = try emulator.startTokens(options: options)
    var upstream = EmulatorOptions()
    upstream.clock = options.clock
    upstream.tokens = tokens.issuer
    changeUpstreams(&upstream)
    var baseURLs: [EmulatedUpstream: String] = [:]
    for name in EmulatedUpstream.withTokens {
      baseURLs[name] = try emulator.start(name, options: upstream).baseURL
    }
    self.baseURLs = baseURLs
  }

  deinit {
    emulator.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// A configuration in which both upstreams use one credential, which stands on its third line.
  ///
  /// - Parameters:
  ///   - credential: Its YAML, with `TOKENS`, `TENANT`, `CLIENT` and `FOLDER` for those of this place.
  ///   - baseURLs: Other upstreams.
  /// - Returns: The text of a `providers.yaml`.
  func configuration(_ credential: String, baseURLs: [EmulatedUpstream: String]? = nil) -> String {
    var text = "version: 1\ncredentials:\n  app: \(filled(credential))\nproviders:\n"
    for (name, url) in (baseURLs ?? self.baseURLs).sorted(by: { $0.key.rawValue < $1.key.rawValue })
    {
      text += """
          \(name.rawValue):
            plugin: \(name.rawValue)
            base_url: "\(url)"
            auth: { bearer: app }

        """
    }
    text += "models:\n"
    for name in EmulatedUpstream.withTokens {
      text += "  \(name.rawValue): { targets: [{ provider: \(name.rawValue), model: gpt-5 }] }\n"
    }
    return text
  }

  /// A host with that configuration.
  func host(
    _ credential: String, _ variables: [String: String] = [:],
    baseURLs: [EmulatedUpstream: String]? = nil
  ) throws -> TransportHost {
    for (name, value) in variables { set(name, filled(value)) }
    var options = TransportHost.Options()
    options.pluginDirectories = [Upstreams.pluginDirectory]
    if !isReal { options.clock = clock }
    options.environment = { [self] name in self.variables.withLock { $0[name] } }
    return try TransportHost(
      text: Array(configuration(credential, baseURLs: baseURLs).utf8), file: "providers.yaml",
      options: options)
  }

  /// Sets a variable of the hosts.
  func set(_ name: String, _ value: String) { variables.withLock { $0[name] = value } }

  /// Writes a file into the folder.
  func write(_ text: String, to name: String, isProgram: Bool = false) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    if isProgram {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
  }

  /// A text with the names of this place filled in.
  func filled(_ text: String) -> String {
    let identity = TokenOptions.Identity.userAssigned
    let names = [
      ("TOKENS", tokens.origin), ("TENANT", tokens.tenant), ("CLIENT", tokens.clientID),
      ("FOLDER", folder.path), ("IDENTITY_CLIENT", identity.clientID),
      ("IDENTITY_OBJECT", identity.objectID), ("IDENTITY_RESOURCE", identity.resourceID),
    ]
    // Longer names first: some begin like others.
    return names.sorted { $0.0.count > $1.0.count }
      .reduce(text) { $0.replacing("<\($1.0)>", with: $1.1) }
  }

  /// The requests that upstreams took.
  var requests: [RecordedRequest] { emulator.requests }

  /// The tokens that upstreams were sent, in order.
  var sent: [String] {
    requests.map { request in
      let value = request.header("authorization") ?? ""
      return value.hasPrefix("Bearer ") ? String(value.dropFirst("Bearer ".count)) : ""
    }
  }

  /// Everything that must stand in no output.
  var secrets: [String] { [Self.secret] + tokens.issuer.issued }

  /// Runs the program with that configuration and environment.
  func jackfield(
    _ words: [String], credential: String, environment: [String: String] = [:]
  ) throws -> ChildProcess.Outcome {
    try write(configuration(credential), to: "providers.yaml")
    let own = ["HOME": folder.path, "PATH": "\(folder.path)/bin:/usr/bin:/bin"]
    return try ChildProcess.run(
      "\(Upstreams.pluginDirectory)/jackfield", words, in: folder.path,
      environment: own.merging(environment.mapValues(filled)) { $1 })
  }
}

extension EmulatedUpstream {
  /// Those that take tokens.
  static var withTokens: [EmulatedUpstream] { [.azureOpenAI, .azureFoundry] }

  /// What a token must be made for (B.2).
  var audience: String {
    self == .azureFoundry ? "https://ai.azure.com" : "https://cognitiveservices.azure.com"
  }
}

extension TransportHost {
  /// The answer to a short question.
  func ask(_ upstream: EmulatedUpstream) async throws(CallError) -> CallResult {
    try await respond(to: .text("Hello", model: upstream.rawValue, isStream: false))
  }

  /// The error of a short question, or nil.
  func failure(_ upstream: EmulatedUpstream) async -> CallError? {
    do {
      _ = try await ask(upstream)
      return nil
    } catch { return error }
  }

  /// What came of that many calls at once.
  func ask(
    _ upstream: EmulatedUpstream, times count: Int
  ) async -> [Result<CallResult, CallError>] {
    await withTaskGroup(of: Result<CallResult, CallError>.self) { group in
      for _ in 0..<count {
        group.addTask { () async -> Result<CallResult, CallError> in
          do throws(CallError) { return .success(try await self.ask(upstream)) } catch {
            return .failure(error)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }
}

/// A door in a service: who wants through waits while it is closed.
final class Door: Sendable {
  private let key = DispatchSemaphore(value: 1)
  private let count = Atomic(0)

  /// How many have come to it.
  var arrived: Int { count.load(ordering: .acquiring) }

  func close() { key.wait() }
  func open() { key.signal() }

  /// Goes through, sooner or later.
  func pass() {
    count.add(1, ordering: .acquiringAndReleasing)
    key.wait()
    key.signal()
  }
}

/// Whatever can be seen of a value.
func everything(_ subject: Any) -> String {
  var text = "\(subject) \(String(reflecting: subject))"
  dump(subject, to: &text)
  return text
}
