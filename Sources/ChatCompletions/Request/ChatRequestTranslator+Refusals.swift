import JSONText

extension ChatRequestTranslator {
  /// A refusal that points at a value.
  func refusal(
    _ reason: ChatRefusal.Reason, at value: JSONValue, _ message: String, _ remedy: String
  ) -> ChatRefusal {
    refusal(reason, at: value.range.lowerBound, message, remedy)
  }

  private func refusal(
    _ reason: ChatRefusal.Reason, at offset: Int, _ message: String, _ remedy: String
  ) -> ChatRefusal {
    // The walk to the place costs nothing unless there is something to refuse.
    let pointer = JSONPointer.path(to: offset, in: source.bytes.span)
    return ChatRefusal(reason: reason, param: pointer, message: message, remedy: remedy)
  }

  /// A refusal for a member of the request that is not there.
  func missing(_ member: ChatMember, _ remedy: String) -> ChatRefusal {
    ChatRefusal(
      reason: .missing, param: "/\(member.rawValue)",
      message: "'\(member.rawValue)' is missing, or null.", remedy: remedy)
  }

  /// A refusal for a member of an object inside of the request.
  func missing(_ name: String, in object: JSONValue, _ remedy: String) -> ChatRefusal {
    let container = JSONPointer.path(to: object.range.lowerBound, in: source.bytes.span)
    return ChatRefusal(
      reason: .missing, param: JSONPointer.appending(name, to: container),
      message: "'\(name)' is missing, or null.", remedy: remedy)
  }

  func refuseDuplicate(_ member: JSONMember?) throws(ChatRefusal) {
    guard let member else { return }
    throw refusal(
      .duplicate, at: member.key.lowerBound,
      "'\(member.name(in: source.bytes.span))' stands twice in one object.",
      "Send each member once.")
  }

  /// Makes sure of a value's type; `.true` stands for both truth values.
  func expect(_ value: JSONValue, _ kind: JSONKind) throws(ChatRefusal) {
    if value.kind == kind || kind == .true && value.isBoolean { return }
    throw refusal(
      .wrongType, at: value, "The value is \(value.kind.words) and must be \(kind.words).",
      "Send \(kind.words), or leave the member out.")
  }

  /// The known members of an object.
  func checkedFields<Name>(_ object: JSONValue) throws(ChatRefusal) -> Fields<Name> {
    try expect(object, .object)
    let fields: Fields<Name> = source.fields(object)
    try refuseDuplicate(fields.duplicate)
    return fields
  }

  /// A string that must be there.
  func string(
    _ value: JSONValue?, _ name: String, in object: JSONValue, _ remedy: String
  ) throws(ChatRefusal) -> JSONValue {
    guard let value else { throw missing(name, in: object, remedy) }
    try expect(value, .string)
    return value
  }

  // MARK: - What has no counterpart

  /// Refuses what Responses cannot do, and notes what it can do without.
  mutating func refuseWhatChangesTheAnswer() throws(ChatRefusal) {
    if let input = fields[.input] {
      throw refusal(
        .conflict, at: input, "'input' belongs to Responses; here 'messages' is the conversation.",
        "Send 'messages' alone, or send the request to /v1/responses.")
    }
    if let background = fields[.background], background.kind != .false {
      throw refusal(
        .unsupported, at: background, "A chat completion cannot be fetched later.",
        "Leave 'background' out, or send the request to /v1/responses.")
    }
    try refuseSeveralChoices()
    try refuseAudio()
    try refuseStop()
    try refuseForcingBias()
    for member in [ChatMember.frequencyPenalty, .presencePenalty] {
      guard let value = fields[member] else { continue }
      try expect(value, .number)
      if !isZero(value) { drop(member.rawValue) }
    }
    if let seed = fields[.seed] {
      try expect(seed, .number)
      drop("seed")
    }
    // What the answer will probably be makes it come faster and does not change it.
    if let prediction = fields[.prediction] {
      try expect(prediction, .object)
      drop("prediction")
    }
  }

  private func refuseSeveralChoices() throws(ChatRefusal) {
    guard let count = fields[.n] else { return }
    try expect(count, .number)
    guard source.integer(count) != 1 else { return }
    throw refusal(
      .unsupported, at: count, "Responses gives one answer to a request.",
      "Leave 'n' out or send 1; send the request as many times as you need answers.")
  }

  private mutating func refuseAudio() throws(ChatRefusal) {
    if let modalities = fields[.modalities] {
      try expect(modalities, .array)
      for modality in source.items(modalities) where !source.isString(modality, "text") {
        throw refusal(
          .unsupported, at: modality, "Responses answers in text only.",
          "Leave 'modalities' out or send [\"text\"].")
      }
    }
    // Without the modality it says only how the audio would sound.
    if let audio = fields[.audio] {
      try expect(audio, .object)
      drop("audio")
    }
  }

  private func refuseStop() throws(ChatRefusal) {
    guard let stop = fields[.stop] else { return }
    if stop.kind != .array { try expect(stop, .string) }
    // Without them the answer would go on where its reader relies on an end.
    guard stop.range.count > 2, stop.kind == .string || !source.items(stop).isEmpty else { return }
    throw refusal(
      .unsupported, at: stop, "Responses has no stop sequences.",
      "Leave 'stop' out and cut the answer at the sequence yourself.")
  }

  private mutating func refuseForcingBias() throws(ChatRefusal) {
    guard let bias = fields[.logitBias] else { return }
    try expect(bias, .object)
    var members = JSONMembers(of: bias)
    while let member = members.next(in: source.bytes.span) {
      try expect(member.value, .number)
      drop("logit_bias")
      // The reference: "values like -100 or 100 should result in a ban or exclusive selection".
      let written = String(decoding: source.slice(member.value.range), as: UTF8.self)
      guard let value = Double(written), value.magnitude < 100 else {
        throw refusal(
          .unsupported, at: member.value,
          "Responses has no 'logit_bias', and this value bans or forces a token.",
          "Leave it out, and ask for the form of the answer in words or by 'response_format'.")
      }
    }
  }

  /// Whether a number is written with no digit but zero before its exponent.
  private func isZero(_ number: JSONValue) -> Bool {
    source.slice(number.range).prefix { $0 | 0x20 != UInt8(ascii: "e") }
      .allSatisfy { !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
  }
}
