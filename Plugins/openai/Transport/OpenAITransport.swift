// OpenAITransport
