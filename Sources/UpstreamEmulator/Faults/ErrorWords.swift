/// A status, a code and a text with slashes between; `-` stands for no code.
struct ErrorWords {
  let status: Int
  let code: String?
  let text: String

  init?(_ argument: String) {
    let parts = argument.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count == 3, let status = Int(parts[0]), (200...599).contains(status) else {
      return nil
    }
    self.status = status
    code = parts[1] == "-" ? nil : parts[1]
    text = parts[2]
  }
}
