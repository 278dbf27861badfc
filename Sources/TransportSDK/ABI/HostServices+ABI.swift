internal import CTransportABI

extension HostServices {
  /// The services of a host's function table.
  init(_ table: jf_host) {
    self.init(
      unixTime: { unsafe .milliseconds(table.unix_time_ms(table.context)) },
      random: { count in
        var bytes = [UInt8](repeating: 0, count: count)
        // SAFETY: the host fills as many bytes as the buffer has, during the call.
        unsafe bytes.withUnsafeMutableBufferPointer { buffer in
          guard let start = buffer.baseAddress else { return }
          unsafe table.random(table.context, start, buffer.count)
        }
        return bytes
      })
  }
}
