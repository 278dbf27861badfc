// The TransportHost module.
