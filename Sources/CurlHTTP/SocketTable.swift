import CCurl
import Glibc

/// Which sockets are watched, and for what.
///
/// libcurl stops watching a connection when an exchange ends and watches it again for the next one.
/// Sockets that were opened here are left in the queue in between, which saves two system calls an
/// exchange; they leave it when news come that nobody asked for, or by being closed.
struct SocketTable: ~Copyable {
  private struct Entry {
    var wanted: UInt32 = 0
    var watched: UInt32 = 0
    var isOwned = false
  }

  /// The number of open sockets that were opened here: connections, pooled ones included.
  ///
  /// One that was given up while it connected counts until its number is used again.
  private(set) var openCount = 0
  private var entries: [Entry] = []

  /// Opens a socket for libcurl, closed on `exec`.
  mutating func open(family: Int32, type: Int32, protocol number: Int32) -> Int32 {
    let descriptor = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), number)
    guard descriptor >= 0 else { return -1 }
    grow(to: descriptor)
    // A socket that is given up while it connects is closed by libcurl itself, without a word.
    if !entries[Int(descriptor)].isOwned { openCount += 1 }
    entries[Int(descriptor)] = Entry(isOwned: true)
    return descriptor
  }

  /// Closes a socket that `open` made.
  mutating func close(_ descriptor: Int32) -> Int32 {
    grow(to: descriptor)
    if entries[Int(descriptor)].isOwned { openCount -= 1 }
    entries[Int(descriptor)] = Entry()
    return Glibc.close(descriptor)
  }

  /// Obeys libcurl's wish for a socket: bits to watch, none for no longer.
  mutating func want(_ descriptor: Int32, _ bits: UInt32, in queue: EventQueue) {
    grow(to: descriptor)
    entries[Int(descriptor)].wanted = bits
    let entry = entries[Int(descriptor)]
    guard entry.watched != bits, bits != 0 || !entry.isOwned else { return }
    watch(descriptor, bits, in: queue)
  }

  /// Whether somebody asked for news of this socket; if not, it leaves the queue.
  mutating func isWanted(_ descriptor: Int32, in queue: EventQueue) -> Bool {
    grow(to: descriptor)
    let entry = entries[Int(descriptor)]
    if entry.wanted == 0, entry.watched != 0 { watch(descriptor, 0, in: queue) }
    return entry.wanted != 0
  }

  private mutating func watch(_ descriptor: Int32, _ bits: UInt32, in queue: EventQueue) {
    queue.setInterest(of: descriptor, to: bits, isNew: entries[Int(descriptor)].watched == 0)
    entries[Int(descriptor)].watched = bits
  }

  private mutating func grow(to descriptor: Int32) {
    while entries.count <= Int(descriptor) { entries.append(Entry()) }
  }
}
