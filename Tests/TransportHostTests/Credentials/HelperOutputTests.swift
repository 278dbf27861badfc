import Foundation
import Testing

@testable import TransportHost

@Suite struct `A program prints a secret in one of two forms` {
  private static let now = Duration.seconds(1_900_000_000)

  private func read(_ text: String) throws(HelperOutput.Unusable) -> HelperOutput {
    try HelperOutput(Array(text.utf8), at: Self.now)
  }

  @Test(arguments: ["plain-secret", "plain-secret\n", "  plain-secret \r\n\n"])
  func `the bare secret stands on one line`(text: String) throws {
    let output = try read(text)
    #expect(output.secret == "plain-secret")
    #expect(output.lifetime == nil)
  }

  @Test(arguments: [
    (#"{"token":"t-1","expires_in":60}"#, 60), (#" {"expires_in": 3600, "token": "t-1"} "#, 3600),
    (#"{"token":"t-1","expires_at":"2030-03-17T17:47:40Z"}"#, 60),
    (#"{"token":"t-1","expires_at":"2030-03-17T19:47:40.123+02:00"}"#, 60),
    (#"{"token":"t-1","expires_in":99999999999}"#, 366 * 86_400),
  ]) func `a JSON object says how long the token is good`(text: String, seconds: Int) throws {
    let output = try read(text)
    #expect(output.secret == "t-1")
    #expect(output.lifetime == .seconds(seconds))
  }

  @Test(arguments: [#"{"token":"t-1"}"#, #"{"token":"t-1","expires_in":null,"more":[1]}"#])
  func `without an end none is made up`(text: String) throws {
    #expect(try read(text).lifetime == nil)
  }

  @Test(arguments: [
    ("", "nothing"), (" \n ", "nothing"), ("one\ntwo", "more than one line"),
    ("{", "no JSON"), (#"{"access_token":"t"}"#, #"without the text "token""#),
    (#"{"token":7}"#, #"without the text "token""#), (#"{"token":""}"#, "an empty secret"),
    (#"{"token":"a\nb"}"#, "more than one line"),
    (#"{"token":"t","expires_in":0}"#, "expires_in"),
    (#"{"token":"t","expires_in":"60"}"#, "expires_in"),
    (#"{"token":"t","expires_in":-5}"#, "expires_in"),
    (#"{"token":"t","expires_at":"tomorrow"}"#, "expires_at"),
    (#"{"token":"t","expires_at":"2020-01-01T00:00:00Z"}"#, "already expired"),
    (#"{"token":"t","expires_in":1,"expires_at":"2040-01-01T00:00:00Z"}"#, "both"),
    ("a\u{0}b", "control character"),
  ]) func `anything else is refused without being repeated`(text: String, reason: String) {
    let refusal = #expect(throws: HelperOutput.Unusable.self) { try read(text) }
    #expect(refusal?.reason.contains(reason) == true, "\(String(describing: refusal))")
  }

  @Test func `a secret that no header can hold is refused`() {
    #expect(throws: HelperOutput.Unusable.self) {
      try read(String(repeating: "a", count: (64 << 10) + 1))
    }
    #expect(throws: HelperOutput.Unusable.self) { try HelperOutput([0xFF, 0xFE], at: Self.now) }
  }

  @Test func `timestamps agree with Foundation over a thousand days`() throws {
    let format = ISO8601DateFormatter()
    for day in 0..<1000 {
      let date = Date(timeIntervalSince1970: Double(day) * 2_345_678 + 12_345)
      let parsed = try #require(TimestampText.parse(format.string(from: date)))
      #expect(parsed == .seconds(Int(date.timeIntervalSince1970)))
    }
  }

  @Test(arguments: [
    "", "2030-01-31", "2030-13-01T00:00:00Z", "2030-01-31T24:00:00Z", "2030-01-31T00:00:00",
    "2030-01-31T00:00:00.Z", "2030-01-31T00:00:00+0200", "2O30-01-31T00:00:00Z",
  ]) func `what is no timestamp is none`(text: String) {
    #expect(TimestampText.parse(text) == nil)
  }
}
