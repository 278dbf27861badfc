import TransportHost

// Both sides of the ABI name the same ideas, and the host's module has a class of its own name, so
// that its types cannot be told apart by it.

typealias HostFraming = Framing
typealias HostSampleRequest = SampleRequest
typealias HostSettingsRefused = SettingsRefused
