import TransportSDK

extension FlowRun {
  /// What the entry says of a key, else the variable; nil where neither says anything.
  mutating func optional(_ key: SettingsKey, _ written: String?) throws(FlowStop) -> String? {
    if let written { return written }
    guard let variable = key.variable else { return nil }
    let result = try perform(.variable(variable))
    return result.status == 1 ? result.text : nil
  }

  /// What the entry says of a key, else the variable; without either the source is not set up.
  mutating func required(_ key: SettingsKey, _ written: String?) throws(FlowStop) -> String {
    if let value = try optional(key, written) { return value }
    let variable = key.variable.map { ", and \($0) is not set" } ?? ""
    throw .unavailable("the entry has no \(key.rawValue)\(variable)", key)
  }

  /// An id that is needed, from wherever it comes.
  mutating func name(_ key: SettingsKey, _ written: String?) throws(FlowStop) -> String {
    let name = try required(key, written)
    try check(name, of: key)
    return name
  }

  /// Refuses what a variable holds and could not stand in a URL or a form.
  func check(_ name: String, of key: SettingsKey) throws(FlowStop) {
    guard !EntraName.isValid(name) else { return }
    throw .failed(
      SignInFailure.setting(key, "\(key.variable ?? key.rawValue) holds no id or domain"))
  }

  /// A secret of the entry, else of the variable; without either the source is not set up.
  mutating func secret(
    _ key: SettingsKey, _ handle: CredentialHandle?
  ) throws(FlowStop) -> CredentialHandle {
    if let handle { return handle }
    let variable = key.variable ?? ""
    guard let handle = try perform(.secret(.variable(variable))).credential else {
      throw .unavailable("the entry has no \(key.rawValue), and \(variable) is not set", key)
    }
    return handle
  }

  /// A secret in a file that the entry or a variable names; a file that is not there is a mistake.
  mutating func secret(in path: String, of key: SettingsKey) throws(FlowStop) -> CredentialHandle {
    let result = try perform(.secret(.file(path)))
    if let handle = result.credential { return handle }
    let why = result.problem.isEmpty ? "it is not there or empty" : result.problem
    throw .failed(
      SignInFailure.setting(key, "the file of \(key.rawValue) cannot be read, \"\(path)\": \(why)"))
  }

  /// A URL of the entry, else of the variable, else the usual one.
  mutating func url(
    _ key: SettingsKey, _ written: ServiceURL?, usual: ServiceURL, allowsHTTP: Bool
  ) throws(FlowStop) -> ServiceURL {
    if let written { return written }
    guard let text = try optional(key, nil) else { return usual }
    if let url = ServiceURL(text, allowsHTTP: allowsHTTP) { return url }
    throw .failed(SignInFailure.setting(key, "\(key.variable ?? "") holds no URL of a service"))
  }
}
