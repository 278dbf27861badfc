extension Cassette {
  /// Reads a recording.
  ///
  /// One that was stopped, so that its last line is not whole or its end is missing, ends as cut.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - file: Its name, for messages.
  /// - Throws: ``CassetteError`` with the line.
  package init(reading bytes: [UInt8], file: String) throws(CassetteError) {
    var reading = CassetteReading(file: file)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
      let line = bytes[start..<(end ?? bytes.count)]
      reading.number += 1
      if !line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) {
        try reading.read(Array(line), isEnded: end != nil)
      }
      start = (end ?? bytes.count) + 1
    }
    self = try reading.finish()
  }
}

/// What was read so far.
private struct CassetteReading {
  let file: String
  var number = 0
  private var request: CassetteRequest?
  private var response: CassetteResponse?
  private var writes: [CassetteWrite] = []
  private var ending: CassetteEnding?
  private var time = Duration.zero

  init(file: String) { self.file = file }

  /// Reads a line; one that is not ended and no JSON is what a killed process leaves, and skipped.
  mutating func read(_ bytes: [UInt8], isEnded: Bool) throws(CassetteError) {
    do {
      try readLine(CassetteFields(bytes))
    } catch .invalidJSON where !isEnded && request != nil && ending == nil {
    } catch .invalidJSON where !isEnded && request == nil {
      throw failure(.noRequest)
    } catch {
      throw failure(error)
    }
  }

  func finish() throws(CassetteError) -> Cassette {
    guard let request else {
      throw CassetteError(file: file, line: max(number, 1), reason: .noRequest)
    }
    return Cassette(
      file: file, request: request, response: response, writes: writes, ending: ending ?? .cut,
      end: time)
  }

  private func failure(_ reason: CassetteError.Reason) -> CassetteError {
    CassetteError(file: file, line: number, reason: reason)
  }

  private mutating func readLine(_ fields: CassetteFields) throws(CassetteError.Reason) {
    guard request != nil else { return request = try fields.request() }
    if fields.has("cassette") {
      throw .misplaced("a request", reason: "the recording has one, in its first line")
    }
    guard ending == nil else { throw .misplaced("a line", reason: "the recording has ended") }
    if fields.has("status") {
      guard response == nil else { throw .misplaced("a head", reason: "there is one above") }
      response = try fields.response()
    } else if fields.has("text") || fields.has("base64") {
      guard response != nil else { throw .misplaced("a write", reason: "no head is above it") }
      let write = try fields.write()
      if !write.bytes.isEmpty { writes.append(write) }
    } else if fields.has("end") {
      ending = try fields.ending()
    } else {
      throw .unknownLine
    }
    let time = try fields.time()
    guard time >= self.time else { throw .timeRunsBack }
    self.time = time
  }
}
