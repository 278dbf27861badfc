public import JSONText

/// What a request asks of an upstream.
public enum Operation: String, Sendable, CaseIterable {
  /// Makes a response.
  case create
  /// Reads a stored response.
  case get
  /// Deletes a stored response.
  case delete
  /// Cancels a response in the background.
  case cancel
  /// Lists the input items of a stored response.
  case inputItems = "input_items"
  /// Counts the tokens of an input.
  case inputTokens = "input_tokens"
  /// Compacts a conversation.
  case compact
  /// Lists models.
  case models

  /// Whether the operation sends a body.
  public var hasBody: Bool {
    switch self {
    case .create, .inputTokens, .compact: true
    case .get, .delete, .cancel, .inputItems, .models: false
    }
  }
}

/// A secret that the host holds; a transport places it and never sees its value.
public struct CredentialHandle: Sendable, Hashable {
  let rawValue: UInt64

  /// A handle by its number; for tests and for the entry code.
  ///
  /// The host refuses one that it did not lend.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}

/// A decoded pair of a query.
public struct QueryPair: Sendable, Hashable {
  /// The name.
  public let name: String
  /// The value.
  public let value: String

  /// A pair.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// `params` of the provider and the target.
public struct RequestParameters: Sendable {
  /// Bounds of one number; nil: open.
  ///
  /// JSON numbers as written.
  public struct Clamp: Sendable, Hashable {
    /// The field.
    public let name: String
    /// The least value.
    public let minimum: String?
    /// The greatest value.
    public let maximum: String?

    /// Bounds of a field.
    public init(name: String, minimum: String?, maximum: String?) {
      self.name = name
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// A field that is set.
  public struct Setting: Sendable, Hashable {
    /// The field.
    public let name: String
    /// JSON.
    public let value: [UInt8]

    /// A field with its JSON value.
    public init(name: String, value: [UInt8]) {
      self.name = name
      self.value = value
    }
  }

  /// Fields that are replaced or added, in order.
  public let sets: [Setting]
  /// Fields that are removed.
  public let removes: [String]
  /// Numbers that are limited.
  public let clamps: [Clamp]

  /// Parameters; by default none.
  public init(sets: [Setting] = [], removes: [String] = [], clamps: [Clamp] = []) {
    self.sets = sets
    self.removes = removes
    self.clamps = clamps
  }

  /// Whether there is nothing to apply.
  public var isEmpty: Bool { sets.isEmpty && removes.isEmpty && clamps.isEmpty }
}

/// One request for one target.
public struct TransportRequest: Sendable {
  /// What is asked.
  public let operation: Operation
  /// What goes on the wire as the model or deployment, or empty.
  public let model: String
  /// The response that get, delete, cancel and input_items are about, or empty.
  public let responseID: String
  /// Pairs that the caller wants in the query.
  public let query: [QueryPair]
  /// The top-level members of the body, in order, duplicates included.
  public let members: [JSONMember]
  /// Whether the body asks for a stream.
  public let isStream: Bool
  /// Counted from 1 within a call.
  public let attempt: Int
  /// The provider's secret, or nil when none is configured.
  public let credential: CredentialHandle?
  /// `params` of the configuration.
  public let parameters: RequestParameters
  /// The target's declared capabilities: a JSON object, validated.
  public let capabilities: [UInt8]
  /// The target's own options: a JSON object, validated.
  public let target: [UInt8]
  /// Changes that earlier failures asked for, by id.
  public let amendments: [String]

  /// States a request; for tests and for the entry code.
  public init(
    operation: Operation, model: String = "", responseID: String = "", query: [QueryPair] = [],
    members: [JSONMember] = [], isStream: Bool = false, attempt: Int = 1,
    credential: CredentialHandle? = nil, parameters: RequestParameters = RequestParameters(),
    capabilities: [UInt8] = [], target: [UInt8] = [], amendments: [String] = []
  ) {
    self.operation = operation
    self.model = model
    self.responseID = responseID
    self.query = query
    self.members = members
    self.isStream = isStream
    self.attempt = attempt
    self.credential = credential
    self.parameters = parameters
    self.capabilities = capabilities
    self.target = target
    self.amendments = amendments
  }

  /// Whether the target declares a capability to be true, declares it to be anything else, or (nil)
  /// says nothing.
  public func declares(_ capability: StaticString) -> Bool? {
    let text = capabilities.span
    guard let root = try? JSONText.validate(text), let value = root.member(capability, in: text)
    else { return nil }
    return value.kind == .true
  }
}
