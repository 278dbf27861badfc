internal import ProviderConfiguration
internal import TransportHost

/// What a request may take, as its headers say.
struct CallLimits {
  let limits: CallRequest.Limits

  /// Reads `x-jackfield-timeout: 30s`, `x-jackfield-max-retries: 0` and `x-jackfield-fallbacks: off`;
  /// what cannot be read limits nothing.
  init(of request: ReceivedRequest) {
    var limits = CallRequest.Limits()
    for (name, value) in request.headers where HeaderField.hasPrefix(name, "x-jackfield-") {
      switch name.lowercased() {
      case "x-jackfield-timeout": limits.total = DurationText.parse(value)
      case "x-jackfield-max-retries": limits.maxRetries = Int(value).map { max($0, 0) }
      case "x-jackfield-fallbacks": limits.allowsFallbacks = value != "off"
      default: break
      }
    }
    self.limits = limits
  }
}
