import ArgumentParser
import ProviderConfiguration

/// A duration as the configuration writes it: `250ms`, `5s`, `2m`.
struct DurationArgument: ExpressibleByArgument {
  let value: Duration

  init?(argument: String) {
    guard let value = DurationText.parse(argument) else { return nil }
    self.value = value
  }
}
