import JSONText

/// Leads places of a translated request back to those that its caller wrote.
///
/// It has the request alone: on the way there nothing is noted, and who asks pays for a second
/// translation that notes what each value is made of. So the two can never differ, and a request that
/// is answered costs nothing.
struct ChatPlaces: Sendable, Hashable {
  /// The request as the caller wrote it.
  let request: [UInt8]

  /// Members of the translated request that would be made of one with another name, where they are not
  /// there.
  private static let absent = [
    "/max_output_tokens": "/max_completion_tokens", "/text/format": "/response_format",
    "/text/verbosity": "/verbosity", "/reasoning/effort": "/reasoning_effort",
  ]

  /// The place in the caller's request.
  ///
  /// - Parameter pointer: An RFC 6901 pointer into the translated request.
  /// - Returns: A pointer to what the place was made of, and where the translation made it up, to what
  ///   is around that; nil where this is the whole request.
  func place(of pointer: String) -> String? {
    guard pointer.utf8.first == UInt8(ascii: "/"), let (translated, origins) = traced() else {
      return nil
    }
    let text = translated.span
    guard let root = JSONValue(at: 0..<translated.count, in: text), let whole = origins[0] else {
      return nil
    }
    var walk = Walk(value: root, origin: whole)
    var passed = pointer.startIndex
    while passed < pointer.endIndex {
      let rest = pointer[passed...]
      let token = rest.dropFirst().prefix { $0 != "/" }
      guard let next = walk.value.value(at: "/\(token)", in: text) else {
        guard walk.value.kind == .object else { break }
        if let renamed = Self.renamed(pointer, behind: passed) { return renamed }
        walk.append(absent: rest)
        break
      }
      walk.step(to: next, token, origins[next.range.lowerBound])
      passed = token.endIndex
    }
    let origin = JSONPointer.path(to: walk.origin.source, in: request.span)
    let place = origin + walk.below
    return place.isEmpty ? nil : place
  }

  /// The translated request and what it is made of; nil where the request cannot be translated.
  private func traced() -> (body: [UInt8], origins: ValueOrigins)? {
    guard let index = try? JSONText.index(request.span) else { return nil }
    var translator = ChatRequestTranslator(request, index)
    translator.out.origins = ValueOrigins()
    guard let body = try? translator.translation().body, let origins = translator.out.origins else {
      return nil
    }
    return (body, origins)
  }

  private static func renamed(_ pointer: String, behind passed: String.Index) -> String? {
    absent.first { name, _ in
      let isThere = pointer == name || pointer.hasPrefix(name + "/")
      return isThere && pointer[..<passed].utf8.count < name.utf8.count
    }?.value
  }

  /// The way down the translated request, and the caller's request beside it.
  private struct Walk {
    var value: JSONValue
    /// Of the value, or of the nearest around it that has one.
    var origin: ValueOrigin
    /// The way from the origin's source on.
    var below = ""
    /// Whether the value was made up, so that nothing below it is the caller's.
    private var isMadeUp = false

    init(value: JSONValue, origin: ValueOrigin) {
      self.value = value
      self.origin = origin
    }

    mutating func step(to next: JSONValue, _ token: Substring, _ found: ValueOrigin?) {
      value = next
      if let found {
        // Nothing below a copy has an origin of its own.
        (origin, isMadeUp) = (found, false)
      } else if origin.isCopy {
        below += "/\(token)"
      } else {
        isMadeUp = true
      }
    }

    /// Goes on to a member that the value does not have.
    mutating func append(absent rest: Substring) {
      if origin.isCopy {
        below += rest
      } else if !isMadeUp, let members = origin.members {
        origin = ValueOrigin(start: origin.start, source: members)
        below = String(rest)
      }
    }
  }
}

extension ChatPlaces {
  /// The place in the caller's request, both as the API writes places: `input[0].type`.
  ///
  /// - Parameter parameter: The place in the translated request. What is no place there is taken for
  ///   one that both requests have.
  /// - Returns: As of ``place(of:)``.
  func parameter(of parameter: String) -> String? {
    let pointer = RequestPlace.pointer(of: parameter)
    guard let place = place(of: pointer) else { return nil }
    // An upstream's own spelling stays where nothing is translated.
    if place == pointer, pointer != parameter { return parameter }
    let named = RequestPlace.parameter(of: place)
    return named.isEmpty ? nil : named
  }
}
