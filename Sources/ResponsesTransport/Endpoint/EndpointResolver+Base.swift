import TransportSDK

extension EndpointResolver {
  /// The base that the entry names, by `base_url`, by a resource or by saying nothing.
  func base(into report: inout SettingsReport) throws(SettingsRefused) -> EndpointURL {
    let text = try baseText(into: &report)
    try checkPortal(text, into: &report)
    do {
      return try EndpointURL(text)
    } catch {
      throw report.refuse(
        "/base_url", "base_url is not an endpoint's URL: \(error).", suggestion: error.suggestion)
    }
  }

  private func baseText(into report: inout SettingsReport) throws(SettingsRefused) -> String {
    if let domain = table.resourceDomain, let resource = settings.options["resource"] {
      guard settings.baseURL.isEmpty else {
        throw report.refuse(
          "/options/resource",
          "options.resource and base_url both name the endpoint. Keep one of them.")
      }
      guard ResourceName.allows(resource) else {
        throw report.refuse(
          "/options/resource",
          "options.resource \"\(resource)\" is no resource name: it is the first part of the host, "
            + "letters, digits and hyphens. A whole URL belongs under base_url.",
          suggestion: resourceName(in: resource))
      }
      return "https://\(resource).\(domain)"
    }
    if !settings.baseURL.isEmpty { return settings.baseURL }
    if let home = table.home { return home }
    throw report.refuse("/base_url", table.missingBase)
  }

  /// Refuses a page for people, which no client can talk to.
  private func checkPortal(
    _ text: String, into report: inout SettingsReport
  ) throws(SettingsRefused) {
    guard let pages = table.portals, pages.hold(text) else { return }
    throw report.refuse(
      "/base_url", "base_url is a page of the portal and no endpoint. \(pages.advice)",
      suggestion: pages.endpoint(for: text, hasProject: settings.options["project"] != nil))
  }

  /// The resource in a host or URL of the plugin's own domain, else empty.
  private func resourceName(in text: String) -> String {
    let url = text.contains("://") ? text : "https://\(text)"
    guard let domain = table.resourceDomain, let host = try? EndpointURL(url).host,
      host.hasSuffix("." + domain)
    else { return "" }
    let name = String(host.dropLast(domain.count + 1))
    return ResourceName.allows(name) ? name : ""
  }

  /// Refuses to send a secret in the clear to another machine.
  func checkScheme(
    of base: EndpointURL, into report: inout SettingsReport
  ) throws(SettingsRefused) {
    guard base.scheme == .http, !base.isLoopback, !settings.allowsHTTP else { return }
    var secure = base
    secure.scheme = .https
    throw report.refuse(
      "/base_url",
      "base_url would send the credential in the clear to \(base.host): http is for this machine. "
        + "Use https, or set allow_http: true.", suggestion: secure.text)
  }

  /// Takes off an operation that was pasted with the base, and warns.
  func removePastedOperation(
    from base: inout EndpointURL, into report: inout SettingsReport
  ) {
    guard let (parent, operation) = OperationPath.pasted(in: base.path) else { return }
    base.path = parent
    report.warn(
      "/base_url",
      "base_url ends in \(operation), which is an operation and not part of the base; it is left out.",
      suggestion: base.text)
  }
}
