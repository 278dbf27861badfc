public import ProviderConfiguration

/// What a few small requests found out about one provider.
public struct ProbeReport: Sendable {
  /// What is found out, in this order.
  public enum Subject: String, Sendable, CaseIterable {
    /// The entry, as its plugin judges it.
    case configuration
    /// The host's name.
    case dns
    /// The connection.
    case tcp
    /// Its encryption.
    case tls
    /// Who asks.
    case credential
    /// Where the operations lie.
    case path
    /// The version in the query.
    case apiVersion = "api_version"
    /// The model or deployment.
    case model
    /// Whether it answers a request of the Responses protocol.
    case responses
    /// Whether it streams the answer.
    case streaming
    /// What is left of its limits.
    case rateLimits = "rate_limits"
  }

  /// What a step came to.
  public enum Verdict: String, Sendable {
    /// As it should be.
    case ok
    /// It works, and something should be changed.
    case warning
    /// Here it ends.
    case failed
    /// Not found out, since it makes no sense after what failed.
    case skipped
  }

  /// One step.
  public struct Step: Sendable, Hashable {
    /// What was found out.
    public let subject: Subject
    /// What it came to.
    public var verdict: Verdict
    /// How long it took; nil where it took no time of its own.
    public var duration: Duration?
    /// What was seen, in plain words; never a secret.
    public var message: String
    /// What to do; nil where the message says it.
    public var advice: String?
    /// Where the configuration speaks of it.
    public var source: Mark?
  }

  /// Other settings that were tried.
  public struct Trial: Sendable, Hashable {
    /// The plugin.
    public let plugin: String
    /// Where the request went.
    public let url: String
    /// What was different; completes "the upstream answers when …".
    public let reason: String
    /// Whether the upstream answered.
    public let worked: Bool
    /// What came of it.
    public let message: String
  }

  /// The entry that would be right.
  public struct Entry: Sendable, Hashable {
    /// How that is known.
    public enum Evidence: String, Sendable {
      /// The upstream answered a request that it makes.
      case answered
      /// The plugin says that it means the same as what works, or what it asks for.
      case certain
      /// A request that it makes came further than those of the entry in the file.
      case further
    }

    /// The YAML, from `providers:` on.
    public let yaml: String
    /// What is different.
    public let reason: String
    /// How it is known.
    public let evidence: Evidence
  }

  /// The provider.
  public let provider: String
  /// Its plugin.
  public let plugin: String
  /// The model that was asked, as it goes on the wire.
  public let model: String
  /// Where a create goes; empty where there is no transport to say it.
  public internal(set) var url = ""
  /// One for each subject, in order.
  public internal(set) var steps: [Step] = []
  /// The other settings that were tried, in order.
  public internal(set) var trials: [Trial] = []
  /// The entry that would be right; nil where none is known, or the one in the file is.
  public internal(set) var entry: Entry?
  /// Why the provider does not work; nil when it does.
  public internal(set) var code: ErrorCode?

  /// The report as one JSON object.
  public var json: [UInt8] {
    var out = JSONWriter()
    out.object { top in
      top.member("provider", provider)
      top.member("plugin", plugin)
      top.member("model", model)
      top.member("url", url)
      top.member("works", code == nil)
      top.member("code", code?.rawValue)
      top.member("steps") { $0.array(steps) { $0.write(to: &$1) } }
      top.member("trials") { $0.array(trials) { $0.write(to: &$1) } }
      top.member("entry") { out in
        guard let entry else { return out.value(nil) }
        out.object { object in
          object.member("yaml", entry.yaml)
          object.member("reason", entry.reason)
          object.member("evidence", entry.evidence.rawValue)
        }
      }
    }
    return out.bytes
  }
}

extension ProbeReport.Step {
  fileprivate func write(to out: inout JSONWriter) {
    out.object { object in
      object.member("step", subject.rawValue)
      object.member("verdict", verdict.rawValue)
      object.member("ms", duration.map { Int64($0 / .milliseconds(1)) })
      object.member("message", message)
      object.member("advice", advice)
      object.member("source", source?.description)
    }
  }
}

extension ProbeReport.Trial {
  fileprivate func write(to out: inout JSONWriter) {
    out.object { object in
      object.member("plugin", plugin)
      object.member("url", url)
      object.member("reason", reason)
      object.member("worked", worked)
      object.member("message", message)
    }
  }
}
