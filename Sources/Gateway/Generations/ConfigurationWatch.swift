internal import ProcessIO

/// Watches a file for changes.
///
/// The file is looked at and not listened to: an editor that writes another file in its place, a link
/// that is turned, a volume of another machine all end in another state of the same path, and in no
/// event that all of them give.
package struct ConfigurationWatch {
  /// How often the file is looked at.
  ///
  /// Our choice: a look costs a microsecond, and nobody waits for this at a keyboard.
  package static let interval = Duration.milliseconds(500)

  private var known: [Int64]?
  private var seen: [Int64]?

  /// Begins with the state that the file has now; nil: it is not there.
  package init(_ version: [Int64]?) { (known, seen) = (version, version) }

  /// Takes in another look.
  ///
  /// A change counts once two looks agree: in between a file may be half written.
  ///
  /// - Returns: Whether the file is another one, and settled.
  package mutating func look(_ version: [Int64]?) -> Bool {
    defer { seen = version }
    guard version != known, version == seen, version != nil else { return false }
    known = version
    return true
  }

  /// An element each time the file has changed.
  ///
  /// It is compared with what it is now, at the call: a caller that reads the file after this call misses
  /// no change of it.
  package static func changes(of path: String) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let first = version(of: path)
    let task = Task {
      var watch = ConfigurationWatch(first)
      while (try? await ContinuousClock().sleep(for: interval)) != nil {
        if watch.look(version(of: path)) { continuation.yield() }
      }
    }
    continuation.onTermination = { _ in task.cancel() }
    return stream
  }

  private static func version(of path: String) -> [Int64]? {
    (try? FileStatus(of: path))?.version
  }
}
