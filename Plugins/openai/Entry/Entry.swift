public import CTransportABI
import OpenAITransport
import TransportSDK

private let entry = TransportEntry(OpenAITransport.self)

/// The one symbol that the file exports.
@c @implementation
public func jf_plugin_entry_v1() -> UnsafePointer<jf_entry>? { unsafe entry.pointer }
