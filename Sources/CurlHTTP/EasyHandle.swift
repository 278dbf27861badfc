import CCurl

/// The owner of one `CURL *`: configured once, then lent to one exchange after another.
///
/// It is not reset between exchanges: everything that differs from request to request is set each
/// time (`EasyHandle+Request.swift`), and the rest never changes.
// SAFETY: the pointers are allocated and freed here and never leave but to libcurl, which is
// cleaned up first.
@safe final class EasyHandle {
  let curl: UnsafeMutableRawPointer
  /// The exchange that the handle is lent to.
  var transfer: Transfer?
  /// The loop, which owns the handle and outlives it.
  unowned let loop: MultiLoop
  /// What the handle was last told, so that it is told no more than it needs.
  var told = RequestSettings()

  let headerList = HeaderList()
  private var smallBody = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private let errorText: UnsafeMutablePointer<CChar>
  private var failure = CURLE_OK

  /// Makes a handle for a loop.
  ///
  /// - Throws: `engine` where libcurl has no memory or refuses a fixed option.
  init(loop: MultiLoop) throws(HTTPError) {
    guard let curl = unsafe curl_easy_init() else {
      throw HTTPError(.engine, "curl_easy_init failed")
    }
    unsafe self.curl = unsafe curl
    self.loop = loop
    unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    setFixedOptions(loop.options)
    guard failure == CURLE_OK else {
      throw HTTPError(failure, detail: "", proxyStatus: 0)
    }
  }

  deinit {
    unsafe curl_easy_cleanup(curl)
    unsafe errorText.deallocate()
    unsafe smallBody.deallocate()
  }

  /// libcurl's text for the last failure, possibly empty.
  var failureText: String { unsafe String(cString: errorText) }

  func clearFailureText() { unsafe errorText[0] = 0 }

  /// Memory for the copy of a small body, never nil: libcurl takes nil for a body that is read.
  func reserveSmallBody(_ count: Int) -> UnsafeMutableRawBufferPointer {
    if unsafe smallBody.count < max(count, 1) {
      unsafe smallBody.deallocate()
      unsafe smallBody = .allocate(byteCount: max(count, 256), alignment: 1)
    }
    return unsafe smallBody
  }

  private func setFixedOptions(_ options: HTTPEngineOptions) {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe set(CURLOPT_PRIVATE, context)
    unsafe set(CURLOPT_ERRORBUFFER, errorText)
    set(CURLOPT_NOSIGNAL, 1)
    // A name lookup that hangs must not hold the loop when its exchange is cancelled.
    set(CURLOPT_QUICK_EXIT, 1)
    set(CURLOPT_TCP_NODELAY, 1)
    set(CURLOPT_TCP_KEEPALIVE, 1)
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // Empty: every coding that this libcurl can undo.
    set(CURLOPT_ACCEPT_ENCODING, "")
    // An empty string keeps libcurl from searching the environment.
    set(CURLOPT_NOPROXY, options.environment.noProxy ?? "")
    set(CURLOPT_HTTP_VERSION, options.versions.curlVersion)
    setTrust(options)
    unsafe setCallbacks(context)
  }

  private func setTrust(_ options: HTTPEngineOptions) {
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    let file = options.caFile ?? options.environment.caFile
    let directory = options.caFile == nil ? options.environment.caDirectory : nil
    if let file {
      set(CURLOPT_CAINFO, file)
      set(CURLOPT_PROXY_CAINFO, file)
    }
    // A file replaces the directory that libcurl was built with, too.
    if file != nil || directory != nil {
      set(CURLOPT_CAPATH, directory)
      set(CURLOPT_PROXY_CAPATH, directory)
    }
  }
}

// MARK: - Options and facts

extension EasyHandle {
  func set(_ option: CURLoption, _ value: Int) {
    note(unsafe jf_curl_set_long(curl, option, value))
  }

  func set(_ option: CURLoption, offset value: Int) {
    note(unsafe jf_curl_set_offset(curl, option, value))
  }

  func set(_ option: CURLoption, _ value: String?) {
    guard let value else { return note(unsafe jf_curl_set_string(curl, option, nil)) }
    note(unsafe value.withCString { unsafe jf_curl_set_string(curl, option, $0) })
  }

  func set(_ option: CURLoption, _ value: UnsafeRawPointer?) {
    note(unsafe jf_curl_set_pointer(curl, option, value))
  }

  /// Takes the first option that libcurl refused since the last call.
  func takeFailure() -> CURLcode {
    defer { failure = CURLE_OK }
    return failure
  }

  func note(_ code: CURLcode) {
    if failure == CURLE_OK { failure = code }
  }

  func number(_ name: CURLINFO) -> Int {
    var value = 0
    return unsafe jf_curl_long(curl, name, &value) == CURLE_OK ? value : 0
  }

  func offset(_ name: CURLINFO) -> Int {
    var value: curl_off_t = 0
    return unsafe jf_curl_offset(curl, name, &value) == CURLE_OK ? value : 0
  }

  func string(_ name: CURLINFO) -> String {
    var value: UnsafePointer<CChar>? = nil
    guard unsafe jf_curl_string(curl, name, &value) == CURLE_OK, let value = unsafe value else {
      return ""
    }
    return unsafe String(cString: value)
  }
}

extension HTTPVersionPolicy {
  fileprivate var curlVersion: Int {
    switch self {
    case .negotiated: Int(CURL_HTTP_VERSION_2TLS)
    case .http1: Int(CURL_HTTP_VERSION_1_1)
    case .http2: Int(CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE)
    }
  }
}
