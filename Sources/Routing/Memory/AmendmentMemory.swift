/// Remembers which amendments the requests of a deployment need, so that later calls begin with them.
///
/// It has no clock: instants are the time since any fixed origin, and never go back.
package struct AmendmentMemory: Sendable {
  /// A model at one provider.
  package struct Deployment: Sendable, Hashable {
    /// The provider id.
    package var provider: String
    /// The model as the upstream knows it.
    package var model: String

    /// Names a deployment.
    package init(provider: String, model: String) {
      self.provider = provider
      self.model = model
    }
  }

  /// The most amendments of a deployment; with one more the oldest is forgotten.
  ///
  /// Our choice: no upstream is known that refuses half as many fields.
  package static let amendmentLimit = 16
  /// The most deployments; with one more the one whose last use is longest ago is forgotten.
  package static let deploymentLimit = 256
  /// How long after its last use a deployment is forgotten.
  ///
  /// Our choice: upstreams change, and to find out again costs one refused attempt.
  package static let age = Duration.seconds(30 * 60)

  private struct Entry {
    var amendments: [String]
    var lastUse: Duration
  }

  private var entries: [Deployment: Entry] = [:]

  /// A memory of nothing.
  package init() {}

  /// Whether nothing is remembered.
  package var isEmpty: Bool { entries.isEmpty }

  /// What a deployment's requests need, in the order in which it was learned.
  package func amendments(of deployment: Deployment, at now: Duration) -> [String] {
    guard let entry = entries[deployment], now - entry.lastUse < Self.age else { return [] }
    return entry.amendments
  }

  /// What a deployment's requests need, for a request that will be sent.
  package mutating func use(_ deployment: Deployment, at now: Duration) -> [String] {
    let amendments = amendments(of: deployment, at: now)
    if amendments.isEmpty {
      entries[deployment] = nil
    } else {
      entries[deployment]?.lastUse = now
    }
    return amendments
  }

  /// Learns an amendment that helped.
  package mutating func remember(
    _ amendment: String, for deployment: Deployment, at now: Duration
  ) {
    var known = use(deployment, at: now)
    guard !known.contains(amendment) else { return }
    if known.count >= Self.amendmentLimit { known.removeFirst() }
    if known.isEmpty { makeRoom() }
    entries[deployment] = Entry(amendments: known + [amendment], lastUse: now)
  }

  private mutating func makeRoom() {
    guard entries.count >= Self.deploymentLimit,
      let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
    else { return }
    entries[oldest.key] = nil
  }
}
