import CurlCommand
import ProcessIO
import TransportHost

/// From a pasted command to the request that plugins are asked about.
struct SampleReader {
  /// The command without its secrets.
  let command: CurlCommand
  /// Its body, files read.
  let body: [UInt8]

  /// Reads a command: one word is a command line, several were split by a shell already.
  init(_ words: [String]) throws(CommandFailure) {
    do {
      command =
        if let text = words.first, words.count == 1 {
          try CurlCommand(parsing: text, environment: Program.environment)
        } else {
          try CurlCommand(
            words: words.map { ShellWord([.text($0)]) }, environment: Program.environment)
        }
    } catch {
      throw .usage("the curl command cannot be used: \(error)")
    }
    body = try Self.body(command.body)
  }

  /// The request as plugins see it.
  var sample: SampleRequest {
    SampleRequest(
      method: command.method, url: command.url, headerNames: command.headers.map(\.name),
      isBearer: command.headers.contains(where: \.isBearerAuthorization), body: body)
  }

  /// A file is read as curl would read it, from the working directory.
  private static func body(_ parts: [CurlCommand.BodyPart]) throws(CommandFailure) -> [UInt8] {
    var body: [UInt8] = []
    for part in parts {
      switch part {
      case .text(let text): body += text.utf8
      case .file(let path, let isText):
        do throws(IOFailure) {
          let bytes = try FileContent.read(path)
          body += isText ? bytes.filter { ![0x0A, 0x0D, 0x00].contains($0) } : bytes
        } catch {
          throw .usage("the body's file \(path) cannot be read: \(error).")
        }
      }
    }
    return body
  }
}

extension CurlCommand.Header {
  fileprivate var isBearerAuthorization: Bool {
    guard name == "authorization", case .credential(let credential) = content else { return false }
    return credential.isBearer
  }
}
