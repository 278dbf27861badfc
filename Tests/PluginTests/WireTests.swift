import Foundation
import JSONText
import Testing
import TransportSDK

@Suite struct `Golden wire files` {
  @Test(arguments: WireCase.all)
  func `hold the exact exchange`(wire: WireCase) throws {
    let text = wire.text(with: try wire.prepare())
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try text.write(to: wire.file, atomically: true, encoding: .utf8)
    }
    #expect(text == wire.onDisk, "run with UPDATE_GOLDEN=1 and read the difference")
  }

  @Test(arguments: Plugin.allCases)
  func `are at least a dozen for each plugin`(plugin: Plugin) {
    #expect(WireCase.all.count { $0.plugin == plugin } >= 12)
  }

  /// `params` set what they set each time, so files with them are left out.
  @Test(arguments: WireCase.all.filter { !$0["request"].contains("params") })
  func `give a body that needs no further edit`(wire: WireCase) throws {
    let sent = try wire.prepare()
    guard sent.failure == nil, !sent.body.isEmpty else { return }
    let again = try wire.prepareAgain(sent.body)
    #expect(again.edits.isEmpty)
    #expect(again.body == sent.body)
  }

  @Test(arguments: WireCase.all)
  func `give JSON`(wire: WireCase) throws {
    let sent = try wire.prepare()
    guard !sent.body.isEmpty else { return }
    let bytes = Array(sent.body.utf8)
    _ = try JSONText.validate(bytes.span)
  }
}
