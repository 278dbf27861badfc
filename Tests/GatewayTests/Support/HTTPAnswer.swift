#if Gateway
import Foundation
import RawUpstream
import Testing

/// An answer of the gateway, read by the letter of RFC 9112.
struct HTTPAnswer: Sendable, CustomTestStringConvertible {
  let version: String
  let status: Int
  let headers: [(name: String, value: String)]
  let body: [UInt8]
  /// Whether the body ended as its framing says: cut is not whole.
  let isWhole: Bool

  var testDescription: String {
    "\(status), \(isWhole ? "whole" : "cut"): \(text.prefix(200))…\(text.suffix(400))"
  }

  /// The value of a header by its name in lower case.
  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as a JSON object.
  func json() throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any], "\(text)")
  }

  /// A member of the error object.
  func error(_ name: String) throws -> String? {
    let error = try #require(try json()["error"] as? [String: Any], "\(text)")
    return error[name] as? String
  }

  /// The events of a stream.
  var events: [Event] {
    text.components(separatedBy: "\n\n").filter { !$0.isEmpty }.map(Event.init)
  }

  /// One event.
  struct Event: Sendable, Hashable {
    let type: String
    let data: String

    init(_ text: String) {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      type = lines.first { $0.hasPrefix("event: ") }.map { String($0.dropFirst(7)) } ?? ""
      data = lines.filter { $0.hasPrefix("data: ") }.map { $0.dropFirst(6) }
        .joined(separator: "\n")
    }
  }
}

extension RawConnection {
  /// Reads one answer; nil where the connection ended before its head was there.
  ///
  /// - Parameter toHead: Whether the request was HEAD, whose answer has no body whatever it says.
  /// - Returns: The answer, of which the body may be cut.
  func readAnswer(toHead: Bool = false) -> HTTPAnswer? {
    guard let head = readHead() else { return nil }
    let lines = head.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ", maxSplits: 2)
    guard words.count >= 2, let status = Int(words[1]) else { return nil }
    let headers = lines.dropFirst().map { line -> (name: String, value: String) in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        parts[0].lowercased(), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
      )
    }
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    let (body, isWhole): ([UInt8], Bool)
    if toHead || status < 200 || status == 204 || status == 304 {
      (body, isWhole) = ([], true)
    } else if header("transfer-encoding") == "chunked" {
      (body, isWhole) = readChunks()
    } else if let length = header("content-length").flatMap({ Int($0) }) {
      body = readBody(length)
      isWhole = body.count == length
    } else {
      (body, isWhole) = (readToEnd(), true)
    }
    return HTTPAnswer(
      version: String(words[0]), status: status, headers: headers, body: body, isWhole: isWhole)
  }

  private func readChunks() -> (body: [UInt8], isWhole: Bool) {
    var body: [UInt8] = []
    while let line = readLine(), let length = Int(line, radix: 16) {
      guard length > 0 else { return (body, readLine() == "") }
      let part = readBody(length)
      body += part
      guard part.count == length, readLine() == "" else { break }
    }
    return (body, false)
  }

  /// Sends a request.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - path: The target.
  ///   - body: A body, sent with its length; nil: none.
  ///   - headers: Further header lines.
  func sendRequest(
    _ method: String, _ path: String, _ body: String? = nil, headers: [String] = []
  ) {
    var lines = ["\(method) \(path) HTTP/1.1", "host: 127.0.0.1"] + headers
    if let body {
      lines += ["content-type: application/json", "content-length: \(body.utf8.count)"]
    }
    send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
  }
}
#endif
