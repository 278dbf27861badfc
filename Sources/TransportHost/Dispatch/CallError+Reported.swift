internal import ProviderConfiguration

extension CallError {
  /// A failure that a transport reported, with the configuration behind it.
  init(_ failure: ReportedFailure, route: Route, document: ConfigurationDocument) {
    let mark = Self.mark(of: failure, route: route, document: document)
    self.init(failure.code, failure.message, source: mark)
    pointer = failure.pointer
    retryAfter = failure.retryAfter
    if !failure.suggestion.isEmpty, !failure.setting.isEmpty, let mark {
      correction = Correction(text: failure.suggestion, source: mark)
    }
  }

  /// The line to look at: the setting that the transport names, else what its scope blames.
  private static func mark(
    of failure: ReportedFailure, route: Route, document: ConfigurationDocument
  ) -> Mark? {
    func place(_ pointer: String) -> Mark? {
      document.mark(ofProvider: route.provider.id, pointer: pointer)
    }
    if !failure.setting.isEmpty { return place(failure.setting) }
    switch failure.scope {
    case .request: return failure.code.fault == .caller ? nil : route.source
    case .model: return route.source
    case .credential: return route.provider.auth?.mark ?? route.provider.mark
    case .endpoint, .network: return route.provider.baseURL?.mark ?? place("/options")
    }
  }
}
