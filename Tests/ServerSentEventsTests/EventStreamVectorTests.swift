import ServerSentEvents
import Testing

/// D01, D02, D03 and D06 are among them.
@Suite struct `The published event stream vectors` {
  @Test func `are all there`() {
    #expect(EventStreamVectors.all.count == 105)
  }

  @Test(arguments: EventStreamVectors.all)
  func `give the same events whole and byte by byte`(vector: EventStreamVector) {
    let bytes = vector.bytes
    expect(Reading([bytes[...]]), toBe: vector)
    expect(Reading(bytes.bytewise), toBe: vector)
  }

  @Test(arguments: EventStreamVectors.all)
  func `give the same events at every two-way split`(vector: EventStreamVector) {
    let bytes = vector.bytes
    let whole = Reading([bytes[...]])
    // Within a run of one byte a split is like its neighbours: a few of them stand for all.
    let offsets = bytes.indices.filter { offset in
      let around = bytes[max(0, offset - 8)..<min(bytes.count, offset + 8)]
      return offset % 997 == 0 || Set(around).count > 1
    }
    for offset in offsets where Reading(bytes.split(at: offset)) != whole {
      Issue.record("other events when split at \(offset)")
    }
  }

  private func expect(
    _ reading: Reading, toBe vector: EventStreamVector,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let read = reading.terminated.map { [$0.type.isEmpty ? "message" : $0.type, $0.text, $0.id] }
    let stated = vector.events.map {
      [$0.type, String(decoding: $0.data, as: UTF8.self), $0.id]
    }
    #expect(read == stated, sourceLocation: sourceLocation)
    if let retry = vector.retry {
      #expect(reading.reconnectionTime == .milliseconds(retry), sourceLocation: sourceLocation)
    }
    if let comments = vector.comments {
      #expect(reading.comments == comments, sourceLocation: sourceLocation)
    }
  }
}
