// AzureOpenAITransport
