// The ResponsesTransport module.
