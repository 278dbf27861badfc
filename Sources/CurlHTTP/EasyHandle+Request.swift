import CCurl

/// What a handle was told that the next request may want otherwise.
struct RequestSettings: Equatable {
  var url: String?
  var customMethod: String?
  var connectMilliseconds = 0
  var proxy: String?
  var waitsForMultiplexing = false
  var needsFreshConnection = false
}

extension EasyHandle {
  /// Bodies up to this size are copied and sent with the head in one write.
  ///
  /// Source: our choice; libcurl does so up to 64 KiB, but an open exchange keeps the copy.
  static let smallBodyLimit = 16 << 10

  /// Prepares the handle for an exchange.
  ///
  /// - Throws: `engine` where libcurl has no memory.
  func lend(to transfer: Transfer) throws(HTTPError) {
    self.transfer = transfer
    clearFailureText()
    let request = transfer.request
    headerList.fill(request.headers)
    note(unsafe jf_curl_set_list(curl, CURLOPT_HTTPHEADER, headerList.first))
    setBody(of: transfer, request)
    tell(settings(for: request, isSentAgain: transfer.isSentAgain))
    let code = takeFailure()
    guard code == CURLE_OK else { throw HTTPError(code, detail: "", proxyStatus: 0) }
  }

  /// Takes the handle back when libcurl has let go of the exchange.
  func takeBack() { transfer = nil }

  private func settings(for request: HTTPRequest, isSentAgain: Bool) -> RequestSettings {
    let isSecure = request.url.utf8.dropFirst(4).first.map { $0.asciiLowercased } == 0x73
    let proxy =
      isSecure ? loop.options.environment.httpsProxy : loop.options.environment.httpProxy
    return RequestSettings(
      url: request.url,
      customMethod: request.method == (request.body == nil ? "GET" : "POST")
        ? nil : request.method,
      connectMilliseconds: request.clocks.connect.map {
        max(1, Int(Int32(clamping: $0.nanoseconds / 1_000_000)))
      } ?? 0,
      // An empty string keeps libcurl from searching the environment.
      proxy: request.usesProxy ? proxy ?? "" : "",
      // Waiting pays where the connection that is being made may take this exchange too.
      waitsForMultiplexing: isSecure
        ? loop.options.versions != .http1 : loop.options.versions == .http2,
      needsFreshConnection: isSentAgain)
  }

  private func tell(_ wanted: RequestSettings) {
    guard wanted != told else { return }
    set(CURLOPT_URL, wanted.url)
    set(CURLOPT_CUSTOMREQUEST, wanted.customMethod)
    set(CURLOPT_CONNECTTIMEOUT_MS, wanted.connectMilliseconds)
    set(CURLOPT_PROXY, wanted.proxy)
    set(CURLOPT_PIPEWAIT, wanted.waitsForMultiplexing ? 1 : 0)
    set(CURLOPT_FRESH_CONNECT, wanted.needsFreshConnection ? 1 : 0)
    told = wanted
  }

  private func setBody(of transfer: Transfer, _ request: HTTPRequest) {
    transfer.reader = nil
    guard let body = request.body else {
      if request.method == "HEAD" { return set(CURLOPT_NOBODY, 1) }
      return set(CURLOPT_HTTPGET, 1)
    }
    set(CURLOPT_POST, 1)
    set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
    var reader = HTTPBodyReader(body)
    guard body.count > Self.smallBodyLimit else {
      let copy = unsafe reserveSmallBody(body.count)
      _ = unsafe reader.read(into: copy)
      return unsafe set(CURLOPT_POSTFIELDS, UnsafeRawPointer(copy.baseAddress))
    }
    unsafe set(CURLOPT_POSTFIELDS, UnsafeRawPointer?.none)
    transfer.reader = reader
  }
}

// MARK: - Header list

/// A `curl_slist` in memory of its own that is used again for the next request: no allocation a
/// header.
// SAFETY: both buffers are allocated, freed and sized here; every write goes through their bounds.
@safe final class HeaderList {
  private var nodes = unsafe UnsafeMutableBufferPointer<curl_slist>(start: nil, count: 0)
  private var text = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var length = 0

  deinit {
    unsafe nodes.deallocate()
    unsafe text.deallocate()
  }

  /// The list for libcurl, valid until it is filled again.
  var first: UnsafeMutablePointer<curl_slist>? { unsafe nodes.baseAddress }

  /// Writes the list.
  ///
  /// Room for the line that keeps libcurl from asking for `100-continue` comes first.
  func fill(_ headers: [HTTPHeader]) {
    reserve(
      nodeCount: headers.count + 1,
      byteCount: headers.reduce(8) { $0 + $1.name.utf8.count + $1.value.utf8.count + 3 })
    length = 0
    add(0, name: "Expect", value: nil, isLast: headers.isEmpty)
    for (index, header) in headers.enumerated() {
      add(
        index + 1, name: header.name, value: header.value, isLast: index + 1 == headers.count)
    }
  }

  /// Writes `name: value`; `name;` for an empty value and `name:` for none, as
  /// CURLOPT_HTTPHEADER(3) has it.
  private func add(_ index: Int, name: String, value: String?, isLast: Bool) {
    unsafe nodes[index].data = unsafe text.baseAddress?.advanced(by: length)
      .assumingMemoryBound(to: CChar.self)
    unsafe nodes[index].next = isLast ? nil : unsafe nodes.baseAddress?.advanced(by: index + 1)
    write(name)
    if let value {
      write(value.isEmpty ? ";" : ": ")
      write(value)
    } else {
      write(":")
    }
    unsafe text[length] = 0
    length += 1
  }

  private func write(_ string: String) {
    unsafe UnsafeMutableRawBufferPointer(rebasing: text[length...]).copyBytes(from: string.utf8)
    length += string.utf8.count
  }

  private func reserve(nodeCount: Int, byteCount: Int) {
    if unsafe nodes.count < nodeCount {
      unsafe nodes.deallocate()
      unsafe nodes = .allocate(capacity: nodeCount * 2)
      unsafe nodes.initialize(repeating: unsafe curl_slist())
    }
    if unsafe text.count < byteCount {
      unsafe text.deallocate()
      unsafe text = .allocate(byteCount: byteCount * 2, alignment: 1)
    }
  }
}
