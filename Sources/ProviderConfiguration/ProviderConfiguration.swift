// The ProviderConfiguration module.
