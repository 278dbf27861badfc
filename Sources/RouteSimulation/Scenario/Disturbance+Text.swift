extension Disturbance {
  /// Reads what `--outage` takes: `WHAT[@FROM..[TO]][=KIND]`.
  ///
  /// - Throws: What is wrong with it and where.
  package static func outage(_ text: String) throws(TextProblem) -> Disturbance {
    let parts = DisturbanceText(text, option: "--outage")
    return try parts.disturbance { value throws(TextProblem) in
      .outage(try value.map(parts.outage) ?? .refused)
    }
  }

  /// Reads what `--rate-limit` takes: `WHAT[@FROM..[TO]]=N`, in requests a minute.
  ///
  /// - Throws: What is wrong with it and where.
  package static func rateLimit(_ text: String) throws(TextProblem) -> Disturbance {
    let parts = DisturbanceText(text, option: "--rate-limit")
    return try parts.disturbance { value throws(TextProblem) in
      guard let value, let limit = Int(value.text), limit >= 0 else {
        throw parts.problem(
          "a limit is a whole number of requests a minute", at: value,
          help: "write \(parts.target)=60 for one a second")
      }
      return .rateLimit(limit)
    }
  }

  /// Reads what `--latency` takes: `WHAT[@FROM..[TO]]=DURATION`, the median time to the first event.
  ///
  /// - Throws: What is wrong with it and where.
  package static func latency(_ text: String) throws(TextProblem) -> Disturbance {
    let parts = DisturbanceText(text, option: "--latency")
    return try parts.disturbance { value throws(TextProblem) in
      guard let value else {
        throw parts.problem(
          "a latency is a duration", at: nil, help: "write \(parts.target)=2s or 300ms")
      }
      return .latency(try parts.duration(value))
    }
  }
}
