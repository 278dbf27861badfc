import TransportHost
import TransportSDK

/// The one entry of this program.
let probeEntry = TransportEntry(ProbeTransport.self)

/// Makes an instance as a host does.
func probe(_ settings: InstanceSettings) throws -> TransportInstance {
  try TransportInstance(
    unsafe TransportLibrary(entry: probeEntry.pointer, file: nil, expecting: "probe"),
    settings: settings)
}
