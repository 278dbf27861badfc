import Glibc

/// Why a listener could not be started, or an option not be understood.
package enum EmulatorError: Error, Hashable, CustomStringConvertible {
  /// The port could not be opened, for the upstream of this name or for `tokens`; the number is the
  /// system's `errno`.
  case cannotListen(service: String, port: UInt16, errno: Int32)
  /// No thread could be started; the number is the system's error.
  case cannotStartThread(errno: Int32)
  /// A fault that does not exist, or whose argument is not what it takes.
  case unknownFault(String)
  /// A quirk that does not exist, or whose argument is not what it takes.
  case unknownQuirk(String)
  /// What should be the certificate of an application is none, or its key is not of RSA.
  case badCertificate

  /// One sentence for a person, and what to do.
  package var description: String {
    switch self {
    case .cannotListen(let service, let port, let code):
      "cannot listen on 127.0.0.1:\(port) for \(service): \(Self.text(code)). "
        + "Choose another port, or 0 to have one picked."
    case .cannotStartThread(let code):
      "cannot start a thread: \(Self.text(code))."
    case .unknownFault(let text):
      "unknown fault \"\(text)\". `jackfield-emulate --help` lists them all."
    case .unknownQuirk(let text):
      "unknown quirk \"\(text)\". `jackfield-emulate --help` lists them all."
    case .badCertificate:
      "cannot read the certificate: there is no such file, it is not PEM, or its key is not of RSA."
    }
  }

  private static func text(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text).lowercased()
  }
}
