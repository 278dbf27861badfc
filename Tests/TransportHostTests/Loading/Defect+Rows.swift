import TransportHost

extension Defect {
  /// Every bad plugin of `Tests/Fixtures/Transports`.
  static let all = handshake + creation + preparation + response

  private static func refused(_ name: String, _ message: String) -> Defect {
    Defect(name, .refused(.misbehaved, "plugin \"DIR/libbad-\(name).so\"" + message))
  }

  private static func prepare(_ name: String, _ what: String) -> Defect {
    failed(.prepare, name, what)
  }

  private static func failed(_ stage: Stage, _ name: String, _ what: String) -> Defect {
    Defect(
      name,
      .failed(stage, .pluginMisbehaved, "plugin \"bad-\(name)\" broke the contract: \(what)."))
  }

  private static let handshake = [
    Defect(
      "no-entry",
      .refused(
        .misbehaved,
        "\"DIR/libbad-no-entry.so\" is no Jackfield plugin: it does not export"
          + " jf_plugin_entry_v1.")),
    Defect(
      "unresolved-symbol",
      .refused(
        .unavailable,
        "cannot load plugin \"DIR/libbad-unresolved-symbol.so\": DIR/libbad-unresolved-symbol.so:"
          + " undefined symbol: fixture_function_that_nobody_has.")),
    refused("null-entry", ": its entry returned nothing, so it cannot work here."),
    refused("wrong-magic", ": its entry does not begin with the magic number of ABI 1."),
    refused(
      "wrong-entry-size",
      ": its jf_entry has 64 bytes where ABI 1 has 56. Build it again with the headers of this host."
    ),
    refused("null-id", ": its required field id is not set."),
    refused(
      "malformed-id", ": its id \"Malformed_ID\" is not lower-case words joined by hyphens."),
    refused(
      "other-id",
      " calls itself \"somebody-else\", but the configuration expects \"bad-other-id\"."
        + " Use the name \"somebody-else\"."),
    refused("no-transport-interface", ": it does not have the interface jackfield.transport/1."),
    refused(
      "wrong-table-size",
      ": its jf_transport has 88 bytes where ABI 1 has 96."
        + " Build it again with the headers of this host."),
    refused("null-create", ": its required field create is not set."),
    refused("null-prepare", ": its required field prepare is not set."),
    refused("null-classify", ": its required field classify is not set."),
    refused("null-on-head", ": its required field on_head is not set."),
    refused("rules-without-table", ": it counts 3 rules and has no table of them."),
    refused("null-rule-reason", ": its required field rules[1].reason is not set."),
    refused(
      "auth-wrong-size",
      ": its jf_auth has 32 bytes where ABI 1 has 40. Build it again with the headers of this host."
    ),
    refused("auth-null-describe", ": its required field auth.describe is not set."),
    refused("auth-null-begin", ": its required field auth.begin is not set."),
    refused("auth-null-step", ": its required field auth.step is not set."),
    refused("auth-null-end", ": its required field auth.end is not set."),
    refused(
      "probe-wrong-size",
      ": its jf_probe has 24 bytes where ABI 1 has 16. Build it again with the headers of this host."
    ),
    refused(
      "probe-null-alternatives", ": its required field probe.alternatives is not set."),
  ]

  private static let creation = [
    Defect(
      "create-null-without-reason",
      .created([
        Finding(
          "", "plugin \"bad-create-null-without-reason\" refused this entry without a reason")
      ])),
    Defect(
      "create-fails-with-pointer",
      .created([
        Finding("/options/api", "api must be a date.", suggestion: "2025-04-01-preview"),
        Finding("/auth", "auth is needed."),
      ])),
    Defect("create-returns-and-fails", .created([Finding("/base_url", "base_url is wrong.")])),
  ]

  private static let preparation = [
    prepare("prepare-fails-silently", "prepare returned -1 without reporting a failure"),
    prepare("prepare-fails-and-returns-ok", "prepare reported a failure and returned 0"),
    prepare("prepare-unknown-status", "prepare returned 42 without reporting a failure"),
    prepare("prepare-no-url", "prepare stated no method or no URL"),
    prepare("prepare-no-method", "prepare stated no method or no URL"),
    prepare("prepare-two-urls", "it stated the URL twice"),
    prepare("prepare-unknown-method", "\"TRACE\" is no method"),
    prepare("prepare-relative-url", noURL),
    prepare(
      "prepare-foreign-host",
      "it asked for the host \"elsewhere.example\" and may only go to fixture.example"),
    prepare("prepare-url-with-userinfo", noURL),
    prepare("prepare-url-not-ascii", noASCII),
    prepare("prepare-url-with-newline", noASCII),
    prepare(
      "prepare-header-with-newline", "the value of header \"x-name\" holds a line break or NUL"),
    prepare("prepare-upper-case-header", "\"X-Name\" is no header name in lower case"),
    prepare(
      "prepare-foreign-credential", "header \"x-key\" places a credential that it was not given"),
    prepare("prepare-range-outside", noRange),
    prepare("prepare-range-overflow", noRange),
    prepare("prepare-range-huge-offset", noRange),
    prepare("prepare-unknown-rule", "it reported an edit by a rule it does not have"),
    prepare("prepare-edit-outside", "it reported an edit outside the request's body"),
    prepare(
      "exchange-without-destroy", "prepare set an exchange, and nothing is there to destroy it"),
    Defect(
      "prepare-failure-wrong-size",
      .failed(
        .prepare, .pluginMisbehaved,
        "plugin \"bad-prepare-failure-wrong-size\" broke the contract: its jf_failure has 144 bytes where ABI 1 has 160."
          + " Build it again with the headers of this host.")),
  ]

  private static let noURL =
    "its URL is not absolute http or https, or it has user information"
  private static let noASCII =
    "its URL holds a space, a control character or what must be percent-encoded"
  private static let noRange = "it placed a range that lies outside the request's body"

  private static let response = [
    failed(.head, "head-unknown-framing", "on_head chose a framing that ABI 1 does not have"),
    failed(.head, "head-fails-silently", "on_head returned -1 without a failure"),
    Defect("head-fails-twice", .failed(.head, .auth, "a login page came.")),
    failed(.frame, "frame-fails-silently", "on_frame returned -1 without a failure"),
    failed(.end, "end-fails-silently", "on_end returned -1 without a failure"),
    failed(
      .classify, "classify-long-amendment", "its amendment has 1025 bytes where 1024 are the most"),
    failed(.classify, "classify-says-nothing", "classify explained nothing"),
    Defect(
      "classify-unknown-code", .failed(.classify, .protocolError, "something new happened.")),
    Defect("classify-twice", .failed(.classify, .auth, "the key was refused.")),
  ]
}
