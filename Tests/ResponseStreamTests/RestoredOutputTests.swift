import Foundation
import ResponseStream
import Testing

/// Q18: which event carries the last encrypted content differs between deployments.
@Suite struct `Reasoning that the terminal event lacks` {
  @Test(arguments: ["", #","encrypted_content":null"#, #","encrypted_content":"""#])
  func `is put back from the event that finished it, Q18`(lack: String) {
    let exchange = Exchange([
      .event(Sent.created), .event(Item.added("rs_1", blob: "part")),
      .event(Item.done("rs_1", blob: "wh\\u006fle=")),
      .event(Item.completed(#"{"id":"rs_1","type":"reasoning","summary":[]\#(lack)}"#)),
    ])
    #expect(exchange.outcome?.kind == .completed)
    #expect(exchange.outcome?.restored == .encryptedContent(1))
    #expect(exchange.terminalType == "response.completed")
    // The blob stands as it was written, and nothing else has changed.
    let item = #"{"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":"wh\u006fle="}"#
    #expect(exchange.terminalText == Item.completed(item))
  }

  @Test func `is put back into each item by its id, whatever the order, Q18`() {
    let exchange = Exchange([
      .event(Item.done("rs_b", blob: "B", index: 2)),
      .event(Item.done("rs_a", blob: "A", index: 0)),
      .event(Item.completed(Item.bare("rs_a"), #"{"type":"message"}"#, Item.bare("rs_b"))),
    ])
    #expect(exchange.outcome?.restored == .encryptedContent(2))
    #expect(
      exchange.terminalText
        == Item.completed(
          Item.bare("rs_a", blob: "A"), #"{"type":"message"}"#, Item.bare("rs_b", blob: "B")))
  }

  @Test(arguments: [
    (["long-one", "short"], "long-one"), (["a", "bc"], "bc"), (["ab", "cd"], "cd"),
  ])
  func `is what came last and longest, Q18`(blobs: [String], expected: String) {
    let exchange = Exchange(
      blobs.map { .event(Item.done("rs_1", blob: $0)) }
        + [.event(Item.completed(Item.bare("rs_1")))])
    #expect(exchange.terminalText == Item.completed(Item.bare("rs_1", blob: expected)))
  }

  @Test func `is put back into an incomplete answer too, Q18`() {
    let response =
      #"{"id":"r","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":"#
    let exchange = Exchange([
      .event(Item.done("rs_1", blob: "B")),
      .event(
        #"{"type":"response.incomplete","response":\#(response)[\#(Item.bare("rs_1"))]}}"#),
    ])
    #expect(exchange.terminalType == "response.incomplete")
    #expect(exchange.outcome?.kind == .incomplete(reason: "max_output_tokens"))
    #expect(exchange.terminalText?.contains(#""encrypted_content":"B""#) == true)
  }

  @Test func `is left alone where the terminal event has it, shorter or longer, Q18`() {
    for blob in ["B", "only-here", ""] {
      let last = Item.completed(Item.bare("rs_1", blob: "other"))
      let done = Item.done("rs_1", blob: blob)
      let exchange = Exchange([.event(done), .event(last)])
      #expect(exchange.forwarded == [done, last])
      #expect(exchange.outcome?.restored == nil)
    }
  }

  @Test func `is left alone where no event had it, or another item's did, Q18`() {
    for done in [Item.done("rs_2", blob: "B"), Item.added("rs_1", blob: "part")] {
      let last = Item.completed(Item.bare("rs_1"))
      #expect(Exchange([.event(done), .event(last)]).forwarded == [done, last])
    }
  }

  @Test func `goes to reasoning and to nothing else, Q18`() {
    let message = #"{"type":"message","id":"rs_1","content":[]}"#
    let last = Item.completed(message)
    #expect(Exchange([.event(Item.done("rs_1", blob: "B")), .event(last)]).forwarded.last == last)
  }
}

@Suite struct `Items that the terminal event lacks` {
  private static let first = #"{"id":"rs_1","type":"reasoning","encrypted_content":"B"}"#
  private static let second =
    #"{ "id":"fc_1","type":"function_call","arguments":"{\"a\": 1.0}","call_id":"c" }"#

  private static func done(_ item: String, _ index: Int?) -> Exchange.Step {
    let place = index.map { #","output_index":\#($0)"# } ?? ""
    return .event(#"{"type":"response.output_item.done"\#(place),"item":\#(item)}"#)
  }

  @Test(arguments: [#","output":[]"#, "", #","output":null"#, #","output":[ ]"#])
  func `stand there in the order of their slots, byte for byte, D2-8`(output: String) {
    let exchange = Exchange([
      Self.done(Self.second, 1), Self.done(Self.first, 0),
      .event(
        #"{"type":"response.completed","response":{"id":"r","status":"completed"\#(output)}}"#),
    ])
    #expect(exchange.outcome?.kind == .completed)
    #expect(exchange.outcome?.restored == .items(2))
    #expect(
      exchange.terminalText?.hasSuffix(#""output":[\#(Self.first),\#(Self.second)]}}"#) == true)
    #expect(exchange.forwarded.count == 2)
  }

  @Test func `without a slot stand in the order they came, behind the others`() {
    let exchange = Exchange([
      Self.done(#"{"id":"x"}"#, nil), Self.done(#"{"id":"y"}"#, nil), Self.done(#"{"id":"z"}"#, 7),
      .event(Item.completed()),
    ])
    #expect(exchange.terminalText == Item.completed(#"{"id":"z"}"#, #"{"id":"x"}"#, #"{"id":"y"}"#))
  }

  @Test func `that grow in one slot count once, as they were last, D2-7`() {
    let steps = ["A", "A b", "A b c"].map { text in
      Self.done(#"{"type":"message","id":"m","text":"\#(text)"}"#, 0)
    }
    let exchange = Exchange(steps + [.event(Item.completed())])
    #expect(exchange.forwarded == steps.map(\.data))
    #expect(exchange.terminalText == Item.completed(#"{"type":"message","id":"m","text":"A b c"}"#))
  }

  @Test func `of two types in one slot are two`() {
    let exchange = Exchange([
      Self.done(Self.first, 0), Self.done(#"{"type":"message"}"#, 0), .event(Item.completed()),
    ])
    #expect(exchange.terminalText == Item.completed(Self.first, #"{"type":"message"}"#))
  }

  @Test func `are none where no item was finished`() {
    let exchange = Exchange([.event(Sent.delta), .event(Sent.completed)])
    #expect(exchange.forwarded.last == Sent.completed)
    #expect(exchange.outcome?.restored == nil)
  }

  @Test func `are not guessed where there were more than anyone keeps`() {
    var exchange = Exchange([Self.done(Self.first, 0)])
    for index in 1...5000 { exchange.take(Self.done(#"{"type":"message"}"#, index)) }
    var second = exchange
    exchange.take(.event(Item.completed()))
    #expect(exchange.forwarded.last == Item.completed())
    // Reasoning is kept longer than the rest.
    second.take(.event(Item.completed(Item.bare("rs_1"))))
    #expect(second.terminalText == Item.completed(Item.bare("rs_1", blob: "B")))
  }

  @Test func `take no more memory than they may`() {
    let filler = String(repeating: "x", count: 9 << 10)
    var exchange = Exchange([])
    exchange.stream = ResponseStream(itemLimit: 64 << 10)
    exchange.take(Self.done(Self.first, 0))
    for index in 1...8 {
      exchange.take(Self.done(#"{"type":"message","text":"\#(filler)"}"#, index))
      #expect(roomHeld(by: exchange.stream) <= 66 << 10)
    }
    exchange.take(.event(Item.completed()))
    #expect(exchange.forwarded.last == Item.completed())
    #expect(roomHeld(by: exchange.stream) == 0)
  }

  @Test func `are told in words that name how many`() {
    #expect(RestoredOutput.items(1).words.contains("1 item that"))
    #expect(RestoredOutput.items(2).words.contains("2 items that"))
    #expect(RestoredOutput.encryptedContent(1).words.contains("1 item of reasoning"))
  }
}

/// The capacity of every byte array within a value, in bytes.
private func roomHeld(by value: Any) -> Int {
  if let bytes = value as? [UInt8] { return bytes.capacity }
  return Mirror(reflecting: value).children.reduce(0) { $0 + roomHeld(by: $1.value) }
}

/// Events around reasoning items.
private enum Item {
  static func bare(_ id: String, blob: String? = nil) -> String {
    let content = blob.map { #","encrypted_content":"\#($0)""# } ?? ""
    return #"{"id":"\#(id)","type":"reasoning","summary":[]\#(content)}"#
  }

  static func added(_ id: String, blob: String) -> String {
    #"{"type":"response.output_item.added","output_index":0,"item":\#(bare(id, blob: blob))}"#
  }

  static func done(_ id: String, blob: String, index: Int = 0) -> String {
    #"{"type":"response.output_item.done","output_index":\#(index),"item":\#(bare(id, blob: blob))}"#
  }

  static func completed(_ items: String...) -> String {
    #"{"type":"response.completed","response":{"id":"r","status":"completed","output":["#
      + items.joined(separator: ",") + #"],"usage":null}}"#
  }
}
