// The ResponseStream module.
