/// A target in the words of the configuration, for reports and for scripts that name it.
package struct SimulatedTarget: Sendable, Hashable {
  /// The clocks of one attempt.
  package struct Clocks: Sendable, Hashable {
    /// Until the connection stands.
    package var connect: Duration
    /// Until the first event of a stream; whole answers have no such clock.
    package var firstEvent: Duration
    /// One whole attempt.
    package var attempt: Duration

    /// States the clocks.
    package init(connect: Duration, firstEvent: Duration, attempt: Duration) {
      self.connect = connect
      self.firstEvent = firstEvent
      self.attempt = attempt
    }
  }

  /// What failures may blame, by the names that people know.
  package struct ScopeNames: Sendable, Hashable {
    /// The deployment.
    package var model: String
    /// The credential.
    package var credential: String
    /// The endpoint.
    package var endpoint: String
    /// The way to it.
    package var network: String

    /// States the names.
    package init(model: String, credential: String, endpoint: String, network: String) {
      self.model = model
      self.credential = credential
      self.endpoint = endpoint
      self.network = network
    }
  }

  /// Its id in the file, or what stands for one there.
  package var id: String
  /// The provider id.
  package var provider: String
  /// The model as the upstream knows it.
  package var model: String
  /// Its place in the file, such as `providers.yaml:12:9`; empty where it has none.
  package var source: String
  /// The clocks of its attempts.
  package var clocks: Clocks
  /// What its failures may blame.
  package var scopes: ScopeNames

  /// States a target.
  package init(
    id: String, provider: String, model: String, source: String = "", clocks: Clocks,
    scopes: ScopeNames
  ) {
    self.id = id
    self.provider = provider
    self.model = model
    self.source = source
    self.clocks = clocks
    self.scopes = scopes
  }
}
