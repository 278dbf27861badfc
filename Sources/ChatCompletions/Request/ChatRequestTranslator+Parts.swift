import JSONText

/// Which way a message's content went; parts of text have a name for either.
enum ContentDirection {
  case input, output
}

/// The members of a content part.
private enum PartMember: String {
  case type, text, refusal, file
  case imageURL = "image_url"
}

/// The members of an image.
private enum ImageMember: String { case url, detail }

extension ChatRequestTranslator {
  /// Writes a message's content: a string as it stands, parts one by one.
  mutating func writeContent(
    _ content: JSONValue, _ direction: ContentDirection
  ) throws(ChatRefusal) {
    guard content.kind == .array else { return out.copy(source.slice(content.range)) }
    out.made(of: content)
    out.openArray()
    var parts = JSONItems(of: content)
    while let part = parts.next(in: source.bytes.span) { try writePart(part, direction) }
    out.closeArray()
  }

  /// Writes one part.
  mutating func writePart(
    _ part: JSONValue, _ direction: ContentDirection
  ) throws(ChatRefusal) {
    let fields: Fields<PartMember> = try checkedFields(part)
    let type = try string(fields[.type], "type", in: part, "Say what kind of part it is.")
    var others = fields.others
    var written = ["type", "text"]
    switch (source.string(type) ?? "", direction) {
    case ("text", _):
      let text = try string(fields[.text], "text", in: part, "Send the part's text.")
      openPart(direction == .input ? "input_text" : "output_text", type, of: part, members: part)
      copy(text, as: "text")
    case ("refusal", .output):
      let words = try string(fields[.refusal], "refusal", in: part, "Send the refusal's text.")
      openPart("refusal", type, of: part, members: part)
      copy(words, as: "refusal")
      written = ["type", "refusal"]
    case ("image_url", .input):
      others += try writeImage(fields[.imageURL], type, in: part)
      written = ["type", "image_url", "detail"]
    case ("file", .input):
      guard let file = fields[.file] else {
        throw missing("file", in: part, "Send an object with 'file_id', or 'file_data' and a name.")
      }
      try expect(file, .object)
      openPart("input_file", type, of: part, members: file)
      others += members(of: file)
    case ("input_audio", _):
      throw refusal(
        .unsupported, at: type, "Responses takes no audio in a message.",
        "Send a transcript as a part of type text.")
    case ("refusal", .input), ("image_url", .output), ("file", .output):
      throw refusal(
        .wrongValue, at: type, "A message of this role has no such part.",
        "Refusals are the assistant's, images and files are not.")
    default:
      // A type of neither API is for the upstream to judge.
      return out.copy(source.slice(part.range))
    }
    try close(others: others, besides: written)
  }

  /// - Returns: What else the image has.
  private mutating func writeImage(
    _ image: JSONValue?, _ type: JSONValue, in part: JSONValue
  ) throws(ChatRefusal) -> [JSONMember] {
    guard let image else {
      throw missing("image_url", in: part, "Send an object with the image's 'url'.")
    }
    let fields: Fields<ImageMember> = try checkedFields(image)
    let url = try string(fields[.url], "url", in: image, "Send a URL, or the image as a data URL.")
    openPart("input_image", type, of: part, members: image)
    copy(url, as: "image_url")
    // Required by Responses' schema, with the default that Chat Completions has.
    if let detail = fields[.detail] {
      copy(detail, as: "detail")
    } else {
      out.key("detail")
      out.literal(#""auto""#)
    }
    return fields.others
  }

  private mutating func openPart(
    _ name: String, _ type: JSONValue, of part: JSONValue, members: JSONValue
  ) {
    out.made(of: part, members: members)
    out.openObject()
    out.key("type")
    out.made(of: type)
    out.string(name)
  }

  /// All members of an object.
  func members(of object: JSONValue) -> [JSONMember] {
    var cursor = JSONMembers(of: object)
    var members: [JSONMember] = []
    while let member = cursor.next(in: source.bytes.span) { members.append(member) }
    return members
  }
}
