// AzureFoundryTransport
