import ArgumentParser
import UpstreamEmulator

/// `openai=PORT` and its two siblings.
struct ListenerArgument: ExpressibleByArgument {
  let upstream: EmulatedUpstream
  let port: UInt16

  init(_ upstream: EmulatedUpstream) {
    self.upstream = upstream
    port = 0
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let upstream = EmulatedUpstream(rawValue: String(parts[0])) else { return nil }
    guard let port = parts.count == 1 ? 0 : UInt16(parts[1]) else { return nil }
    self.upstream = upstream
    self.port = port
  }
}
