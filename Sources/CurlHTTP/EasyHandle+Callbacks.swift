import CCurl
import Glibc
import Synchronization

// SAFETY, for every callback here: the context is the unretained `EasyHandle` that registered it,
// which the loop keeps alive until libcurl has cleaned the handle up; libcurl calls on the thread
// that holds the turn.

extension EasyHandle {
  func setCallbacks(_ context: UnsafeMutableRawPointer) {
    unsafe set(CURLOPT_HEADERDATA, context)
    unsafe set(CURLOPT_WRITEDATA, context)
    unsafe set(CURLOPT_READDATA, context)
    unsafe set(CURLOPT_SEEKDATA, context)
    note(
      unsafe jf_curl_set_write(curl, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
        unsafe EasyHandle.at(context).acceptLine(
          UnsafeRawBufferPointer(start: bytes, count: size * count))
      })
    note(
      unsafe jf_curl_set_write(curl, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
        unsafe EasyHandle.at(context).acceptBody(
          UnsafeRawBufferPointer(start: bytes, count: size * count))
      })
    note(
      unsafe jf_curl_set_read(curl, CURLOPT_READFUNCTION) { bytes, size, count, context in
        unsafe EasyHandle.at(context).provideBody(
          UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
      })
    note(
      unsafe jf_curl_set_seek(curl, CURLOPT_SEEKFUNCTION) { context, offset, origin in
        unsafe EasyHandle.at(context).seekBody(to: Int(offset), from: origin)
      })
    setSocketCallbacks()
  }

  private func setSocketCallbacks() {
    // Pooled connections outlive the handle that opened them, so their context is the loop.
    let loop = unsafe Unmanaged.passUnretained(self.loop).toOpaque()
    unsafe set(CURLOPT_OPENSOCKETDATA, loop)
    unsafe set(CURLOPT_CLOSESOCKETDATA, loop)
    note(
      unsafe jf_curl_set_open_socket(curl) { loop, _, address in
        guard let address = unsafe address else { return -1 }
        return unsafe MultiLoop.at(loop).sockets.open(
          family: address.pointee.family, type: address.pointee.socktype,
          protocol: address.pointee.protocol)
      })
    note(
      unsafe jf_curl_set_close_socket(curl) { loop, descriptor in
        unsafe MultiLoop.at(loop).sockets.close(descriptor)
      })
  }

  static func at(_ context: UnsafeMutableRawPointer?) -> EasyHandle {
    guard let context = unsafe context else {
      preconditionFailure("libcurl hands back the context that it was given")
    }
    return unsafe Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue()
  }

  private func acceptLine(_ line: UnsafeRawBufferPointer) -> Int {
    guard let transfer, unsafe transfer.acceptLine(line) else { return 0 }
    if transfer.freshHead != nil { loop.touch(transfer) }
    return line.count
  }

  private func acceptBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let transfer else { return 0 }
    loop.touch(transfer)
    let limit = loop.options.bufferLimit
    if transfer.unread + transfer.arrived.count + bytes.count > limit {
      transfer.unread = transfer.state.withLock { $0.unreadCount }
      let waiting = transfer.unread + transfer.arrived.count
      guard waiting == 0 || waiting + bytes.count <= limit else {
        transfer.isPaused = true
        return Int(CURL_WRITEFUNC_PAUSE)
      }
    }
    unsafe transfer.arrived.append(contentsOf: bytes)
    return bytes.count
  }

  private func provideBody(_ target: UnsafeMutableRawBufferPointer) -> Int {
    guard let transfer else { return Int(CURL_READFUNC_ABORT) }
    transfer.sentAt = loop.clock.now
    return unsafe transfer.reader?.read(into: target) ?? 0
  }

  private func seekBody(to position: Int, from origin: Int32) -> Int32 {
    guard origin == SEEK_SET, transfer?.reader?.seek(to: position) == true else {
      return CURL_SEEKFUNC_FAIL
    }
    return CURL_SEEKFUNC_OK
  }
}
