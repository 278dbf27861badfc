/// Why no recording answers a request, and how it differs from the nearest one.
package struct CassetteMismatch: Error, Sendable, Hashable {
  /// What is the matter.
  package enum Reason: Sendable, Hashable {
    /// There is no recording at all.
    case noRecordings
    /// The request was recorded, and that often; each of them was served.
    case exhausted(count: Int)
    /// Another method or target was recorded.
    case line(expected: String, got: String)
    /// The body is another one.
    case body(CassetteDifference)
  }

  /// What is the matter.
  package let reason: Reason
  /// The file of the nearest recording, or of the last that was served.
  package let nearest: String?
}

/// Where two bodies differ.
package struct CassetteDifference: Sendable, Hashable {
  /// The place: a JSON pointer, empty for the whole body, or a byte of what is no JSON on both sides
  /// or differs only in how it is written.
  package enum Place: Sendable, Hashable {
    /// An RFC 6901 pointer.
    case pointer(String)
    /// A byte, counted from 0, and whether the bodies are the same JSON.
    case byte(Int, isSameJSON: Bool)
  }

  /// The first difference, members in the order of their names.
  package let place: Place
  /// What the recording has there, shortened; nil when it has nothing.
  package let expected: String?
  /// What the request has there, shortened; nil when it has nothing.
  package let got: String?
}

extension CassetteMismatch {
  /// A code for programs: `no_recording` or `recording_exhausted`.
  package var code: String {
    if case .exhausted = reason { return "recording_exhausted" }
    return "no_recording"
  }

  /// The member of the request to blame, as a JSON pointer; nil when it is not one.
  package var param: String? {
    guard case .body(let difference) = reason, case .pointer(let pointer) = difference.place else {
      return nil
    }
    return pointer.isEmpty ? nil : pointer
  }
}

extension CassetteMismatch: CustomStringConvertible {
  /// What differs from what, and what to do.
  package var description: String {
    let file = nearest ?? ""
    switch reason {
    case .noRecordings: return "there is no recording. Make one with jackfield record."
    case .exhausted(let count):
      let times = count == 1 ? "once" : "\(count) times"
      return "the request was recorded \(times), and came once more; the last is \(file)."
        + " Record again, or let the last recording repeat."
    case .line(let expected, let got):
      return "no recording answers \(got); the nearest, \(file), is of \(expected)."
        + " Record this request too."
    case .body(let difference):
      return "no recording has this body; the nearest, \(file), differs \(difference)"
    }
  }
}

extension CassetteDifference: CustomStringConvertible {
  /// The place, both values, and what to do.
  package var description: String {
    let expected = expected ?? "nothing"
    let got = got ?? "nothing"
    switch place {
    case .pointer(let pointer):
      let place = pointer.isEmpty ? "as a whole" : "at \(pointer)"
      return "first \(place): expected \(expected), got \(got). Record again,"
        + " or ignore the member where it is another at each run."
    case .byte(let offset, isSameJSON: true):
      return "only in how the JSON is written, first at byte \(offset): expected \(expected),"
        + " got \(got). Compare leniently, or record again."
    case .byte(let offset, isSameJSON: false):
      return "first at byte \(offset): expected \(expected), got \(got). Record again."
    }
  }
}
