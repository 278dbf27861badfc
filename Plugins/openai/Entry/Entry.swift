public import CTransportABI
import OpenAITransport
import TransportSDK

/// Everything that this plugin is lies behind its one exported symbol.
private let entry = TransportEntry(OpenAITransport.self)

/// The entry of the plugin.
@c @implementation
public func jf_plugin_entry_v1() -> UnsafePointer<jf_entry>? { unsafe entry.pointer }
