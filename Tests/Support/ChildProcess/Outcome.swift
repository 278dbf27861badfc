extension ChildProcess {
  /// How a program ended.
  package enum Ending: Hashable, Sendable {
    /// By itself, with this code.
    case exit(Int32)
    /// By this signal.
    case signal(Int32)

    /// Reads what `wait` of the system says of a process that has ended.
    init(waitStatus: Int32) {
      let signal = waitStatus & 0x7F
      self = signal == 0 ? .exit(waitStatus >> 8 & 0xFF) : .signal(signal)
    }
  }

  /// What a program left behind.
  package struct Outcome: Sendable {
    /// How it ended.
    package let ending: Ending
    /// What of its standard output had not been read before its end.
    package let output: [UInt8]
    /// What it wrote to standard error; empty where that was joined with its output.
    package let error: [UInt8]
    /// Its processor time, user and system, from its start to its end, in seconds.
    package let seconds: Double

    /// The exit code, or, as shells count, 128 and the number of the signal that ended it.
    package var status: Int32 {
      switch ending {
      case .exit(let code): code
      case .signal(let number): 128 + number
      }
    }

    /// The output as text.
    package var text: String { String(decoding: output, as: UTF8.self) }

    /// What it wrote to standard error, as text.
    package var errorText: String { String(decoding: error, as: UTF8.self) }

    /// The outcome itself when the program succeeded.
    ///
    /// - Throws: How it ended and what it wrote, when that is not with 0.
    package func checked() throws(ChildProcessFailure) -> Outcome {
      guard ending == .exit(0) else {
        throw ChildProcessFailure("a program failed: \(ending)\n\(text)\(errorText)")
      }
      return self
    }
  }
}

/// Why a program gave no result.
package struct ChildProcessFailure: Error, CustomStringConvertible {
  /// What failed, and why.
  package let description: String

  /// A failure with its description.
  package init(_ description: String) { self.description = description }
}
