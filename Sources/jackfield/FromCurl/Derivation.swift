import CurlCommand
import JSONText
import TransportHost

/// What `from-curl` found out, for both kinds of output.
struct Derivation {
  let poll: PluginPoll
  let best: PluginPoll.Candidate
  let text: ProviderText
  let proof: Proof
  let notes: [String]

  init(_ reader: SampleReader, _ poll: PluginPoll) throws(CommandFailure) {
    guard let best = poll.candidates.first else { throw .unrecognized(poll) }
    self.poll = poll
    self.best = best
    text = ProviderText(best.plugin, best.entry, reader.command)
    proof = try Proof(reader, best.entry, yaml: text.yaml)
    notes = reader.command.notes + text.notes
  }

  /// The findings as one JSON object.
  var json: [UInt8] {
    var out = JSONWriter()
    out.object { top in
      top.member("yaml", text.yaml)
      top.member("plugin", best.plugin)
      top.member("confidence", Int64(best.entry.confidence))
      top.member("reason", best.entry.reason)
      top.member("candidates") { out in
        out.array(poll.candidates) { candidate, out in
          out.object { object in
            object.member("plugin", candidate.plugin)
            object.member("confidence", Int64(candidate.entry.confidence))
            object.member("reason", candidate.entry.reason)
          }
        }
      }
      top.member("notes") { $0.array(notes) { $1.value($0) } }
      top.member("proof") { proof.write(to: &$0) }
    }
    return out.bytes
  }
}

extension Proof {
  fileprivate func write(to out: inout JSONWriter) {
    out.object { proof in
      proof.member("holds", holds)
      proof.member("method") { out in
        out.pair(command.method, explanation.method, isSame: isSameMethod)
      }
      proof.member("url") { $0.pair(command.url, explanation.url, isSame: isSameURL) }
      proof.member("headers") { out in
        out.object { headers in
          headers.member("curl") { $0.array(namesBefore) { $1.value($0) } }
          headers.member("explain") { $0.array(namesAfter) { $1.value($0) } }
          headers.member("same", isSameHeaders)
        }
      }
      proof.member("body") { out in
        out.object { body in
          body.member("identical", isIdenticalBody)
          body.member("same", isSameBody)
          body.member("edits") { out in
            out.array(explanation.edits) { edit, out in
              out.object { object in
                object.member("rule", edit.rule)
                object.member("action", edit.action)
                object.member("pointer", edit.pointer)
                object.member("reason", edit.reason)
              }
            }
          }
          body.member("differences") { $0.array(differences) { $1.value($0) } }
        }
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func pair(_ curl: String, _ explain: String, isSame: Bool) {
    object { pair in
      pair.member("curl", curl)
      pair.member("explain", explain)
      pair.member("same", isSame)
    }
  }
}

extension CommandFailure {
  /// No plugin knows the request.
  fileprivate static func unrecognized(_ poll: PluginPoll) -> CommandFailure {
    guard !poll.asked.isEmpty else {
      return CommandFailure(
        CallError(
          .pluginUnavailable,
          "no plugin was found that could recognize the request. jackfield plugin list shows where"
            + " they are looked for."))
    }
    let asked = poll.asked.joined(separator: ", ")
    return .usage(
      "no plugin recognizes this request; asked were \(asked). It must be a request of the"
        + " Responses API, or of a protocol that another plugin speaks.")
  }
}
