// The TransportSDK module.
