import CTransportABI
import Testing
import TransportSDK

// The host behaves; these calls do not go through it.

@Suite struct `A Swift transport called by any host` {
  /// The transport does not give what it must.
  private struct Missing: Error {}

  /// The table, as a host finds it.
  private static func table() throws -> UnsafePointer<jf_transport> {
    let entry = unsafe probeEntry.pointer
    let found = unsafe entry.pointee.get_interface(entry, JF_TRANSPORT_1)
    guard let memory = unsafe found else { throw Missing() }
    return unsafe memory.assumingMemoryBound(to: jf_transport.self)
  }

  private static func instance(_ table: UnsafePointer<jf_transport>) throws -> OpaquePointer {
    var settings = unsafe jf_settings()
    unsafe settings.struct_size = UInt32(MemoryLayout<jf_settings>.size)
    var sink = unsafe jf_settings_sink(
      struct_size: UInt32(MemoryLayout<jf_settings_sink>.size), reserved: 0, context: nil,
      fail: { _, _, _, _ in }, warn: { _, _, _, _ in })
    var host = unsafe jf_host(
      struct_size: UInt32(MemoryLayout<jf_host>.size), reserved: 0, context: nil,
      log: { _, _, _ in }, unix_time_ms: { _ in 1_800_000_000_123 },
      random: { _, buffer, count in
        for index in 0..<count { unsafe buffer[index] = UInt8(index + 1) }
      },
      get_extension: { _, _ in nil })
    let created = unsafe table.pointee.create(table, &host, &settings, &sink)
    guard let instance = unsafe created else { throw Missing() }
    return unsafe instance
  }

  /// What a sink that counts was told.
  private final class Count {
    var emits = 0
    var fails = 0
    var methods = 0
    let limit: Int

    init(limit: Int) { self.limit = limit }

    static func of(_ context: UnsafeMutableRawPointer?) -> Count? {
      unsafe context.map { unsafe Unmanaged<Count>.fromOpaque($0).takeUnretainedValue() }
    }

    var context: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }

    /// A sink that wants no more after `limit` events.
    var events: jf_event_sink {
      unsafe jf_event_sink(
        struct_size: UInt32(MemoryLayout<jf_event_sink>.size), reserved: 0, context: context,
        forward: { _ in 1 },
        emit: { context, _, _ in
          guard let count = unsafe Count.of(context) else { return 0 }
          count.emits += 1
          return count.emits < count.limit ? 1 : 0
        },
        fail: { context, _ in unsafe Count.of(context)?.fails += 1 })
    }

    var exchange: jf_exchange_sink {
      unsafe jf_exchange_sink(
        struct_size: UInt32(MemoryLayout<jf_exchange_sink>.size), reserved: 0, context: context,
        method: { context, _ in unsafe Count.of(context)?.methods += 1 }, url: { _, _ in },
        header: { _, _, _ in }, header_credential: { _, _, _, _ in }, body_literal: { _, _ in },
        body_input: { _, _ in }, edit: { _, _, _, _, _ in }, warn: { _, _ in },
        fail: { context, _ in unsafe Count.of(context)?.fails += 1 })
    }
  }

  @Test func `gives the same interface each time, and none for ids that it does not have`() throws {
    let entry = unsafe probeEntry.pointer
    let first = unsafe entry.pointee.get_interface(entry, JF_TRANSPORT_1)
    #expect(unsafe first != nil)
    #expect(unsafe entry.pointee.get_interface(entry, JF_TRANSPORT_1) == first)
    for id in ["", "jackfield.transport/10", "jackfield.transport/2", "jackfield.auth/1"] {
      #expect(unsafe entry.pointee.get_interface(entry, id) == nil)
    }
  }

  @Test func `has the clock and the randomness of its host`() throws {
    let table = try unsafe Self.table()
    let instance = try unsafe Self.instance(table)
    defer { unsafe table.pointee.destroy(instance) }
    let host = try #require(ProbeTransport.seen(by: "")).settings.host
    #expect(host.unixTime == .milliseconds(1_800_000_000_123))
    #expect(host.random(4) == [1, 2, 3, 4])
    #expect(host.random(0) == [])
  }

  @Test(arguments: [1, 2, 3])
  func `stops to emit when nobody wants more`(_ limit: Int) throws {
    let table = try unsafe Self.table()
    let instance = try unsafe Self.instance(table)
    defer { unsafe table.pointee.destroy(instance) }
    let count = Count(limit: limit)
    var exchange: OpaquePointer?
    var request = unsafe Self.request("create")
    var sink = unsafe count.exchange
    #expect(unsafe table.pointee.prepare(instance, &request, &sink, &exchange) == JF_OK)
    defer { unsafe exchange.map { unsafe table.pointee.exchange_destroy?($0) } }
    var events = unsafe count.events
    guard let onFrame = unsafe table.pointee.on_frame else { throw Missing() }
    let status = unsafe onFrame(
      instance, exchange, jf_borrowed_text(), jf_borrowed_bytes(), &events)
    #expect(status == JF_OK)
    #expect(count.emits == limit)
  }

  @Test func `survives empty texts, foreign bytes and ranges that lie outside`() throws {
    let table = try unsafe Self.table()
    let instance = try unsafe Self.instance(table)
    defer { unsafe table.pointee.destroy(instance) }
    let count = Count(limit: 1)
    let body = Array("{\"a\":1}".utf8)
    let members = [
      jf_member(key: jf_range(offset: 1, length: 3), value: jf_range(offset: 5, length: 1)),
      jf_member(key: jf_range(offset: 1, length: 3), value: jf_range(offset: 5, length: 100)),
      jf_member(key: jf_range(offset: -1, length: 3), value: jf_range(offset: 5, length: 1)),
      jf_member(key: jf_range(offset: 1, length: .max), value: jf_range(offset: 5, length: 1)),
      jf_member(key: jf_range(offset: 1, length: 3), value: jf_range(offset: 5, length: 0)),
    ]
    let model: [CChar] = [-1, -2, 0x41]
    var exchange: OpaquePointer?
    let status = unsafe body.withUnsafeBufferPointer { body in
      unsafe members.withUnsafeBufferPointer { members in
        unsafe model.withUnsafeBufferPointer { model in
          var request = unsafe Self.request("create")
          unsafe request.body = jf_borrowed_bytes(ptr: body.baseAddress, len: body.count)
          unsafe request.members = members.baseAddress
          unsafe request.member_count = members.count
          unsafe request.model = jf_borrowed_text(ptr: model.baseAddress, len: model.count)
          var sink = unsafe count.exchange
          return unsafe table.pointee.prepare(instance, &request, &sink, &exchange)
        }
      }
    }
    unsafe exchange.map { unsafe table.pointee.exchange_destroy?($0) }
    #expect(status == JF_OK)
    #expect(count.methods == 1 && count.fails == 0)
    let seen = ProbeTransport.seen(by: "")?.request
    #expect(seen?.model == "\u{FFFD}\u{FFFD}A")
    #expect(seen?.members.count == 1)
  }

  private static func request(_ operation: StaticString) -> jf_request {
    var request = unsafe jf_request()
    unsafe request.struct_size = UInt32(MemoryLayout<jf_request>.size)
    unsafe request.attempt = 1
    unsafe request.operation = jf_borrowed_text(
      ptr: UnsafeRawPointer(operation.utf8Start).assumingMemoryBound(to: CChar.self),
      len: operation.utf8CodeUnitCount)
    return unsafe request
  }
}
