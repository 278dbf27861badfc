import JSONText
import Testing
import TransportHost

/// One bad plugin, and the one error in which it must end.
struct Defect: CustomTestStringConvertible {
  /// The plugin's name without `bad-`.
  let name: String
  /// What goes wrong when it is used as a host uses it.
  let outcome: Outcome

  init(_ name: String, _ outcome: Outcome) {
    self.name = name
    self.outcome = outcome
  }

  var testDescription: String { name }

  /// How far a plugin got, and what was said then.
  enum Outcome: Equatable, CustomStringConvertible {
    /// It could not be opened, or failed the handshake.
    case refused(PluginError.Kind, String)
    /// It made no instance.
    case created([Finding])
    /// It failed later, with a code and a message.
    case failed(Stage, ErrorCode, String)
    /// Nothing went wrong.
    case passed

    var description: String {
      switch self {
      case .refused(let kind, let message): "refused(\(kind), \(message))"
      case .created(let findings): "created(\(findings))"
      case .failed(let stage, let code, let message): "failed(\(stage), \(code), \(message))"
      case .passed: "passed"
      }
    }
  }

  /// What a plugin found wrong in a provider entry.
  struct Finding: Equatable {
    let pointer: String
    let message: String
    let suggestion: String

    init(_ pointer: String, _ message: String, suggestion: String = "") {
      self.pointer = pointer
      self.message = message
      self.suggestion = suggestion
    }
  }

  /// A call of the contract.
  enum Stage { case prepare, head, frame, end, classify }
}

/// Uses a plugin as a host does, until something goes wrong.
enum Trial {
  /// The request of every trial.
  static let body = Array(#"{"model":"m","input":"hello"}"#.utf8)

  static func run(opening path: String, expecting id: String) -> Defect.Outcome {
    do throws(PluginError) {
      return run(try TransportLibrary(opening: path, expecting: id))
    } catch {
      return .refused(error.kind, BuiltPlugins.anonymous(error.message))
    }
  }

  private static func run(_ library: TransportLibrary) -> Defect.Outcome {
    do throws(SettingsRefused) {
      let settings = InstanceSettings(provider: "test", authentication: "key")
      return run(try TransportInstance(library, settings: settings))
    } catch {
      return .created(
        error.findings.map { Defect.Finding($0.pointer, $0.message, suggestion: $0.suggestion) })
    }
  }

  private static func run(_ instance: TransportInstance) -> Defect.Outcome {
    var stage = Defect.Stage.prepare
    do throws(ReportedFailure) {
      let exchange = try instance.prepare(request).exchange
      stage = .head
      _ = try exchange.framing(status: 200, headers: [("content-type", "text/event-stream")])
      let events = EventCollector()
      stage = .frame
      exchange.frame(name: "response.created", data: Array("{}".utf8).span, to: events)
      if let failure = events.take().failure { throw failure }
      stage = .end
      exchange.end(to: events)
      if let failure = events.take().failure { throw failure }
      return classify(exchange)
    } catch {
      return .failed(stage, error.code, error.message)
    }
  }

  /// A transport that does it right explains that the upstream answered 503.
  private static func classify(_ exchange: TransportExchange) -> Defect.Outcome {
    let failure = exchange.classify(status: 503, headers: [], body: [])
    return failure.message == "the upstream answered 503."
      ? .passed : .failed(.classify, failure.code, failure.message)
  }

  static var request: PrepareInput { request(credential: true) }

  static func request(credential: Bool) -> PrepareInput {
    var input = PrepareInput()
    input.body = body
    input.members = (try? JSONText.index(body.span))?.members ?? []
    input.model = "wire-model"
    input.hasCredential = credential
    return input
  }
}
