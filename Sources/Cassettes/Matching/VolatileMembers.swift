/// The members of a request that do not count when two are compared.
///
/// Each is a name, which is left out wherever it stands, or a JSON pointer (RFC 6901), in which `*`
/// stands for any one step: `/input/*/id`.
package struct VolatileMembers: Sendable, Hashable {
  /// What differs at each run of one agent and changes no answer.
  ///
  /// - Source: the Responses API names a cache and an end user with the first two; the third holds
  ///   ids of an installation and a turn: https://github.com/openai/codex,
  ///   codex-rs/core/src/client.rs.
  package static let standard = VolatileMembers([
    "/prompt_cache_key", "/safety_identifier", "/client_metadata",
  ])
  /// Every member counts.
  package static let none = VolatileMembers([])

  private let names: Set<String>
  /// The steps that are left of each pointer.
  private let pointers: [ArraySlice<String>]

  /// Names members.
  ///
  /// - Parameter members: Names and pointers; a pointer begins with a slash.
  package init(_ members: [String]) {
    names = Set(members.filter { !$0.hasPrefix("/") })
    pointers = members.filter { $0.hasPrefix("/") }.map { pointer in
      pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        .map { Self.decoded($0) }[...]
    }
  }

  private init(names: Set<String>, pointers: [ArraySlice<String>]) {
    self.names = names
    self.pointers = pointers
  }

  var isEmpty: Bool { names.isEmpty && pointers.isEmpty }

  /// Whether the member, or item, of the value here is left out.
  func removes(_ token: String) -> Bool {
    guard !isEmpty else { return false }
    return names.contains(token)
      || pointers.contains { $0.count == 1 && ($0.first == token || $0.first == "*") }
  }

  /// What is left out inside of the member, or item, of the value here.
  func below(_ token: String) -> VolatileMembers {
    guard !pointers.isEmpty else { return self }
    let inside = pointers.filter { $0.count > 1 && ($0.first == token || $0.first == "*") }
    return VolatileMembers(names: names, pointers: inside.map { $0.dropFirst() })
  }

  private static func decoded(_ token: Substring) -> String {
    var decoded = String.UnicodeScalarView()
    var isTilde = false
    for scalar in token.unicodeScalars {
      if isTilde, scalar == "0" || scalar == "1" {
        decoded.removeLast()
        decoded.append(scalar == "0" ? "~" : "/")
        isTilde = false
      } else {
        decoded.append(scalar)
        isTilde = scalar == "~"
      }
    }
    return String(decoded)
  }
}
