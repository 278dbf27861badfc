// Answers every request with the same bytes, on one thread, through SwiftNIO's HTTP/1 alone, set up as
// the gateway sets it up. Prints its port on loopback.

import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

final class HelloHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private var body: [ByteBuffer] = []

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: body.removeAll(keepingCapacity: true)
    case .body(let part): body.append(part)
    case .end: answer(context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answer(_ context: ChannelHandlerContext) {
    let text = context.channel.allocator.buffer(string: "Hello.\n")
    var head = HTTPResponseHead(version: .http1_1, status: .ok)
    head.headers.add(name: "content-type", value: "text/plain; charset=utf-8")
    head.headers.add(name: "content-length", value: "\(text.readableBytes)")
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(text))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}

let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
  .serverChannelOption(.backlog, value: 1024)
  .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
  .childChannelInitializer { channel in
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
      try pipeline.addHandler(HelloHandler())
    }
  }
  .bind(host: "127.0.0.1", port: 0).get()
print(listener.localAddress?.port ?? 0)
fflush(nil)
try await listener.closeFuture.get()
