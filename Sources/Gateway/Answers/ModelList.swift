internal import ProviderConfiguration
internal import TransportHost

/// The models of a configuration, as `GET /v1/models` gives them.
///
/// - Source: https://github.com/openai/openai-python, `types/model.py`.
struct ModelList: Sendable {
  private let names: [String]
  private let created: Int64

  /// - Parameters:
  ///   - models: Those of the configuration. What a pattern stands for nobody can list.
  ///   - created: When the configuration was read, in seconds since 1970.
  init(_ models: [ModelSummary], created: Int64) {
    names = models.flatMap { [$0.name] + $0.aliases }.filter { !$0.contains("*") }
    self.created = created
  }

  /// All that a client may use.
  func answer(for client: ClientTable.Client) -> Answer {
    var out = JSONWriter()
    out.object { list in
      list.member("object", "list")
      list.member("data") { out in
        out.array(names.filter(client.mayUse)) { write($0, to: &$1) }
      }
    }
    return .json(out.bytes)
  }

  /// One of them, or any name that a pattern of the configuration stands for.
  func answer(of name: String, for client: ClientTable.Client, host: TransportHost) -> Answer {
    guard client.mayUse(name), host.knowsModel(name) else {
      return .refusal(
        404, ErrorCode.modelNotFound.rawValue,
        "no model \"\(name)\" is configured here. GET /v1/models lists those that are.",
        param: "model")
    }
    var out = JSONWriter()
    write(name, to: &out)
    return .json(out.bytes)
  }

  private func write(_ name: String, to out: inout JSONWriter) {
    out.object { model in
      model.member("id", name)
      model.member("object", "model")
      model.member("created", created)
      model.member("owned_by", "jackfield")
    }
  }
}
