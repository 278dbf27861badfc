#if Gateway
internal import Cassettes
internal import NIOHTTP1
internal import ProcessIO
internal import Synchronization

/// Records every exchange into a folder, a file each, without secrets.
final class ExchangeRecorder: Sendable {
  private let folder: String
  private let scrubber: Scrubber
  private let count: Mutex<Int>
  private let failure = Mutex<IOFailure?>(nil)

  /// Begins behind what the folder has.
  ///
  /// - Parameters:
  ///   - folder: Where recordings go; it is made where there is none.
  ///   - secrets: What must stand in no recording.
  /// - Throws: The system's refusal of the folder.
  init(folder: String, secrets: [String]) throws(IOFailure) {
    try Folder.make(folder)
    let last = try Folder.names(in: folder).compactMap(CassetteFileName.number).max() ?? 0
    self.folder = folder
    scrubber = Scrubber(secrets: secrets.map { Array($0.utf8) })
    count = Mutex(last)
  }

  /// Why some recording could not be written; nil: all were.
  var problem: IOFailure? { failure.withLock(\.self) }

  /// Records the answer to a request; nil where its file cannot be made.
  func tap(for request: ReceivedRequest) -> (any AnswerTap)? {
    let asked = CassetteRequest(request)
    let number = count.withLock { count in
      count += 1
      return count
    }
    let path = folder + "/" + CassetteFileName.name(number, for: scrubber.scrubbed(asked))
    do throws(IOFailure) {
      let file = try AppendedFile(path)
      return ExchangeRecording(CassetteWriter(asked, scrubber: scrubber), file: file)
    } catch {
      failure.withLock { $0 = error }
      return nil
    }
  }
}

/// One exchange that is being recorded.
private final class ExchangeRecording: AnswerTap {
  private let writer: Mutex<CassetteWriter>
  private let file: AppendedFile
  private let start = ContinuousClock.now

  init(_ writer: CassetteWriter, file: AppendedFile) {
    var writer = writer
    file.append(writer.open())
    self.writer = Mutex(writer)
    self.file = file
  }

  func began(_ head: HTTPResponseHead) {
    let headers = head.headers.map { CassetteHeader($0.name, $0.value) }
    append {
      $0.head(CassetteResponse(status: Int(head.status.code), headers: headers, time: $1))
    }
  }

  func wrote(_ bytes: [UInt8]) { append { $0.write(bytes, at: $1) } }

  func ended(_ ending: AnswerWriter.Ending?) {
    let how: CassetteEnding =
      switch ending {
      case .complete: .complete
      case .broken: .cut
      case nil: .cancelled
      }
    append { $0.end(how, at: $1) }
  }

  private func append(_ change: (inout CassetteWriter, Duration) -> [UInt8]) {
    let time = start.duration(to: .now)
    writer.withLock { writer in
      let lines = change(&writer, time)
      if !lines.isEmpty { file.append(lines) }
    }
  }
}

extension CassetteRequest {
  init(_ request: ReceivedRequest) {
    self.init(
      method: request.method, target: request.line,
      headers: request.headers.map { CassetteHeader($0.name, $0.value) }, body: request.body)
  }
}
#endif
