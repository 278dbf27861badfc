import ChildProcess
import Foundation
import RawUpstream
import StatusPage
import Synchronization

/// Chromium without a window.
enum Browser {
  /// The program, or nil where it is missing.
  static let program: String? = ["chromium", "chromium-browser"].lazy
    .compactMap { name in
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }.first

  enum Scheme: String, CaseIterable {
    case dark = "0"
    case light = "1"
  }

  /// The document after its script ran for that long, and what the page said to the console.
  ///
  /// Time is virtual: it goes on while nothing happens and stands while the page waits for an answer.
  static func document(
    _ url: String, milliseconds: Int, width: Int = 1280
  ) throws -> (text: String, console: [Substring]) {
    let outcome = try run(
      url, ["--dump-dom", "--virtual-time-budget=\(milliseconds)", "--window-size=\(width),844"])
    let console = outcome.errorText.split(separator: "\n").filter { $0.contains(":CONSOLE") }
    return (outcome.text, console)
  }

  /// A picture of the page's top.
  static func picture(_ url: String, width: Int, height: Int, scheme: Scheme) throws -> Data {
    let file = NSTemporaryDirectory() + "jackfield-\(UUID().uuidString).png"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let outcome = try run(
      url,
      [
        "--screenshot=\(file)", "--window-size=\(width),\(height)", "--hide-scrollbars",
        "--blink-settings=preferredColorScheme=\(scheme.rawValue)",
      ])
    guard let picture = FileManager.default.contents(atPath: file) else {
      throw TestFailure("no picture: \(outcome.errorText)")
    }
    if let kept = ProcessInfo.processInfo.environment["JACKFIELD_SCREENSHOTS"] {
      try picture.write(to: URL(fileURLWithPath: "\(kept)/status-\(width)-\(scheme).png"))
    }
    return picture
  }

  private static func run(_ url: String, _ arguments: [String]) throws -> ChildProcess.Outcome {
    guard let program else { throw TestFailure("chromium is missing") }
    let profile = NSTemporaryDirectory() + "jackfield-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: profile) }
    return try ChildProcess.run(
      program,
      [
        // Its sandbox does not work for root, as whom tests in a container run.
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--enable-logging=stderr",
        "--user-data-dir=\(profile)",
      ] + arguments + [url])
  }
}

/// A gateway that serves a page and the snapshot that its script asks for.
final class PageServer: Sendable {
  private let server: RawServer
  private let paths: Paths

  /// Serves them.
  ///
  /// - Parameters:
  ///   - page: What the page shows.
  ///   - then: What its script is told; nil: that the server failed.
  ///   - extra: A script that runs on the page besides.
  /// - Throws: When no port can be had.
  init(_ page: StatusSnapshot, then: StatusSnapshot?, extra: String = "") throws {
    let paths = Paths()
    let nonce = "QmFzZTY0"
    var html = StatusPage.html(page, nonce: nonce)
    if !extra.isEmpty {
      html = html.replacingOccurrences(
        of: "</body>", with: "<script nonce=\"\(nonce)\">\(extra)</script></body>")
    }
    let headers =
      "connection: close\r\ncontent-type: text/html; charset=utf-8\r\n"
      + "content-security-policy: \(StatusPage.contentSecurityPolicy(nonce: nonce))\r\n"
    server = try RawServer { [html] connection in
      defer { connection.end() }
      guard let path = connection.readHead()?.split(separator: " ").dropFirst().first else {
        return
      }
      paths.add(String(path))
      switch path {
      case "/": connection.respond(html, headers: headers)
      case "/status.json":
        guard let then else {
          return connection.respond("{}", status: "503 Service Unavailable")
        }
        connection.respond(
          StatusPage.json(then), headers: "connection: close\r\ncontent-type: application/json\r\n")
      default: connection.respond("", status: "404 Not Found")
      }
    }
    self.paths = paths
  }

  var url: String { server.url + "/" }

  /// What was asked for.
  var asked: [String] { paths.all }

  private final class Paths: Sendable {
    private let paths = Mutex<[String]>([])
    var all: [String] { paths.withLock { $0 } }
    func add(_ path: String) { paths.withLock { $0.append(path) } }
  }
}
