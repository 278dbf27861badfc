import CCurl
import Glibc

/// The owner of an epoll queue and of the event descriptor that wakes its waiter.
///
/// Not `curl_multi_poll`: that hands every open socket to the kernel on every turn, and with
/// thousands of idle streams each event would pay for all of them.
///
/// SAFETY: the event buffer is allocated and freed here and belongs to the thread that waits; the
/// kernel guards the descriptors.
@safe final class EventQueue: @unchecked Sendable {
  /// One socket's news.
  struct Event {
    let descriptor: Int32
    let isReadable: Bool
    let isWritable: Bool
    let isBroken: Bool
  }

  private static let capacity = 256

  private let queue: Int32
  private let bell: Int32
  private let events: UnsafeMutablePointer<epoll_event>

  /// - Throws: `engine` where the process has no file descriptor left.
  init() throws(HTTPError) {
    let queue = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard queue >= 0 else { throw HTTPError(.engine, "epoll_create1 failed: errno \(errno)") }
    let bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard bell >= 0 else {
      close(queue)
      throw HTTPError(.engine, "eventfd failed: errno \(errno)")
    }
    self.queue = queue
    self.bell = bell
    unsafe events = .allocate(capacity: Self.capacity)
    setInterest(of: bell, to: UInt32(jf_curl_readable), isNew: true)
  }

  deinit {
    close(queue)
    close(bell)
    unsafe events.deallocate()
  }

  /// Ends a wait, the present one or the next.
  ///
  /// Any thread.
  func ring() {
    var one: UInt64 = 1
    // A full counter refuses the write, and then the waiter is awake anyway.
    _ = unsafe write(bell, &one, MemoryLayout<UInt64>.size)
  }

  /// Waits for news.
  ///
  /// Only the engine's thread calls this.
  ///
  /// - Parameter milliseconds: The longest wait; -1 for no limit.
  /// - Returns: How many events can be read with `event(at:)`.
  func wait(milliseconds: Int32) -> Int {
    max(0, Int(unsafe epoll_wait(queue, events, Int32(Self.capacity), milliseconds)))
  }

  /// One of the events of the last wait, or nil where it was the bell.
  func event(at index: Int) -> Event? {
    let entry = unsafe events[index]
    let descriptor = unsafe entry.data.fd
    guard descriptor != bell else {
      var count: UInt64 = 0
      _ = unsafe read(bell, &count, MemoryLayout<UInt64>.size)
      return nil
    }
    let bits = unsafe entry.events
    return Event(
      descriptor: descriptor,
      isReadable: bits & UInt32(jf_curl_readable) != 0,
      isWritable: bits & UInt32(jf_curl_writable) != 0,
      isBroken: bits & ~UInt32(jf_curl_readable | jf_curl_writable) != 0)
  }

  /// Watches a descriptor for those bits; none stops watching.
  func setInterest(of descriptor: Int32, to bits: UInt32, isNew: Bool) {
    var entry = unsafe epoll_event()
    unsafe entry.events = bits
    unsafe entry.data.fd = descriptor
    let operation = bits == 0 ? EPOLL_CTL_DEL : isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
    guard unsafe epoll_ctl(queue, operation, descriptor, &entry) != 0 else { return }
    // libcurl closes a socket that never connected by itself, and its number comes back.
    if operation == EPOLL_CTL_MOD, errno == ENOENT {
      _ = unsafe epoll_ctl(queue, EPOLL_CTL_ADD, descriptor, &entry)
    }
  }
}
