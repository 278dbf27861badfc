package import CurlHTTP
internal import Glibc
package import ProcessIO

/// What a machine says of itself; a value, so that each of its troubles can be examined anywhere.
package struct MachineFacts: Sendable {
  /// The wall clock, in seconds since 1970.
  package var unixTime: Int64
  /// When this program's file was written, in seconds since 1970; nil where the system does not say.
  package var programWritten: Int64?
  /// How many files may be open; nil where the system does not say.
  package var openFiles: OpenFileLimit?
  /// The libcurl of this process.
  package var curl: HTTPLibrary

  /// This machine, now.
  package static var current: MachineFacts {
    MachineFacts(
      unixTime: HostServices.unixMilliseconds / 1000,
      programWritten: PluginSearch.executablePath.flatMap { try? FileStatus(of: $0) }?.changed,
      openFiles: .own, curl: .current)
  }
}
