// load-plugin: opens one plugin, shakes hands, and prints the processor time that this took, in seconds.

import Glibc
import TransportHost

func processorTime() -> Double {
  var time = timespec()
  // SAFETY: the call fills the one structure it is given.
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

guard CommandLine.arguments.count == 2 else {
  print("usage: load-plugin FILE")
  exit(2)
}
do {
  let start = processorTime()
  _ = try TransportLibrary(opening: CommandLine.arguments[1], expecting: nil)
  print(processorTime() - start)
} catch {
  print("load-plugin: \(error)")
  exit(1)
}
