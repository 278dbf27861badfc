// Answers every POST to /v1/responses with the same bytes, on one thread, through Hummingbird's router.
// Prints its port on loopback.

import Glibc
import Hummingbird
import Logging
import NIOCore
import NIOPosix

let router = Router()
router.post("v1/responses") { request, _ -> String in
  _ = try await request.body.collect(upTo: 1 << 20)
  return "Hello.\n"
}

var logger = Logger(label: "hello")
logger.logLevel = .error

let application = Application(
  router: router,
  configuration: .init(address: .hostname("127.0.0.1", port: 0)),
  onServerRunning: { channel in
    print(channel.localAddress?.port ?? 0)
    fflush(nil)
  },
  eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1)),
  logger: logger)
try await application.runService()
