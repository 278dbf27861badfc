public import TransportSDK

/// Everything in which one upstream of the Responses protocol differs from another.
///
/// A plugin states one of these and is done: ``ResponsesInstance`` does the work.
public struct ResponsesDialect: Sendable {
  /// How a key is presented when the configuration leaves it to the transport.
  public enum KeyHeader: Sendable, Hashable {
    /// `authorization: Bearer …`.
    case bearer
    /// A header that holds the bare key; its name in lower case.
    case named(String)
  }

  /// From the provider entry to URLs.
  public let endpoints: EndpointTable
  /// Which operations exist where.
  public let operations: OperationTable
  /// How a key is presented.
  public let keyHeader: KeyHeader
  /// The variable that usually holds a key.
  public let variable: String
  /// Lower-case names of response headers that identify a request.
  public let requestIDHeaders: [String]
  /// The response header in which the upstream repeats its error code; nil: none.
  public let errorCodeHeader: String?
  /// The response header that names the model which really answers; nil: none.
  public let servedModelHeader: String?
  /// Domains below which the first part of a host name is what people call the resource.
  public let resourceDomains: [String]
  /// The end of the path below which the operations lie in the current version.
  public let v1Path: [String]
  /// The audiences that a token may have to be made for, the usual one first; empty: keys only.
  public let audiences: [String]
  /// How long after its making stored state may not be readable yet.
  public let stateLag: Duration
  /// The edits that this upstream needs.
  public let rules: RuleSet
  /// What its refusals mean.
  public let refusals: [Refusal]

  /// States a dialect.
  public init(
    endpoints: EndpointTable, operations: OperationTable, keyHeader: KeyHeader, variable: String,
    requestIDHeaders: [String], errorCodeHeader: String? = nil, servedModelHeader: String? = nil,
    resourceDomains: [String] = [], v1Path: [String] = [], audiences: [String] = [],
    stateLag: Duration = .zero, rules: RuleSet, refusals: [Refusal]
  ) {
    self.endpoints = endpoints
    self.operations = operations
    self.keyHeader = keyHeader
    self.variable = variable
    self.requestIDHeaders = requestIDHeaders
    self.errorCodeHeader = errorCodeHeader
    self.servedModelHeader = servedModelHeader
    self.resourceDomains = resourceDomains
    self.v1Path = v1Path
    self.audiences = audiences
    self.stateLag = stateLag
    self.rules = rules
    self.refusals = refusals
  }
}

/// Which operations an upstream has, by the shape of its paths.
///
/// What is not named exists.
public struct OperationTable: Sendable {
  private let unverified: [PathFamily: [Operation]]
  private let missing: [PathFamily: [Operation]]

  /// States which operations are missing, and of which nobody has reported either way.
  public init(
    unverified: [PathFamily: [Operation]] = [:], missing: [PathFamily: [Operation]] = [:]
  ) {
    self.unverified = unverified
    self.missing = missing
  }

  /// Lets an operation pass, perhaps with a warning.
  ///
  /// - Throws: ``TransportFailure`` when the upstream does not have it.
  func check(
    _ operation: Operation, at endpoint: Endpoint, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    let name = operation.rawValue
    if missing[endpoint.family]?.contains(operation) == true {
      throw TransportFailure(
        .operationUnsupported, scope: .endpoint,
        "\(endpoint.parent.authority) does not have the operation \(name).")
    }
    if unverified[endpoint.family]?.contains(operation) == true {
      exchange.warn("nobody has confirmed that \(endpoint.parent.authority) has \(name)")
    }
  }
}
