import ClientSettings
import Testing

@Suite struct `The address of a gateway` {
  @Test(arguments: [
    ("127.0.0.1", 8787, "http://127.0.0.1:8787"), ("localhost", 1, "http://localhost:1"),
    ("::1", 65535, "http://[::1]:65535"), ("0.0.0.0", 80, "http://127.0.0.1:80"),
    ("::", 80, "http://[::1]:80"), ("a-b.example", 443, "http://a-b.example:443"),
  ]) func `is where clients reach it`(host: String, port: Int, origin: String) {
    let address = GatewayAddress(host: host, port: port)
    #expect(address.origin == origin)
    #expect(address.baseURL == origin + "/v1")
  }
}
