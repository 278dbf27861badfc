import JSONText
public import ProviderConfiguration

/// The wire request that a call would send, and why it looks as it does.
///
/// Made without a connection.
public struct Explanation: Sendable {
  /// One target of the route.
  public struct Step: Sendable {
    /// How a target stands towards the request.
    public enum Verdict: String, Sendable, CaseIterable {
      /// It would be asked first.
      case chosen
      /// It would be asked if those before it could not serve.
      case later
      /// What it depends on has failed too often, or said when to come back.
      case cooling
      /// It has all that its limits allow.
      case full
      /// It cannot be used.
      case unusable
      /// It cannot read the state that the request goes on from.
      case outOfReach = "out_of_reach"
    }

    /// The provider id.
    public var provider: String
    /// The model as the upstream knows it.
    public var model: String
    /// The target's own name, or nil.
    public var target: String?
    /// The model whose target it is, where that is a fallback; nil: the one asked for.
    public var fallback: String?
    /// How it stands.
    public var verdict: Verdict
    /// Why, or why not.
    public var reason: String
    /// Its place in the configuration, or nil.
    public var source: Mark?
    /// The line behind the verdict, where that is another one.
    public var decidedBy: Mark?

    /// Whether it would serve the call.
    public var isChosen: Bool { verdict == .chosen }
  }

  /// One header, the secret as its handle.
  public struct Header: Sendable, Hashable {
    /// Lower case.
    public var name: String
    /// The value; a credential shows as `{credential:NAME}`.
    public var value: String
  }

  /// One edit of the body.
  public struct Edit: Sendable, Hashable {
    /// The rule's id.
    public var rule: String
    /// `add`, `remove` or `replace`.
    public var action: String
    /// RFC 6901, into the caller's body; for an addition to where it would stand there.
    public var pointer: String
    /// One sentence for people.
    public var reason: String
  }

  /// The name that the client used.
  public var model: String
  /// Every target with its verdict.
  public var route: [Step]
  /// `GET`, `POST` or `DELETE`.
  public var method: String
  /// The absolute URL.
  public var url: String
  /// In wire order, those that are set here and not those that libcurl derives.
  public var headers: [Header]
  /// The bytes that would be sent; nil: none.
  public var body: [UInt8]?
  /// What the transport changed.
  public var edits: [Edit]
  /// What the caller should know besides.
  public var warnings: [String]
  /// The plugin's id.
  public var plugin: String
  /// Its file, or nil when it is linked into this program.
  public var file: String?
  /// Its version.
  public var version: String
}

extension Explanation {
  /// The explanation as one JSON object.
  public var json: [UInt8] {
    var out = JSONWriter()
    out.object { top in
      top.member("model", model)
      top.member("route") { $0.array(route) { $0.write(to: &$1) } }
      top.member("request") { writeRequest(to: &$0) }
      top.member("edits") { $0.array(edits) { $0.write(to: &$1) } }
      top.member("warnings") { $0.array(warnings) { $1.value($0) } }
      top.member("transport") { out in
        out.object { transport in
          transport.member("plugin", plugin)
          transport.member("file", file)
          transport.member("version", version)
        }
      }
    }
    return out.bytes
  }

  private func writeRequest(to out: inout JSONWriter) {
    out.object { request in
      request.member("method", method)
      request.member("url", url)
      request.member("headers") { out in
        out.array(headers) { header, out in
          out.array([header.name, header.value]) { $1.value($0) }
        }
      }
      request.member("body") { $0.raw(body ?? Array("null".utf8)) }
    }
  }
}

extension Explanation.Step {
  func write(to out: inout JSONWriter) {
    out.object { step in
      step.member("provider", provider)
      step.member("model", model)
      step.member("target", target)
      step.member("fallback", fallback)
      step.member("chosen", isChosen)
      step.member("verdict", verdict.rawValue)
      step.member("reason", reason)
      step.member("source", source?.description)
      step.member("decided_by", decidedBy?.description)
    }
  }
}

extension Explanation.Edit {
  func write(to out: inout JSONWriter) {
    out.object { edit in
      edit.member("rule", rule)
      edit.member("action", action)
      edit.member("pointer", pointer)
      edit.member("reason", reason)
    }
  }
}
