internal import Glibc

/// This process's variables and some more, as `NAME=value`.
func environment(adding variables: [(name: String, value: String)]) -> [String] {
  var all: [String] = []
  var next = unsafe environ
  // SAFETY: nothing in this process changes the environment; the list ends with nil.
  while let entry = unsafe next.pointee {
    let text = unsafe String(cString: entry)
    if !variables.contains(where: { text.hasPrefix("\($0.name)=") }) { all.append(text) }
    unsafe next += 1
  }
  return all + variables.map { "\($0.name)=\($0.value)" }
}

/// Lends words as C has them: a list that ends with nil.
func withCStrings<R>(
  _ words: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
) -> R {
  // SAFETY: the copies live until the closure has returned.
  var copies = unsafe words.map { unsafe strdup($0) } + [nil]
  defer { for index in words.indices { unsafe free(copies[index]) } }
  return unsafe body(&copies)
}
