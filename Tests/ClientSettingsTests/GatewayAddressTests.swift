import ClientSettings
import Testing

@Suite struct `An address to listen on` {
  @Test(arguments: [
    ("127.0.0.1:8787", "http://127.0.0.1:8787"), ("localhost:1", "http://localhost:1"),
    ("[::1]:65535", "http://[::1]:65535"), ("0.0.0.0:80", "http://127.0.0.1:80"),
    ("[::]:80", "http://[::1]:80"), ("a-b.example:443", "http://a-b.example:443"),
    ("[fe80::1%eth0]:80", "http://[fe80::1%eth0]:80"),
  ]) func `is where clients reach it`(text: String, origin: String) throws {
    let address = try GatewayAddress(parsing: text)
    #expect(address.origin == origin)
    #expect(address.baseURL == origin + "/v1")
  }

  @Test(arguments: [
    ("8787", "no port"), ("", "no port"), ("localhost", "no port"), ("localhost:", "a port from 1"),
    ("localhost:0", "a port from 1"), ("localhost:65536", "a port from 1"),
    ("localhost:+1", "a port from 1"), ("localhost:99999999999999999999", "a port from 1"),
    (":8787", "a host"), ("a b:1", "a host"), ("http://a:1", "brackets"), ("a/b:1", "a host"),
    ("::1:8787", "brackets"), ("[a]:1", "a host"), ("é:1", "a host"), ("a\":1", "a host"),
  ]) func `that is none is refused with what to write`(text: String, words: String) {
    let error = #expect(throws: GatewayAddressError.self) { try GatewayAddress(parsing: text) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("8787.") == true)
  }

  @Test func `is loopback where nobody says`() {
    #expect(GatewayAddress.standard.baseURL == "http://127.0.0.1:8787/v1")
  }
}
