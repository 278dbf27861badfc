#if Gateway
internal import ChatCompletions
internal import NIOCore
internal import TransportHost

/// The language in which an answer is given.
enum AnswerForm {
  /// The canonical one: nothing is translated.
  case responses
  /// That of Chat Completions.
  case chat(ChatTranslation, ChatStream)

  /// Appends what follows from an event of a stream.
  mutating func append(_ event: ResponseEvent, to buffer: inout ByteBuffer) {
    switch self {
    case .responses: EventText.append(event, to: &buffer)
    case .chat(let translation, var stream):
      var chunks: [UInt8] = []
      stream.take(type: event.type, data: event.data, into: &chunks)
      buffer.writeBytes(chunks)
      self = .chat(translation, stream)
    }
  }

  /// A whole answer in this language.
  ///
  /// - Throws: Why there is none, as the body of an error.
  func body(of response: ArraySlice<UInt8>, at now: Int64) throws(CallError) -> ArraySlice<UInt8> {
    switch self {
    case .responses: return response
    case .chat(let translation, _):
      do throws(ChatFailure) {
        return try ChatAnswer.completion(
          from: response, reply: translation.reply, model: translation.model,
          created: Int(now))[...]
      } catch {
        throw CallError(.protocolError, error.message)
      }
    }
  }

  /// What became of the request; nil: it went as it came.
  var translation: ChatTranslation? {
    switch self {
    case .responses: nil
    case .chat(let translation, _): translation
    }
  }

  /// The members of the request that were left out on the way.
  var dropped: [String] { translation?.dropped ?? [] }
}
#endif
