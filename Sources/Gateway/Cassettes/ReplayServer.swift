#if Gateway
package import Cassettes
internal import ChatCompletions
internal import NIOCore
internal import NIOHTTP1
internal import ProcessIO
package import ProviderConfiguration
internal import Synchronization
internal import TransportHost

/// Serves recorded exchanges again, byte for byte and with their timing: no provider is asked.
package final class ReplayServer: Sendable {
  /// Why a replay does not start.
  package enum Failure: Error {
    /// The folder cannot be read, or has no recording.
    case folder(String, reason: String)
    /// A recording cannot be read.
    case cassette(CassetteError)
    /// The system refuses the address.
    case address(String, reason: String)
  }

  private let server: HTTPServer
  private let service: ReplayService
  private let address: ListenAddress

  private init(_ server: HTTPServer, _ service: ReplayService, address: ListenAddress) {
    (self.server, self.service, self.address) = (server, service, address)
  }

  /// Reads a folder and listens.
  ///
  /// - Parameters:
  ///   - folder: Where recordings are.
  ///   - address: Where to listen; loopback alone.
  ///   - pace: How fast they are served.
  ///   - rules: How requests are compared.
  /// - Returns: The server, which accepts requests.
  /// - Throws: ``Failure``.
  package static func start(
    folder: String, listening address: ListenAddress, pace: ReplayPace,
    rules: CassetteLibrary.Rules
  ) async throws(Failure) -> ReplayServer {
    let service = ReplayService(
      CassetteLibrary(try cassettes(in: folder), rules: rules), pace: pace, host: address.host)
    var options = HTTPServer.Options()
    options.address = address
    do {
      let server = try await HTTPServer.start(options, service: service)
      return ReplayServer(
        server, service, address: ListenAddress(host: address.host, port: server.port))
    } catch {
      throw .address(address.text, reason: "\(error)")
    }
  }

  private static func cassettes(in folder: String) throws(Failure) -> [Cassette] {
    var cassettes: [Cassette] = []
    do {
      let names = try Folder.names(in: folder)
      for name in names where name.hasSuffix(CassetteFileName.suffix) {
        let path = folder + "/" + name
        cassettes.append(try Cassette(reading: try FileContent.read(path), file: path))
      }
    } catch let error as CassetteError {
      throw .cassette(error)
    } catch {
      throw .folder(folder, reason: "\(error)")
    }
    guard !cassettes.isEmpty else {
      throw .folder(
        folder, reason: "no recording is there; jackfield record \(folder) -- COMMAND makes some")
    }
    return cassettes
  }

  /// Where it is reached: `http://HOST:PORT`.
  package var url: String { "http://\(address.text)" }

  /// The files that served nothing.
  package var unserved: [String] { service.unserved }

  /// Ends once what is on its way has ended.
  package func drain() async { _ = await server.drain(limit: .seconds(5)) }
}

/// Answers each request with the recording that fits it.
private final class ReplayService: RequestService {
  private let library: Mutex<CassetteLibrary>
  private let pace: ReplayPace
  private let admission: Admission

  init(_ library: CassetteLibrary, pace: ReplayPace, host: String) {
    self.library = Mutex(library)
    self.pace = pace
    admission = Admission(
      clients: ClientTable([]), host: HostRule(host: host), bodyLimit: .max >> 1)
  }

  var unserved: [String] { library.withLock { $0.unserved.map(\.file) } }

  func admit(_ head: Admission.Head) -> Admitted {
    switch admission.verdict(on: head) {
    case .refused(let answer): .refused(answer)
    case .admitted(let admitted):
      .admitted(
        Reception(head, admitted, by: admission) { request, writer in
          await self.answer(request, writer)
        })
    }
  }

  private func answer(_ request: ReceivedRequest, _ writer: AnswerWriter) async {
    let match = library.withLock { library in
      Result { () throws(CassetteMismatch) in try library.match(CassetteRequest(request)) }
    }
    switch match {
    case .success(let cassette): await play(cassette, to: writer)
    case .failure(let mismatch):
      let answer = Answer.refusal(
        404, mismatch.code, "\(mismatch)",
        param: mismatch.param.map { RequestPlace.parameter(of: $0) })
      writer.send(answer.with("x-should-retry", "false"))
    }
  }

  private func play(_ cassette: Cassette, to writer: AnswerWriter) async {
    let start = ContinuousClock.now
    func wait(until time: Duration) async {
      try? await ContinuousClock().sleep(until: start + pace.due(time))
    }
    if let response = cassette.response {
      await wait(until: response.time)
      let headers = cassette.headersForReplay.map { ($0.name, $0.value) }
      writer.begin(
        HTTPResponseHead(
          version: .http1_1, status: HTTPResponseStatus(statusCode: response.status),
          headers: HTTPHeaders(headers)))
    }
    for write in cassette.writes {
      await wait(until: write.time)
      writer.write { $0.writeBytes(write.bytes) }
      guard await writer.roomIsLeft() else { return }
    }
    await wait(until: cassette.end)
    writer.end(cassette.ending == .complete ? .complete : .broken)
  }
}
#endif
