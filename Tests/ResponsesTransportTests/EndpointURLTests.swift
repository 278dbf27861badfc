import ResponsesTransport
import Testing

@Suite struct `An endpoint's URL` {
  static let normal: [(String, String)] = [
    (" https://Example.COM/ \n", "https://example.com"), ("https://a", "https://a"),
    ("https://a:443/x", "https://a/x"), ("http://a:80", "http://a"),
    ("http://a:443", "http://a:443"),
    ("https://a//b///c//", "https://a/b/c"), ("https://a?x=1&&y", "https://a?x=1&y"),
    ("https://[2001:DB8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
    ("https://10.0.0.1/x", "https://10.0.0.1/x"),
    ("https://my_service.lan", "https://my_service.lan"),
    ("https://a/B%2fC", "https://a/B%2fC"),
    ("https://a/x?u=https://b/c?d", "https://a/x?u=https://b/c?d"),
    ("https://xn--exmple-cua.de", "https://xn--exmple-cua.de"),
    ("https://a/x:y@z;k=v", "https://a/x:y@z;k=v"),
  ]

  @Test(arguments: normal)
  func `is brought into one form`(text: String, form: String) throws {
    #expect(try EndpointURL(text).text == form)
    #expect(try EndpointURL(form).text == form)
  }

  static let bad = [
    "", "a", "//a", "https:/a", "https:///a", "javascript:alert(1)", "file:///etc/passwd",
    "https://a@b", "https://:x@b", "https://a:b", "https://a:", "https://a:-1", "https://a:65536",
    "https://a:1:2", "https://a b", "https://a..b", "https://.a", "https://a.", "https://-a",
    "https://a-", "https://a%41", "https://[::1", "https://[::g]", "https://[::1]x",
    "https://[1:2]",
    "https://[::1%25eth0]", "https://0x7f.1", "https://256.1.1.1", "https://1.2.3",
    "https://01.2.3.4",
    "https://a/./b", "https://a/%2E%2e", "https://a/b#c", "https://a/\u{0}", "https://a/ü",
    "https://a/%",
    "https://a/%4", "https://a?q=\"", "https://a/<b>", "https://a\\b", "https://a/b\\c",
    "https://ａ.com",
  ]

  @Test(arguments: bad)
  func `is refused rather than guessed`(text: String) {
    #expect(throws: EndpointURLError.self) { try EndpointURL(text) }
  }

  static let loopbacks: [(String, Bool)] = [
    ("http://127.0.0.1", true), ("http://127.255.0.9:1", true), ("http://[::1]", true),
    ("http://localhost", true), ("http://LOCALHOST:1", true), ("http://128.0.0.1", false),
    ("http://localhost.evil.example", false), ("http://127.0.0.1.nip.example", false),
    ("http://notlocalhost", false), ("http://[::2]", false), ("http://10.0.0.1", false),
  ]

  @Test(arguments: loopbacks)
  func `is this machine's only where no other can be meant`(text: String, isLoopback: Bool) throws {
    #expect(try EndpointURL(text).isLoopback == isLoopback)
  }

  @Test func `is in a domain by whole labels`() throws {
    #expect(try EndpointURL("https://a.b.example").isHost(in: "b.example"))
    #expect(try EndpointURL("https://b.example").isHost(in: "b.example"))
    #expect(try !EndpointURL("https://ab.example").isHost(in: "b.example"))
    #expect(try !EndpointURL("https://b.example.org").isHost(in: "b.example"))
  }

  @Test func `encodes all but unreserved characters`() {
    #expect(PercentEncoding.encode("aZ0-._~") == "aZ0-._~")
    #expect(PercentEncoding.encode("a b/c?d#e%f&ü") == "a%20b%2Fc%3Fd%23e%25f%26%C3%BC")
    for text in ["", "p q", "100%", "日本", "a/b"] {
      #expect(PercentEncoding.decode(PercentEncoding.encode(text)[...]) == text)
    }
  }
}
