// The UpstreamEmulator module.
