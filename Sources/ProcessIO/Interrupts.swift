internal import Dispatch
internal import Glibc
internal import Synchronization

/// Tells when the user presses Ctrl-C.
///
/// The first time the action runs on a queue of its own; the second time the process ends at once
/// with status 130, in case what was asked to stop does not.
///
/// SAFETY: the source is made in `init` and touched again only in `deinit`; the count is atomic.
package final class Interrupts: @unchecked Sendable {
  private let source: any DispatchSourceSignal
  private let count = Atomic(0)
  private let action: @Sendable () -> Void

  /// Starts listening for as long as this value lives.
  package init(_ action: @escaping @Sendable () -> Void) {
    self.action = action
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(
      signal: SIGINT, queue: DispatchQueue(label: "jackfield.interrupts"))
    source.setEventHandler { [weak self] in self?.interruptReceived() }
    source.resume()
  }

  deinit { source.cancel() }

  private func interruptReceived() {
    if count.wrappingAdd(1, ordering: .relaxed).oldValue > 0 { _exit(130) }
    action()
  }
}
