// The ServerSentEvents module.
