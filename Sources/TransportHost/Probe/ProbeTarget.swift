internal import JSONText
internal import ProviderConfiguration

/// What a probe asks, and of whom: the model with everything that the file says of it.
struct ProbeTarget: Sendable {
  /// The least output that every upstream allows.
  private static let outputTokens = "16"

  /// The provider.
  let entry: ProviderEntry
  /// The model as it goes on the wire.
  let model: String
  /// Where the file names it, or the provider's place.
  let source: Mark
  private let policy: TargetPolicy
  private let options: OptionsEntry?

  /// Finds what to ask.
  ///
  /// - Parameters:
  ///   - id: The provider.
  ///   - model: A configured name, or the upstream's own; nil: the first target of the provider.
  ///   - document: The file.
  /// - Throws: `config_invalid` for an unknown provider, `request_invalid` where no model is known.
  init(
    provider id: String, model: String?, in document: ConfigurationDocument
  ) throws(CallError) {
    guard let entry = document.provider(id) else {
      let known = document.providers.map(\.id).joined(separator: ", ")
      throw CallError(
        .configInvalid, "unknown provider \"\(id)\". Defined under providers: \(known).")
    }
    self.entry = entry
    if let model {
      let resolved = try? document.models.resolve(model)
      let target = resolved?.targets.first { $0.entry.provider == id }
      self.model = target?.model ?? model
      source = target?.entry.mark ?? entry.mark
      options = target?.entry.options
      policy = document.policy(
        of: target?.entry, in: target == nil ? nil : resolved?.entry, at: entry)
      return
    }
    guard let (name, target, owner) = Self.first(of: id, in: document) else {
      throw CallError(
        .requestInvalid,
        "no model of the file names a target on \"\(id)\" that could be asked. Name one: --model.",
        source: entry.mark)
    }
    (self.model, source) = (name, target.mark)
    options = target.options
    policy = document.policy(of: target, in: owner, at: entry)
  }

  /// The first target whose model is known without a client's name.
  private static func first(
    of provider: String, in document: ConfigurationDocument
  ) -> (String, TargetEntry, ModelEntry)? {
    for owner in document.models.models {
      for target in owner.targets where target.provider == provider {
        let name = target.model?.value ?? owner.name
        guard !name.contains("*"), !name.contains("{") else { continue }
        return (name, target, owner)
      }
    }
    return nil
  }

  /// The smallest request of an operation.
  func input(_ operation: String, isStream: Bool, attempt: Int) -> PrepareInput {
    var input = PrepareInput(
      model: model, provider: entry, policy: policy, options: options)
    input.operation = operation
    input.attempt = attempt
    guard operation == "create" else { return input }
    input.isStream = isStream
    input.body = body(isStream: isStream)
    input.members = (try? JSONText.index(input.body.span).members) ?? []
    return input
  }

  private func body(isStream: Bool) -> [UInt8] {
    var out = JSONWriter()
    out.object { request in
      request.member("model", model)
      request.member("input", "ping")
      request.member("max_output_tokens") { $0.raw(Array(Self.outputTokens.utf8)) }
      request.member("stream", isStream)
    }
    return out.bytes
  }
}
