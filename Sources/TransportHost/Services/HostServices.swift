internal import CTransportABI
internal import Glibc
internal import Synchronization

/// What the host lends every plugin of this process.
@safe final class HostServices: Sendable {
  /// The one table of this process.
  static let shared = HostServices()

  /// SAFETY: written once below and never freed: plugins may keep it.
  nonisolated(unsafe) let table: UnsafePointer<jf_host>

  private init() {
    let memory = UnsafeMutablePointer<jf_host>.allocate(capacity: 1)
    unsafe memory.initialize(
      to: jf_host(
        struct_size: UInt32(MemoryLayout<jf_host>.size), reserved: 0, context: nil,
        log: { unsafe PluginLog.write(level: $1, String($2)) },
        unix_time_ms: { _ in HostServices.unixMilliseconds },
        random: { unsafe HostServices.fill($1, $2) },
        get_extension: { unsafe HostServices.service($1) }))
    unsafe table = UnsafePointer(memory)
  }

  static var unixMilliseconds: Int64 {
    var now = timespec()
    // SAFETY: `now` is this function's own and outlives the call.
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }

  static func fill(_ buffer: UnsafeMutablePointer<UInt8>, _ length: Int) {
    var random = SystemRandomNumberGenerator()
    for index in 0..<length {
      // SAFETY: the plugin lends `length` bytes.
      unsafe buffer[index] = UInt8.random(in: 0...255, using: &random)
    }
  }

  static func service(_ id: UnsafePointer<CChar>) -> UnsafeRawPointer? {
    unsafe String(cString: id) == JF_JSON_1 ? JSONService.table : nil
  }
}

/// Where plugins' log lines go: nowhere, until the program says otherwise.
public enum PluginLog {
  /// Takes a level of the ABI (5 debug, 9 info, 13 warn, 17 error) and a line.
  public typealias Sink = @Sendable (_ level: Int32, _ message: String) -> Void

  private static let sink = Mutex<Sink?>(nil)

  /// Sends the lines of all plugins somewhere; nil: nowhere.
  public static func send(to sink: Sink?) {
    self.sink.withLock { $0 = sink }
  }

  static func write(level: Int32, _ message: String) {
    let sink = sink.withLock { $0 }
    sink?(level, message)
  }
}
