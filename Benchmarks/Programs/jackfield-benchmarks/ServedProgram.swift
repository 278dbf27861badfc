import ChildProcess
import Foundation
import RawUpstream
import TransportHost

/// A server that is measured, in a process of its own.
final class ServedProgram {
  /// What a row calls it.
  let name: String
  /// Where it listens on loopback.
  let port: UInt16
  /// Its process, of which all threads count.
  let process: ChildProcess

  private init(_ name: String, port: UInt16, process: ChildProcess) {
    (self.name, self.port, self.process) = (name, port, process)
    process.discardOutput()
  }

  /// What its threads need while `load` runs, in seconds.
  func processorTime<Result>(of load: () throws -> Result) rethrows -> (Double, Result) {
    let before = process.processorTime
    let result = try load()
    return (process.processorTime - before, result)
  }

  /// The gateway, with one provider and one thread that serves, as it is set where nothing is said.
  static func gateway(
    to upstream: AnswerServer, in workspace: Workspace
  ) throws -> ServedProgram {
    let text = TransportHost.benchConfiguration(plugin: "openai", baseURL: upstream.baseURL)
    let file = try workspace.file("providers.yaml", text)
    var environment = ProcessInfo.processInfo.environment
    environment["BENCHMARK_KEY"] = "benchmark"
    let process = try ChildProcess(
      BuiltProducts.program("jackfield-gateway"),
      ["serve", "--config", file.path, "--listen", "127.0.0.1:0", "--json"],
      environment: environment)
    let line = process.nextLine() ?? ""
    guard let port = line.split(separator: ":").last.flatMap({ UInt16($0.prefix { $0.isNumber }) })
    else {
      throw ChildProcessFailure("the gateway did not start: \(line)\n\(process.errorText)")
    }
    return ServedProgram("gateway", port: port, process: process)
  }

  /// nginx as one process, with those lines in its server.
  static func nginx(
    upstream: AnswerServer? = nil, location: String, in workspace: Workspace
  ) throws -> ServedProgram {
    let paths = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"]
    guard let program = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw ChildProcessFailure("nginx is not installed: apt-get install nginx-light")
    }
    let port = freePort()
    let file = try workspace.file(
      "nginx-\(port).conf", configuration(port, upstream: upstream, location: location))
    let process = try ChildProcess(
      program, ["-p", workspace.path, "-c", file.path, "-e", "stderr"], joiningError: true)
    var text = ""
    // Its socket listens before it says that.
    while let line = process.nextLine() {
      text += line + "\n"
      if line.contains("getrlimit") {
        return ServedProgram("nginx", port: port, process: process)
      }
    }
    throw ChildProcessFailure("nginx did not start: \(text)")
  }

  private static func configuration(
    _ port: UInt16, upstream: AnswerServer?, location: String
  ) -> String {
    let server = "server 127.0.0.1:\(upstream?.port ?? 9);"
    return """
      daemon off;
      master_process off;
      pid nginx-\(port).pid;
      error_log stderr notice;
      events { worker_connections 19900; }
      http {
        access_log off;
        client_max_body_size 64m;
        client_body_buffer_size 2m;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        keepalive_requests 1000000000;
        upstream answers { \(server) keepalive 256; keepalive_requests 1000000000; }
        server {
          listen 127.0.0.1:\(port) backlog=4096;
          location / { \(location) }
        }
      }

      """
  }

  /// LiteLLM's proxy with one worker.
  static func litellm(
    _ program: String, to upstream: AnswerServer, in workspace: Workspace
  ) throws -> ServedProgram {
    let file = try workspace.file(
      "litellm.yaml",
      """
      model_list:
        - model_name: bench
          litellm_params:
            { model: openai/bench, api_base: "\(upstream.baseURL)", api_key: benchmark }

      """)
    let port = freePort()
    var environment = ProcessInfo.processInfo.environment
    // As with the gateway, clients need no key; and it fetches no list of prices when it starts.
    environment["LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY"] = "true"
    environment["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    let process = try ChildProcess(
      program, ["--config", file.path, "--host", "127.0.0.1", "--port", "\(port)"],
      environment: environment, joiningError: true)
    var text = ""
    while let line = process.nextLine() {
      text += line + "\n"
      if line.contains("Uvicorn running") {
        return ServedProgram("LiteLLM", port: port, process: process)
      }
    }
    throw ChildProcessFailure("LiteLLM did not start: \(text)")
  }

  /// A program of `Benchmarks/Servers`, which prints its port.
  static func hello(_ name: String, in directory: String) throws -> ServedProgram {
    let process = try ChildProcess("\(directory)/\(name)", input: .open)
    guard let port = process.nextLine().flatMap({ UInt16($0) }) else {
      throw ChildProcessFailure("\(name) named no port: \(process.errorText)")
    }
    return ServedProgram(name, port: port, process: process)
  }
}
