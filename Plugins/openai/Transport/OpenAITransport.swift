public import ResponsesTransport
public import TransportSDK

/// The transport of OpenAI's own API, and of whatever else speaks it under a base of its own.
public struct OpenAITransport: DialectTransport {
  /// What the plugin is and which options it takes.
  public static let descriptor = TransportDescriptor(
    id: "openai", version: "0.1.0", summary: "OpenAI, and servers that speak its Responses API",
    options: [
      OptionDescription(
        name: "organization",
        documentation: "Which organization pays, for keys that belong to several.",
        pattern: "^[!-~]([ -~]*[!-~])?$"),
      OptionDescription(
        name: "project", documentation: "Which project pays, for keys that belong to several.",
        pattern: "^[!-~]([ -~]*[!-~])?$"),
    ])

  /// The provider entry.
  public let instance: ResponsesInstance

  /// Keeps the instance of a provider entry.
  public init(instance: ResponsesInstance) {
    self.instance = instance
  }

  /// Makes the instance; organization and project become headers, and part of who can read its state.
  ///
  /// State belongs to a project. Where none is named the key decides which it is, and keys are not seen
  /// here: then nobody but the provider itself can be said to read what it makes.
  ///
  /// - Parameters:
  ///   - settings: The provider entry.
  ///   - report: Takes what is wrong.
  /// - Throws: `SettingsRefused` after a failure was reported.
  public init(
    settings: TransportSettings, report: inout SettingsReport
  ) throws(SettingsRefused) {
    let headers = Self.headers(settings, into: &report)
    let key = settings.options["project"] == nil ? ["provider \(settings.provider)"] : []
    instance = try ResponsesInstance(
      Self.dialect, settings: settings, headers: headers, owners: headers.map(\.value) + key,
      report: &report)
  }

  private static func headers(
    _ settings: TransportSettings, into report: inout SettingsReport
  ) -> [(name: String, value: String)] {
    var headers: [(name: String, value: String)] = []
    for option in ["organization", "project"] {
      guard let value = settings.options[option] else { continue }
      if HeaderText.isValue(value) {
        headers.append(("openai-\(option)", value))
      } else {
        report.fail(
          "/options/\(option)",
          "options.\(option) is sent as a header and must be visible ASCII. Copy the id as the "
            + "account's settings show it.")
      }
    }
    return headers
  }
}
