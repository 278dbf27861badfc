import AzureFoundryTransport
import AzureOpenAITransport
import Foundation
import OpenAITransport
import Testing
import TransportSDK

@Suite struct `The side-car manifest of a plugin` {
  static let descriptors = [
    OpenAITransport.descriptor, AzureOpenAITransport.descriptor, AzureFoundryTransport.descriptor,
  ]

  /// The committed file, which the scripts place beside the library.
  private static func file(_ id: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Plugins/\(id)/manifest.json")
  }

  @Test(arguments: descriptors)
  func `says what the plugin says of itself`(descriptor: TransportDescriptor) throws {
    let file = Self.file(descriptor.id)
    let manifest = Data(descriptor.manifest)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try (manifest + Data("\n".utf8)).write(to: file)
    }
    let committed = try Data(contentsOf: file)
    #expect(
      String(decoding: committed, as: UTF8.self) == String(decoding: manifest, as: UTF8.self) + "\n"
    )
  }

  @Test(arguments: descriptors)
  func `is JSON with a schema of the options`(descriptor: TransportDescriptor) throws {
    let object = try JSONSerialization.jsonObject(with: Data(descriptor.manifest))
    let top = try #require(object as? [String: Any])
    #expect(top["id"] as? String == descriptor.id)
    let options = try #require(top["options"] as? [String: Any])
    let names = try #require(options["properties"] as? [String: Any]).keys
    #expect(Set(names) == Set(descriptor.options.map(\.name)))
    #expect(options["additionalProperties"] as? Bool == false)
  }
}
