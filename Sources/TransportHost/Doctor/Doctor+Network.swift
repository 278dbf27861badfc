internal import CurlHTTP
internal import ProcessIO
internal import ProviderConfiguration

extension Doctor {
  /// Which provider would be asked through which proxy.
  var proxies: [Finding] {
    let environment = HTTPEnvironment(options.environment)
    var findings = proxyVariables
    for patient in patients {
      guard let endpoint = patient.instance?.facts.endpoint,
        let authority = URLAuthority(of: endpoint)
      else { continue }
      let choice = environment.proxy(
        isSecure: authority.scheme == "https", host: authority.host)
      findings.append(
        .ok(
          "provider \(patient.entry.id)", "\(authority.host) \(choice.words)",
          at: patient.entry.mark))
    }
    return findings
  }

  /// What the variables themselves have wrong.
  private var proxyVariables: [Finding] {
    func value(_ name: String) -> String { options.environment(name) ?? "" }
    var findings: [Finding] = []
    if !value("HTTP_PROXY").isEmpty, value("http_proxy").isEmpty {
      findings.append(
        .warning(
          "HTTP_PROXY", "set, and ignored: it could come from a request to a CGI program",
          advice: "Plain http uses http_proxy, in lower case."))
    }
    for name in ["https_proxy", "all_proxy", "no_proxy"] {
      let (lower, upper) = (value(name), value(name.uppercased()))
      guard !lower.isEmpty, !upper.isEmpty, lower != upper else { continue }
      findings.append(
        .warning(
          name.uppercased(), "set to something else than \(name), which wins",
          advice: "Keep one of them."))
    }
    return findings
  }

  /// Whom TLS trusts.
  var trust: [Finding] {
    let environment = HTTPEnvironment(options.environment)
    if let file = options.caFile { return [authorities(file, "given by the program")] }
    if let file = environment.caFile {
      let name = (options.environment("CURL_CA_BUNDLE") ?? "").isEmpty
      return [authorities(file, name ? "$SSL_CERT_FILE" : "$CURL_CA_BUNDLE")]
    }
    if let directory = environment.caDirectory {
      return [directoryOfAuthorities(directory, "$SSL_CERT_DIR")]
    }
    if let file = machine.curl.caFile { return [authorities(file, "the system's")] }
    if let directory = machine.curl.caDirectory {
      return [directoryOfAuthorities(directory, "the system's")]
    }
    return [
      .warning("trusted authorities", "libcurl was built without any, and no variable names one")
    ]
  }

  private func authorities(_ path: String, _ origin: String) -> Finding {
    let bytes: [UInt8]
    do throws(FileText.Unreadable) { bytes = try FileText.read(path) } catch {
      return .error(
        path, "trusted authorities (\(origin)): \(error.reason)",
        advice: "No upstream can be reached over TLS. Name a PEM file, or install ca-certificates.")
    }
    let count = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n").count { $0.hasPrefix("-----BEGIN ") && $0.contains("CERTIFICATE") }
    guard count > 0 else {
      return .error(
        path, "trusted authorities (\(origin)): the file holds no certificate in PEM form",
        advice: "No upstream can be reached over TLS. Name a PEM file.")
    }
    return .ok(path, "\(count) trusted authorit\(count == 1 ? "y" : "ies") (\(origin))")
  }

  private func directoryOfAuthorities(_ path: String, _ origin: String) -> Finding {
    guard let status = try? FileStatus(of: path), status.isDirectory, status.isReadable else {
      return .error(
        path, "trusted authorities (\(origin)): there is no directory that can be read",
        advice: "No upstream can be reached over TLS. Name a directory, or install ca-certificates."
      )
    }
    return .ok(path, "directory of trusted authorities (\(origin))")
  }
}

extension HTTPProxyChoice {
  /// The choice for people; a name and a password in it are not shown.
  fileprivate var words: String {
    if let exemption { return "is asked directly, since no_proxy has \(exemption)" }
    guard let proxy else { return "is asked directly" }
    return "is asked through \(proxy)" + (hasUserInformation ? " (with a name and password)" : "")
  }
}
