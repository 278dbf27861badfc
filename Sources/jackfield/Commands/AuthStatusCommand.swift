import ArgumentParser
import ProviderConfiguration
import TransportHost

/// `jackfield auth status`: whether each provider has a credential, from where, and until when.
struct AuthStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Obtain credentials and say how that went.",
    discussion: """
      Reads variables and files, runs helpers and asks token services, as a call would; upstreams \
      are not asked. Says which source of a chain won and why the others did not, the scope and \
      the time that is left. Never prints a key or a token. When one fails it ends as a call would \
      that fails so.

      EXAMPLES
        jackfield auth status
        jackfield auth status main --json
      """)

  @Argument(
    help: "A key under providers; without it all of them.",
    completion: .custom(ProviderNames.completions))
  var provider: String?

  @OptionGroup var configuration: ConfigurationOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let host = try configuration.host()
    let statuses: [CredentialStatus]
    do { statuses = try await host.credentialStatus(of: provider) } catch {
      throw CommandFailure(error, host: host)
    }
    if output.isJSON {
      Terminal.output.write(CredentialStatus.report(statuses) + [UInt8(ascii: "\n")])
    } else {
      AuthStatusView(statuses, of: host).print(to: .output)
    }
    if let error = statuses.lazy.compactMap(\.error).first {
      throw ExitCode(error.code.exitStatus)
    }
  }
}

extension CredentialStatus {
  /// Statuses as JSON: `{"providers": […]}`.
  fileprivate static func report(_ statuses: [CredentialStatus]) -> [UInt8] {
    var out = JSONWriter()
    out.object { top in
      top.member("providers") { out in out.array(statuses) { $0.write(to: &$1) } }
    }
    return out.bytes
  }

  private func write(to out: inout JSONWriter) {
    out.object { object in
      object.member("provider", provider)
      object.member("credential", credential)
      object.member("kind", kind.isEmpty ? nil : kind)
      object.member("ok", error == nil)
      object.member("sources") { out in
        out.array(sources) { source, out in
          out.object { object in
            object.member("name", source.name)
            object.member("outcome", source.outcome.rawValue)
            object.member("reason", source.reason)
          }
        }
      }
      object.member("scope", scope.isEmpty ? nil : scope)
      object.member("expires_in_s", expiresIn.map { $0.components.seconds })
      object.member("source", source?.description)
      object.member("error") { out in
        guard let error else { return out.value(nil) }
        out.object { body in
          body.member("code", error.code.rawValue)
          body.member("message", error.message)
          body.member("fault", error.code.fault.rawValue)
          body.member("source", error.source?.description)
          body.member("retry_after_ms", error.retryAfter.map { $0.milliseconds })
        }
      }
    }
  }
}
