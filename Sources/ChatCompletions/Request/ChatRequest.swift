import JSONText

/// A Chat Completions request that became a Responses request.
public struct ChatTranslation: Sendable, Hashable {
  /// The Responses request: one JSON object.
  public let body: [UInt8]
  /// The model that the caller asked for.
  public let model: String
  /// Whether the answer is to be a stream.
  public let isStream: Bool
  /// What the answer must look like; ``ChatAnswer`` and ``ChatStream`` need it.
  public let reply: ChatReply
  /// The members that were left out since Responses has none like them and the answer is still one to
  /// the same question, such as `seed` or `messages[].name`; each once, in the order they were met.
  public let dropped: [String]
  /// Where what the body says stands in the request that the caller wrote.
  let places: ChatPlaces

  /// The place in the caller's request of a place in ``body``.
  ///
  /// What has no counterpart there, such as a type that only Responses has, is named by what is around
  /// it; a member that is missing, by where it would stand. It costs a translation.
  ///
  /// - Parameter pointer: A pointer by RFC 6901 into ``body``.
  /// - Returns: A pointer into the caller's request; nil where no part of it is meant, as for a member
  ///   that the translation added.
  public func place(of pointer: String) -> String? { places.place(of: pointer) }

  /// The same for a place as errors of the API have it in `param`, such as `input[0].type`.
  ///
  /// - Parameter parameter: What an upstream gave as `param`.
  /// - Returns: The `param` for the caller; nil: none.
  public func parameter(of parameter: String) -> String? { places.parameter(of: parameter) }
}

/// Translates requests of Chat Completions to requests of Responses.
///
/// What both APIs have is copied as it was written. What only Chat Completions has is translated,
/// dropped and reported, or refused; `Documentation/chat-completions.md` has the whole mapping. What
/// neither has goes on unchanged, since a newer upstream may know it.
public enum ChatRequest {
  /// Translates one request.
  ///
  /// - Parameter body: The caller's body, of any content.
  /// - Returns: The request to send, and what the answer must look like.
  /// - Throws: ``ChatRefusal`` with a pointer into `body`.
  public static func translated(_ body: [UInt8]) throws(ChatRefusal) -> ChatTranslation {
    let index: JSONIndex
    do throws(JSONTextError) {
      index = try JSONText.index(body.span)
    } catch {
      throw ChatRefusal(
        reason: .notJSON, param: "", message: "The body is \(error.description).",
        remedy: "Send one JSON object in UTF-8.")
    }
    guard index.root.kind == .object else {
      throw ChatRefusal(
        reason: .wrongType, param: "",
        message: "The body is \(index.root.kind.words) and must be an object.",
        remedy: "Send one JSON object with 'model' and 'messages'.")
    }
    var translator = ChatRequestTranslator(body, index)
    return try translator.translation()
  }
}
