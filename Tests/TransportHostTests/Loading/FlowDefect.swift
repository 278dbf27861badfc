import Testing

@testable import TransportHost

/// One plugin whose token flow is bad, and the one error in which a call with it must end.
struct FlowDefect: CustomTestStringConvertible {
  /// The plugin's name without `bad-flow-`.
  let name: String
  let code: ErrorCode
  let message: String

  var testDescription: String { name }

  /// The error of a call that needs a token of a plugin.
  static func failure(of plugin: String) async throws -> CallError? {
    let variables = [
      "CLIENT_SECRET": "canary-of-the-client", "FIXTURE_TOKEN": "canary-of-the-token",
    ]
    var options = TransportHost.Options()
    options.pluginDirectories = [BuiltPlugins.directory]
    options.environment = { variables[$0] }
    options.clock = FakeClock()
    let host = try TransportHost(
      text: Array(
        """
        version: 1
        credentials:
          cloud: { fixture: { secret: { env: CLIENT_SECRET } } }
        providers:
          main: { plugin: \(plugin), base_url: "https://127.0.0.1:1/v1", auth: { bearer: cloud } }
        """.utf8), file: "providers.yaml", options: options)
    do throws(CallError) {
      _ = try await host.credentials.credential(for: host.providers.provider("main"))
      return nil
    } catch {
      return error
    }
  }
}

extension FlowDefect {
  static let all = judgements + steps + credentials + exchanges

  private static func breach(_ name: String, _ what: String) -> FlowDefect {
    FlowDefect(
      name: name, code: .pluginMisbehaved,
      message: "plugin \"bad-flow-\(name)\" broke the contract: \(what).")
  }

  private static func unknown(_ name: String) -> FlowDefect {
    FlowDefect(
      name: name, code: .configInvalid,
      message: "credential \"cloud\": plugin \"bad-flow-\(name)\" knows no token flow \"fixture\";"
        + " it knows none.")
  }

  /// The plugin goes on after an effect that was not performed, and says itself that there is no token.
  private static func refused(_ name: String, _ problem: String) -> FlowDefect {
    FlowDefect(name: name, code: .auth, message: "credential \"cloud\": no token: \(problem).")
  }

  private static let judgements = [
    unknown("begin-null"), unknown("describe-fails-silently"),
    FlowDefect(
      name: "describe-fails-and-returns-ok", code: .configInvalid,
      message: "credential \"cloud\": it is wrong."),
  ]

  private static let steps = [
    breach("two-effects", "its token flow asked for 2 effects in one step"),
    breach("no-effect", "its token flow asked for 0 effects in one step"),
    breach("unknown-status", "its token flow returned 42 without reporting a failure"),
    breach("fails-silently", "its token flow returned -1 without reporting a failure"),
    breach("fails-and-is-done", "its token flow reported a failure and returned 2"),
    breach(
      "failure-wrong-size",
      "its jf_failure has 144 bytes where ABI 1 has 160. Build it again with the headers of this host"
    ),
    breach("done-without-token", "its token flow was done and named no token"),
    breach("two-tokens", "it named two tokens"),
    breach("token-without-effect", nothing("/access_token")),
    breach("token-into-nothing", nothing("/~2/\u{FFFD}/access_token")),
    breach("token-with-line-break", nothing("")),
    breach("endless", "its token flow wanted more than 64 steps"),
    refused("unknown-effect", "this host knows no effect 99"),
    refused("huge-arguments", "it named no time to wait"),
  ]

  private static func nothing(_ pointer: String) -> String {
    "its token flow named a token at \"\(pointer)\", and no usable text is there"
  }

  private static let credentials = [
    breach("foreign-header-credential", foreignPlace),
    breach("foreign-body-credential", foreignPlace),
    breach("foreign-key", foreignKey), breach("foreign-certificate", foreignKey),
    breach("sign-without-key", "its token flow named no credential to sign with"),
    breach("unknown-encoding", "it asked for the encoding 77, which is not known"),
  ]
  private static let foreignPlace = "it placed a credential that it was not given"
  private static let foreignKey = "its token flow used a credential that it was not given"

  private static let exchanges = [
    breach("no-url", "its token flow stated no method or no URL"),
    breach("unknown-method", "a token flow has no method \"TRACE\""),
    breach("header-with-newline", "the value of header \"x-name\" holds a line break or NUL"),
    breach("url-with-newline", noASCII), breach("url-not-ascii", noASCII),
    breach("url-with-userinfo", noURL), breach("url-relative", noURL),
    breach("url-of-file", noURL),
    refused(
      "url-without-encryption",
      "plain http to \"192.0.2.1\" would show the secret to whoever listens"),
  ]
  private static let noURL = "its URL is not absolute http or https, or it has user information"
  private static let noASCII =
    "its URL holds a space, a control character or what must be percent-encoded"
}
