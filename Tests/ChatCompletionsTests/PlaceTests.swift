import ChatCompletions
import JSONText
import Testing

/// A place of a translated request, and the caller's, both as errors write them; `-`: none.
struct PlaceRow: Sendable, CustomTestStringConvertible {
  let request: String
  let translated: String
  let written: String
  var testDescription: String { "\(translated) is \(written) of \(request.prefix(80))" }

  /// Rows of one request.
  ///
  /// - Parameters:
  ///   - request: The request's members besides the model, and besides a message where it has none.
  ///   - places: Pairs, each with an arrow inside, parted by commas.
  /// - Returns: A row for each pair.
  static func rows(_ request: String, _ places: String) -> [PlaceRow] {
    let isWhole = request.hasPrefix(#""messages""#)
    let members = isWhole ? request : #""messages":[{"role":"user","content":"x"}],\#(request)"#
    return places.replacing("\n", with: " ").split(separator: ", ").map { pair in
      let sides = pair.split(separator: " > ")
      return PlaceRow(
        request: #"{"model":"m",\#(members)}"#, translated: String(sides[0]),
        written: String(sides[1]))
    }
  }
}

@Suite struct `A place of a translated request` {
  @Test(
    arguments: carried + madeUp + renamed + text + tools + choices + messages + absent)
  func `is named as the caller wrote it`(_ row: PlaceRow) throws {
    let translation = try ChatRequest.translated(utf8(row.request))
    let expected = row.written == "-" ? nil : row.written
    #expect(translation.parameter(of: row.translated) == expected)
    let pointer = RequestPlace.pointer(of: row.translated)
    #expect(translation.place(of: pointer) == expected.map(RequestPlace.pointer(of:)))
    #expect(
      translation.parameter(of: pointer)
        == expected.map { $0 == "Not a place." ? "Not a place" : $0 })
  }

  @Test(
    arguments: [
      ("", nil), ("/", nil), ("input", nil), ("/input/-", "/messages"),
      ("/input/0/role", "/messages/0/role"),
      ("/metadata/a~1b~0c", "/metadata/a~1b~0c"), ("/metadata/a~", "/metadata/a~"),
      ("/input/00", "/messages"), ("/input/9223372036854775808", "/messages"),
    ] as [(String, String?)])
  func `is a pointer, whatever stands in it`(_ pointer: String, _ place: String?) throws {
    let row = RequestRow(#""metadata":{"a/b~c":"d"}"#)
    let translation = try ChatRequest.translated(utf8(row.request))
    #expect(translation.place(of: pointer) == (pointer == "/" ? "/" : place))
    if pointer.hasPrefix("/") || pointer.isEmpty {
      #expect(translation.parameter(of: pointer) == place.map(RequestPlace.parameter(of:)))
    }
  }

  @Test func `leads to the value that was copied there, wherever it is`() throws {
    for (request, count) in try Self.wholes {
      let translation = try ChatRequest.translated(request)
      let written = try leaves(of: request)
      let translated = try leaves(of: translation.body)
      var found = 0
      for leaf in written where written.count(where: { $0.text == leaf.text }) == 1 {
        // A word that the translation adds as well stands twice.
        let copies = translated.filter { $0.text == leaf.text }
        guard copies.count == 1, let copy = copies.first else { continue }
        #expect(translation.place(of: copy.pointer) == leaf.pointer)
        found += 1
      }
      #expect(found > count, "\(found)")
      // And nothing leads to where nothing is.
      let root = try JSONText.validate(request.span)
      for leaf in translated {
        guard let place = translation.place(of: leaf.pointer) else { continue }
        #expect(root.value(at: place, in: request.span) != nil, "\(leaf.pointer)")
      }
    }
  }

  /// Requests, and how many values each has at least that nothing else in it equals.
  private static var wholes: [(request: [UInt8], copies: Int)] {
    get throws {
      [
        (try fixture("requests/conversation.chat.json"), 40),
        (try fixture("requests/functions.chat.json"), 7),
      ]
    }
  }

  /// What a text has in it that has no elements.
  private func leaves(of text: [UInt8]) throws -> [(pointer: String, text: String)] {
    func below(_ value: JSONValue, _ pointer: String) -> [(pointer: String, text: String)] {
      var found: [(pointer: String, text: String)] = []
      var items = JSONItems(of: value)
      var index = 0
      while let item = items.next(in: text.span) {
        found += below(item, "\(pointer)/\(index)")
        index += 1
      }
      var members = JSONMembers(of: value)
      while let member = members.next(in: text.span) {
        found += below(
          member.value, JSONPointer.appending(member.name(in: text.span), to: pointer))
      }
      return found.isEmpty ? [(pointer, Array(text[value.range]).text)] : found
    }
    return below(try JSONText.validate(text.span), "")
  }
}
