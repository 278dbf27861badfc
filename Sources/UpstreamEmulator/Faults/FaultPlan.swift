import Synchronization

/// Decides which faults a request meets, and counts.
final class FaultPlan: Sendable {
  private let always: [Fault]
  private let met = Mutex<[String: Int]>([:])

  /// - Parameter always: What every request meets that names no fault of its own.
  init(always: [Fault]) {
    self.always = always
  }

  /// The faults of one request, after taking one from the count of each.
  func next(for request: HTTPRequest) throws(Refusal) -> [Fault] {
    var wanted: [Fault] = []
    for header in request.headers where header.name == "x-emulate-fault" {
      for text in header.value.split(separator: ",") { wanted.append(try fault(text.trimmed)) }
    }
    return (wanted.isEmpty ? always : wanted).filter(takeOne)
  }

  private func fault(_ text: String) throws(Refusal) -> Fault {
    do {
      return try Fault(text)
    } catch {
      throw .invalid("\(error)", param: "x-emulate-fault")
    }
  }

  private func takeOne(_ fault: Fault) -> Bool {
    guard let count = fault.count else { return true }
    return met.withLock { met in
      met[fault.text, default: 0] += 1
      return met[fault.text, default: 0] <= count
    }
  }
}
