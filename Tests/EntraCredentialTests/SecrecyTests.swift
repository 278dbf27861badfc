import Testing
import TransportSDK

@Suite struct `What a sign-in says to people` {
  /// A secret as it could be, and a token.
  private static let secrets = [
    "abc8Q~nHJk2zzPqR.s7tUvWxYz01234567-_aBcD", "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln",
  ]

  private static let replies = secrets.flatMap { secret in
    [
      EffectResult.json(
        401, #"{"error":"invalid_client","error_description":"The secret \#(secret) is wrong."}"#),
      .json(400, #"{"error":"\#(secret) x","error_description":"No."}"#),
      .json(400, #"{"error":"x","error_description":"No.","trace_id":"\#(secret)~"}"#),
      .json(400, #"{"statusCode":400,"message":"header '\#(secret)'"}"#),
      .json(200, #"{"access_token_":"\#(secret)"}"#), .page(502, "<p>\(secret)</p>"),
      EffectResult(
        status: 403,
        headers: [(name: "content-type", value: secret), (name: "retry-after", value: secret)],
        body: Array(secret.utf8)),
    ]
  }

  @Test(
    arguments: replies,
    [
      ClientSecretSettings.settings, #"{"source":"managed_identity"}"#,
      #"{"tenant":"t","client_id":"c","certificate":{"$secret":9}}"#,
    ])
  func `repeats no secret that an upstream repeats`(reply: EffectResult, settings: String) {
    let host = FakeHost()
    host.replies = settings.contains("managed") ? [.probed, reply] : [reply]
    let run = SignIn(settings, on: host)
    #expect(run.failure != nil)
    for text in run.texts {
      for secret in Self.secrets { #expect(!text.contains(secret)) }
    }
  }

  @Test func `holds neither a token nor what a variable hides`() {
    let host = FakeHost()
    host.variables = [
      "AZURE_CLIENT_SECRET": "hidden", "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c",
    ]
    host.replies = [.token]
    let run = SignIn(#"{"source":"client_secret"}"#, on: host)
    #expect(run.token != nil)
    for text in run.texts + run.effects {
      #expect(!text.contains("hidden") && !text.contains("eyJ.token.value"))
    }
  }

  @Test func `keeps what helps: names, short words and ids`() {
    let host = FakeHost()
    host.replies = [
      .json(
        400,
        #"""
        {"error":"invalid_request",
         "error_description":"AADSTS99: 'fd1e2b3a-0000-1111-2222-333344445555' is \u0007bad.\nTwo"}
        """#)
    ]
    let run = SignIn(ClientSecretSettings.settings, on: host)
    #expect(
      run.failure?.message.hasSuffix(
        ": invalid_request: AADSTS99: 'fd1e2b3a-0000-1111-2222-333344445555' is …. Check client_secret."
      )
        == true)
  }
}
