public import TransportSDK

extension SampleReading {
  /// Writes the provider entry that makes the request.
  ///
  /// Of the entries that could, the shortest one is taken that regenerates the very URL of the sample:
  /// the endpoint is resolved as it will be later, and compared. When none does, the first that can be
  /// resolved at all is taken, the confidence is halved and the reason says what will be asked instead.
  ///
  /// - Parameters:
  ///   - confidence: How sure the plugin is that the request is of its kind, 1 to 100.
  ///   - reason: What it saw.
  ///   - dialect: What its upstream is like.
  ///   - deployment: The model that the path names; nil: none.
  /// - Returns: The entry; nil when the plugin could not be configured for it.
  public func entry(
    confidence: Int, reason: String, dialect: ResponsesDialect, deployment: String? = nil
  ) -> Recognition? {
    let proposals = proposals(for: dialect.endpoints)
      .compactMap { proposal in url(of: proposal, dialect.endpoints).map { (proposal, $0) } }
    guard let (proposal, asked) = proposals.first(where: { isSame($0.1) }) ?? proposals.first
    else { return nil }
    let isProven = isSame(asked) && !isForeign
    var entry = Recognition(
      confidence: isProven ? confidence : max(1, confidence / 2),
      reason: isProven ? reason : "\(reason); the request will go to \(asked.text)",
      variable: dialect.variable, operation: operation, responseID: responseID)
    entry.baseURL = proposal.baseURL.isEmpty ? nil : proposal.baseURL
    entry.options = proposal.options
    entry.authentication = presentation(by: dialect.keyHeader)
    entry.model = deployment ?? model
    return entry
  }

  /// The plugin's own way of presenting a key is not worth a line in the entry.
  private func presentation(
    by header: ResponsesDialect.KeyHeader
  ) -> TransportSettings.Authentication? {
    switch (authentication, header) {
    case (.bearer?, .bearer): .key
    case (.header(let name)?, .named(let own)) where name == own: .key
    case (let other, _): other
    }
  }

  /// Whether a URL asks for the same, in whatever order its query stands.
  private func isSame(_ asked: EndpointURL) -> Bool {
    func pairs(_ url: EndpointURL) -> [String] {
      url.query.map { "\(QueryText.name(of: $0))=\(QueryText.value(of: $0))" }.sorted()
    }
    func parts(_ url: EndpointURL) -> [String] { url.path.map { PercentEncoding.decode($0[...]) } }
    return asked.origin == url.origin && parts(asked) == parts(url) && pairs(asked) == pairs(url)
  }
}

// MARK: - Proposals

extension SampleReading {
  private struct Proposal {
    var baseURL = ""
    var options: [String: String] = [:]
  }

  private func proposals(for table: EndpointTable) -> [Proposal] {
    var options: [String: String] = [:]
    if let version, table.firstDate != nil, version != "v1", let api = APIVersion(version),
      isKnown(api, to: table)
    {
      options["api"] = version
    }
    var proposals: [Proposal] = []
    if table.home != nil { proposals.append(Proposal()) }
    if let byName = named(in: table) {
      proposals.append(Proposal(options: options.merging(byName) { $1 }))
    }
    proposals.append(Proposal(baseURL: base.text, options: options))
    if let version {
      var whole = base
      whole.query.append("\(APIVersion.parameter)=\(PercentEncoding.encode(version))")
      proposals.append(Proposal(baseURL: whole.text))
    }
    proposals.append(Proposal(baseURL: base.text))
    return proposals
  }

  private func isKnown(_ api: APIVersion, to table: EndpointTable) -> Bool {
    switch api {
    case .v1: true
    case .preview: table.hasPreview
    case .dated(let date): date >= table.firstDate ?? ""
    }
  }

  /// The options that name the endpoint without its URL; nil when they cannot.
  private func named(in table: EndpointTable) -> [String: String]? {
    guard let domain = table.resourceDomain, base.scheme == .https, base.port == nil,
      base.host.hasSuffix("." + domain), base.query.isEmpty
    else { return nil }
    let resource = String(base.host.dropLast(domain.count + 1))
    guard !resource.isEmpty, !resource.contains(".") else { return nil }
    guard !table.missingProject.isEmpty else { return ["resource": resource] }
    guard base.path.count >= 3, Array(base.path[..<2]) == ["api", "projects"] else { return nil }
    return ["resource": resource, "project": PercentEncoding.decode(base.path[2][...])]
  }

  /// The URL that an entry makes for the same operation.
  private func url(of proposal: Proposal, _ table: EndpointTable) -> EndpointURL? {
    let settings = TransportSettings(
      provider: "sample", baseURL: proposal.baseURL, options: proposal.options, allowsHTTP: true)
    var report = SettingsReport()
    guard
      let endpoint = try? EndpointResolver(table: table, settings: settings).resolve(into: &report)
    else { return nil }
    let isCallers = { (pair: String) in QueryText.name(of: pair) != APIVersion.parameter }
    let pairs = operation.hasBody ? [] : url.query.filter(isCallers)
    var exchange = ExchangeDraft()
    guard
      (try? endpoint.place(
        operation, responseID: responseID,
        query: pairs.map { QueryPair(QueryText.name(of: $0), QueryText.value(of: $0)) },
        into: &exchange)) != nil
    else { return nil }
    return try? EndpointURL(exchange.url)
  }
}
