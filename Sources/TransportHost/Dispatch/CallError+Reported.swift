internal import ProviderConfiguration

extension ConfigurationDocument {
  /// A value of a provider's entry as it should be written; nil where that is not known.
  func correction(
    ofProvider id: String, pointer: String, _ suggestion: String
  ) -> CallError.Correction? {
    guard !suggestion.isEmpty,
      let finding = diagnostic(
        .rejectedSetting, ofProvider: id, pointer: pointer, message: "", suggestion: suggestion),
      let text = finding.suggestion?.text
    else { return nil }
    return CallError.Correction(text: text, source: finding.mark)
  }
}

extension CallError {
  /// A failure that a transport reported, with the configuration behind it.
  init(_ failure: ReportedFailure, route: Route, document: ConfigurationDocument) {
    let mark = Self.mark(of: failure, route: route, document: document)
    self.init(failure.code, failure.message, source: mark)
    pointer = failure.pointer
    retryAfter = failure.retryAfter
    if !failure.setting.isEmpty {
      correction = document.correction(
        ofProvider: route.provider.id, pointer: failure.setting, failure.suggestion)
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
    // What one request did is not written in the configuration.
    case .request: return nil
    case .model: return route.source
    case .credential: return route.provider.auth?.mark ?? route.provider.mark
    case .endpoint, .network: return route.provider.baseURL?.mark ?? place("/options")
    }
  }
}
