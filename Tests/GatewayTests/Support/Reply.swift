#if Gateway
/// What an upstream of a test says, with white space that no writer of JSON makes.
enum Reply {
  static let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"

  static let created = event(
    #"{"type":"response.created", "sequence_number":0,"response":{"id":"resp_1" ,"object":"response","status":"in_progress","output":[]}}"#
  )
  static let delta = event(
    #"{"type":"response.output_text.delta","sequence_number":1,  "delta":"H\u0069 \u00fc"}"#)
  static let completed = event(
    #"{"type":"response.completed","sequence_number":2,"response":\#(whole)}"#)
  static let whole =
    #"{"id":"resp_1" , "object":"response","status":"completed","error":null,"model":"m","output":[{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"H\u0069 \u00fc"}]}],"x" : 1.50e0}"#

  static func event(_ data: String) -> String {
    let type = data.dropFirst(9).prefix { $0 != "\"" }
    return "event: \(type)\ndata: \(data)\n\n"
  }
}
#endif
