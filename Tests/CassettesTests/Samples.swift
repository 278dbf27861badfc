import Cassettes

/// The bytes of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// A request to the usual endpoint.
func request(
  _ body: String = "{}", method: String = "POST", target: String = "/v1/responses",
  headers: [CassetteHeader] = []
) -> CassetteRequest {
  CassetteRequest(method: method, target: target, headers: headers, body: bytes(body))
}

/// A recording of a request, without an answer.
func cassette(_ request: CassetteRequest, file: String = "0001.jsonl") -> Cassette {
  Cassette(
    file: file, request: request, response: nil, writes: [], ending: .complete, end: .zero)
}

/// The recording of a streamed answer, as it is written.
func recorded(
  _ writes: [(ms: Int, text: String)], secrets: [String] = [], ending: CassetteEnding = .complete
) -> [UInt8] {
  let scrubber = Scrubber(secrets: secrets.map(bytes))
  var writer = CassetteWriter(request(), scrubber: scrubber)
  var file = writer.open()
  file += writer.head(CassetteResponse(status: 200, headers: [], time: .milliseconds(1)))
  for write in writes { file += writer.write(bytes(write.text), at: .milliseconds(write.ms)) }
  let last = writes.last?.ms ?? 1
  return file + writer.end(ending, at: .milliseconds(last))
}

extension Cassette {
  /// The whole body.
  var body: String { String(decoding: writes.flatMap(\.bytes), as: UTF8.self) }
  /// The writes, as they are told apart in tests.
  var parts: [String] {
    writes.map { "\($0.time.components.seconds * 1000 + $0.time.milliseconds) " + $0.text }
  }
}

extension CassetteWrite {
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Duration {
  /// The milliseconds beyond whole seconds.
  var milliseconds: Int64 { components.attoseconds / 1_000_000_000_000_000 }
}
