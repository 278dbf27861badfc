import Testing
import TransportSDK

/// B.3: replies write the end of a token in several shapes.
@Suite struct `The life of a token (B.3)` {
  @Test(arguments: [
    (#""expires_in":3599"#, 3599), (#""expires_in":"3599""#, 3599), (#""expires_in":60.0"#, 60),
    (#""expires_in":"60.5""#, 60), (#""expires_on":"1800000090""#, 90),
    (#""expires_on":1800000090"#, 90), (#""expires_in":"86400","expires_on":"1800000100""#, 100),
    (#""expires_in":"50","expires_on":"1800000100""#, 50),
    (#""expires_in":"50","expires_on":"1700000000""#, 50),
    (#""expires_in":-1,"expires_on":"1800000100""#, 100), (#""expires_in":0"#, nil),
    (#""expires_in":-5"#, nil), (#""expires_in":"soon""#, nil), (#""expires_in":null"#, nil),
    (#""expires_in":{}"#, nil), (#""expires_in":1e9"#, nil), (#""expires_in":99999999999"#, nil),
    (#""expires_in":"99999999999999999999""#, nil), (#""expires_on":"-9223372036854775808""#, nil),
    (#""expires_on":"1799999999""#, nil), (#""expires_on":"11/05/2026 15:18:31 +00:00""#, nil),
    (#""token_type":"Bearer""#, nil),
  ])
  func `is read from a number, a text or an end`(member: String, seconds: Int?) {
    let host = FakeHost()
    host.replies = [.json(200, #"{\#(member),"access_token":"t"}"#)]
    let run = SignIn(ClientSecretSettings.settings, on: host)
    #expect(run.token == IssuedToken(at: "/access_token", lifetime: seconds.map { .seconds($0) }))
  }

  @Test(arguments: [
    (#""expires_in":3600,"refresh_in":1800"#, 1800),
    (#""expires_in":3600,"refresh_in":"1800""#, 1800), (#""expires_in":3600,"refresh_in":0"#, nil),
    (#""expires_in":3600,"refresh_in":-7"#, nil), (#""expires_in":3600,"refresh_in":3600"#, nil),
    (#""refresh_in":1800"#, nil),
  ])
  func `has a time of renewal where the issuer names one within it`(
    members: String, seconds: Int?
  ) {
    let host = FakeHost()
    host.replies = [.json(200, #"{\#(members),"access_token":"t"}"#)]
    let run = SignIn(ClientSecretSettings.settings, on: host)
    #expect(run.token?.renewal == seconds.map { .seconds($0) })
  }

  @Test func `counts from the moment of the answer, not of the first step`() {
    let host = FakeHost()
    host.replies = [.json(500, ""), .json(200, #"{"expires_on":1800000100,"access_token":"t"}"#)]
    let run = SignIn(ClientSecretSettings.settings, on: host)
    #expect(run.token?.lifetime == .seconds(99))
  }
}
