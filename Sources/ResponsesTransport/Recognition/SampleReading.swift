import JSONText
public import TransportSDK

/// A request that works, taken apart for the plugin that may know its kind.
public struct SampleReading: Sendable {
  /// The URL as written.
  public let url: EndpointURL
  /// The URL without its operation and without a version in the query.
  public let base: EndpointURL
  /// The version in the query; nil: none.
  public let version: String?
  /// What the URL asks.
  public let operation: Operation
  /// The response it is about, or empty.
  public let responseID: String
  /// Whether it asks in another protocol, so that the answer will be sought elsewhere.
  public let isForeign: Bool
  /// Lower-case names of the headers.
  public let headerNames: [String]
  /// How the credential is presented; nil: there is none.
  public let authentication: TransportSettings.Authentication?
  /// The model that the body names; nil: none.
  public let model: String?

  /// Reads a sample; nil when its URL is none or asks nothing that is known.
  public init?(_ sample: SampleRequest, body: Span<UInt8>) {
    guard let url = try? EndpointURL(sample.url),
      let match = OperationPath.match(url.path, method: sample.method)
    else { return nil }
    self.url = url
    operation = match.operation
    responseID = match.responseID
    isForeign = match.isForeign
    headerNames = sample.headerNames
    authentication = Self.authentication(of: sample)
    model = (try? JSONText.validate(body))?.member("model", in: body)?.string(in: body)
    version = url.query.first { QueryText.name(of: $0) == APIVersion.parameter }
      .map(QueryText.value)
    var base = url
    base.path = match.parent
    base.query.removeAll { QueryText.name(of: $0) == APIVersion.parameter }
    // What an operation without a body has in its query is the caller's, not the provider's.
    if !match.operation.hasBody { base.query = [] }
    self.base = base
  }

  /// Other headers in which gateways take a secret, by how often they are met.
  private static let secretHeaders = [
    "api-key", "x-api-key", "ocp-apim-subscription-key", "x-goog-api-key", "x-litellm-api-key",
  ]

  private static func authentication(
    of sample: SampleRequest
  ) -> TransportSettings.Authentication? {
    if sample.headerNames.contains("authorization") {
      return sample.isBearer ? .bearer : .header("authorization")
    }
    return secretHeaders.first { sample.headerNames.contains($0) }.map { .header($0) }
  }
}
