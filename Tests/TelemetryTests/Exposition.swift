#if Gateway

/// Reads Prometheus' text format 0.0.4, and refuses what its rules refuse.
struct Exposition {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  struct Sample: Equatable {
    let name: String
    let labels: [String: String]
    let value: Double
  }

  private(set) var types: [String: String] = [:]
  private(set) var helps: [String: String] = [:]
  private(set) var samples: [Sample] = []
  private(set) var comments: [String] = []

  init(_ text: String) throws {
    guard text.isEmpty || text.hasSuffix("\n") else {
      throw Failure(description: "the last line has no end")
    }
    var family: String?
    var finished: Set<String> = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init) {
      guard !line.hasPrefix("#") else {
        try read(comment: line)
        continue
      }
      let sample = try Self.sample(line)
      let current = try familyName(of: sample)
      if current != family {
        guard finished.insert(current).inserted else {
          throw Failure(description: "the lines of \(current) do not stand together")
        }
        family = current
      }
      guard !samples.contains(where: { $0.name == sample.name && $0.labels == sample.labels })
      else { throw Failure(description: "\(line) stands twice") }
      samples.append(sample)
    }
    try checkHistograms()
  }

  /// The value of the only series with these labels among its own, or nil.
  func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    let found = samples.filter { sample in
      sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
    }
    return found.count == 1 ? found[0].value : nil
  }

  private mutating func read(comment line: String) throws {
    let words = line.split(separator: " ", maxSplits: 3).map(String.init)
    switch words.count > 1 ? words[1] : "" {
    case "TYPE":
      guard words.count == 4, ["counter", "gauge", "histogram"].contains(words[3]),
        types.updateValue(words[3], forKey: words[2]) == nil
      else { throw Failure(description: line) }
    case "HELP":
      guard words.count == 4, helps.updateValue(words[3], forKey: words[2]) == nil else {
        throw Failure(description: line)
      }
    default: comments.append(line)
    }
  }

  private func familyName(of sample: Sample) throws -> String {
    if let type = types[sample.name], type != "histogram" { return sample.name }
    for suffix in ["_bucket", "_sum", "_count"] where sample.name.hasSuffix(suffix) {
      let name = String(sample.name.dropLast(suffix.count))
      if types[name] == "histogram" { return name }
    }
    throw Failure(description: "\(sample.name) has no type before it")
  }

  private static func sample(_ line: String) throws -> Sample {
    guard let match = line.wholeMatch(of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([^ ]+)/),
      let value = number(String(match.3))
    else { throw Failure(description: line) }
    var labels: [String: String] = [:]
    var rest = match.2 ?? ""
    while !rest.isEmpty {
      guard
        let label = rest.prefixMatch(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\"n])*)",?/),
        labels.updateValue(unescaped(String(label.2)), forKey: String(label.1)) == nil
      else { throw Failure(description: line) }
      rest = rest[label.range.upperBound...]
    }
    return Sample(name: String(match.1), labels: labels, value: value)
  }

  private static func number(_ text: String) -> Double? {
    switch text {
    case "+Inf": .infinity
    case "-Inf": -.infinity
    case "NaN": .nan
    default: Double(text)
    }
  }

  private static func unescaped(_ text: String) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        result.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// Buckets never fall, the last one is without a bound and is the count.
  private func checkHistograms() throws {
    for (name, type) in types where type == "histogram" {
      var last: [[String: String]: (bound: Double, count: Double)] = [:]
      for sample in samples where sample.name == "\(name)_bucket" {
        var labels = sample.labels
        guard let bound = labels.removeValue(forKey: "le").flatMap(Self.number) else {
          throw Failure(description: "\(name) has a bucket without a bound")
        }
        if let before = last[labels], before.bound >= bound || before.count > sample.value {
          throw Failure(description: "the buckets of \(name) fall at \(bound)")
        }
        last[labels] = (bound, sample.value)
      }
      for (labels, bucket) in last {
        let count = samples.first { $0.name == "\(name)_count" && $0.labels == labels }
        guard bucket.bound == .infinity, count?.value == bucket.count else {
          throw Failure(description: "\(name) counts what is in no bucket")
        }
      }
    }
  }
}

#endif
