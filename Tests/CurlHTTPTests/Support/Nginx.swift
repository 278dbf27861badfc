import ChildProcess
import Foundation
import RawUpstream
import Synchronization

/// Debian's nginx with a configuration, a certificate authority and files of its own, in a
/// directory that goes with it.
final class Nginx: Sendable {
  let directory: URL
  let plainPort: UInt16
  let tlsPort: UInt16
  /// HTTP/2 without TLS.
  let priorKnowledgePort: UInt16
  private let process = Mutex<ChildProcess?>(nil)

  var plain: String { "http://127.0.0.1:\(plainPort)" }
  var tls: String { "https://localhost:\(tlsPort)" }
  /// A name that the certificate does not hold.
  var tlsByAddress: String { "https://127.0.0.1:\(tlsPort)" }
  var priorKnowledge: String { "http://127.0.0.1:\(priorKnowledgePort)" }
  var authority: String { file("ca.pem").path }
  var otherAuthority: String { file("other-ca.pem").path }

  init() throws {
    let program = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    guard let program else {
      throw TestFailure("nginx is not installed: apt-get install nginx-light")
    }
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("curl-http-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: directory.appendingPathComponent("www"), withIntermediateDirectories: true)
    try Self.makeCertificates(in: directory)
    let (ports, process) = try Self.start(program, in: directory)
    (plainPort, tlsPort, priorKnowledgePort) = (ports[0], ports[1], ports[2])
    self.process.withLock { $0 = process }
  }

  deinit {
    process.withLock { $0 = nil }
    try? FileManager.default.removeItem(at: directory)
  }

  func file(_ name: String) -> URL { directory.appendingPathComponent(name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: file("www/\(name)"))
  }

  func read(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: file("www/\(name)"))) }

  /// Starts it, on other ports where somebody took one of them meanwhile.
  private static func start(
    _ program: String, in directory: URL
  ) throws -> (ports: [UInt16], ChildProcess) {
    let file = directory.appendingPathComponent("nginx.conf")
    var text = ""
    for _ in 0..<5 {
      let ports = (0..<3).map { _ in freePort() }
      try Data(configuration(ports, in: directory).utf8).write(to: file)
      let process = try ChildProcess(
        program, ["-p", directory.path, "-c", file.path], joiningError: true)
      text = ""
      // The listening sockets are open before the first worker starts.
      while let line = process.nextLine() {
        text += line + "\n"
        guard !line.contains("start worker process") else {
          process.discardOutput()
          return (ports, process)
        }
      }
      guard text.contains("Address already in use") else { break }
    }
    throw TestFailure("nginx did not start: \(text)")
  }

  private static func makeCertificates(in directory: URL) throws {
    func openssl(_ arguments: String) throws {
      _ = try ChildProcess.run(
        "openssl", arguments.split(separator: " ").map(String.init), in: directory.path
      ).checked()
    }
    for name in ["ca", "other-ca"] {
      try openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
          + "-subj /CN=\(name) -keyout \(name).key -out \(name).pem")
    }
    try openssl(
      "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost "
        + "-addext subjectAltName=DNS:localhost -keyout leaf.key -out leaf.csr")
    try openssl(
      "x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 "
        + "-copy_extensions copy -out leaf.pem")
  }

  // The ports: for plain HTTP, for TLS, and for HTTP/2 without it.
  private static func configuration(_ ports: [UInt16], in directory: URL) -> String {
    """
    \(getuid() == 0 ? "user root;" : "")
    daemon off;
    worker_processes 1;
    worker_rlimit_nofile 16384;
    pid nginx.pid;
    error_log stderr notice;
    events { worker_connections 8192; }
    http {
      access_log off;
      client_max_body_size 64m;
      client_body_temp_path body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      http2_max_concurrent_streams 128;
      keepalive_requests 100000;
      server {
        listen 127.0.0.1:\(ports[0]) backlog=4096;
        listen 127.0.0.1:\(ports[1]) ssl http2 backlog=4096;
        listen 127.0.0.1:\(ports[2]) http2;
        ssl_certificate leaf.pem;
        ssl_certificate_key leaf.key;
        root www;
        location = /who { return 200 "$connection $server_protocol"; }
        location = /refused { return 401 "no"; }
        location /zipped/ {
          alias \(directory.path)/www/;
          gzip on;
          gzip_min_length 1;
          gzip_types *;
        }
        location /upload/ {
          alias \(directory.path)/www/;
          dav_methods PUT;
        }
      }
    }
    """
  }
}
