import Glibc

extension Socket {
  /// Opens a listening socket on the loopback interface, and nowhere else.
  ///
  /// - Parameter port: The port; 0 picks a free one.
  /// - Returns: The socket and its port.
  /// - Throws: What the system said.
  static func listening(onPort port: UInt16) throws(SocketError) -> (Socket, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .failed(errno) }
    let socket = Socket(owning: descriptor)
    var reuse: Int32 = 1
    _ = unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor, toPort: port) == 0, listen(descriptor, SOMAXCONN) == 0 else {
      throw .failed(errno)
    }
    return (socket, boundPort(of: descriptor))
  }

  private static func bind(_ descriptor: Int32, toPort port: UInt16) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    // SAFETY: sockaddr_in is layout-compatible with the head of sockaddr, and its size is passed.
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private static func boundPort(of descriptor: Int32) -> UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    // SAFETY: as in `bind`; the system writes at most `size` bytes.
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = unsafe getsockname(descriptor, $0, &size)
      }
    }
    return UInt16(bigEndian: address.sin_port)
  }
}
