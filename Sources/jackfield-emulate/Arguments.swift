import ArgumentParser
import UpstreamEmulator

/// `openai=PORT` and its three siblings.
struct ListenerArgument: ExpressibleByArgument {
  /// What is started.
  enum Service: Hashable {
    case upstream(EmulatedUpstream)
    case tokens

    init?(_ name: String) {
      if name == "tokens" {
        self = .tokens
      } else if let upstream = EmulatedUpstream(rawValue: name) {
        self = .upstream(upstream)
      } else {
        return nil
      }
    }
  }

  let service: Service
  let port: UInt16

  init(_ upstream: EmulatedUpstream) {
    service = .upstream(upstream)
    port = 0
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let service = Service(String(parts[0])) else { return nil }
    guard let port = parts.count == 1 ? 0 : UInt16(parts[1]) else { return nil }
    self.service = service
    self.port = port
  }
}

/// What goes wrong with requests for a token, read as the token service reads it.
struct TokenFaultArgument: ExpressibleByArgument {
  let fault: Fault

  init?(argument: String) {
    guard let fault = try? Fault.ofTokens(argument) else { return nil }
    self.fault = fault
  }
}
