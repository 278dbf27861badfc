// jackfield-benchmarks: speeds beside their limits and peers, each on a named corpus.

import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())

do throws(CommandLineError) {
  try await Command(arguments).run()
} catch {
  print("jackfield-benchmarks: \(error)\n\n\(Command.usage)")
  exit(1)
}
