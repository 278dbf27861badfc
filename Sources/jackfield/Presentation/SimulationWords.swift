import RouteSimulation
import Routing

extension Duration {
  /// The seconds, with what is left of one.
  var seconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) / 1e18
  }

  /// A time as people read it: `812ms`, `1.35s`, `112.3s`.
  var words: String {
    let milliseconds = Int(self / .milliseconds(1))
    if milliseconds < 1000 { return milliseconds == 0 ? "0s" : "\(milliseconds)ms" }
    let hundredths = milliseconds / 10
    let (whole, part) = (hundredths / 100, hundredths % 100)
    guard part > 0, milliseconds < 1_000_000 else { return "\(whole)s" }
    let digits = milliseconds < 100_000 ? (part < 10 ? "0" : "") + "\(part)" : "\(part / 10)"
    return "\(whole).\(digits)s".droppingTrailingZeros
  }
}

extension Double {
  /// The number with at most one decimal.
  var short: String { "\((self * 10).rounded() / 10)".droppingTrailingZeros }
}

extension String {
  fileprivate var droppingTrailingZeros: String {
    guard contains(".") else { return self }
    var text = self[...]
    let unit = text.last == "s" ? "s" : ""
    text = text.dropLast(unit.count)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text + unit
  }
}

extension Disturbance.Effect {
  /// The effect in words.
  var words: String {
    switch self {
    case .outage(.limited(let wait)): "429, again in \(TimeText.write(wait))"
    case .outage(.quota(let reset?)): "quota until \(TimeText.write(reset))"
    case .outage(let outage): outage.word
    case .rateLimit(let limit): "at most \(limit) a minute"
    case .latency(let median): "latency \(TimeText.write(median))"
    }
  }
}

extension CallStep.Reason {
  /// The reason in words.
  var words: String {
    switch self {
    case .only: "the only target"
    case .strategy(let strategy): "by strategy \(strategy.word)"
    case .home: "where its state is"
    case .sticky: "where its session goes"
    case .next: "the next target"
    case .fallback(let model, _): "fallback of \(model)"
    case .retry(let number, let most): "retry \(number) of \(most)"
    case .mended: "the same again, mended"
    case .lastResort: "the last resort: all are left alone"
    case .resumed: "the rest of its answer"
    }
  }
}

extension RoutingStrategy {
  /// The word for it in the configuration.
  fileprivate var word: String {
    switch self {
    case .priority: "priority"
    case .weighted: "weighted"
    case .roundRobin: "round_robin"
    case .leastBusy: "least_busy"
    case .leastLatency: "least_latency"
    case .hash: "hash"
    }
  }
}

extension FailureScope {
  /// The word for it.
  var word: String {
    switch self {
    case .request: "request"
    case .model: "model"
    case .credential: "credential"
    case .endpoint: "endpoint"
    case .network: "network"
    }
  }
}
