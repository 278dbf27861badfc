import TransportHost

/// Asks every plugin of the search order whether a request is of its kind.
struct PluginPoll {
  /// A plugin's answer.
  struct Candidate {
    let plugin: String
    let entry: RecognizedEntry
  }

  /// The answers, the surest first.
  private(set) var candidates: [Candidate] = []
  /// The ids that were asked.
  private(set) var asked: [String] = []
  /// Plugins that could not be loaded, with the reason.
  private(set) var problems: [String] = []

  init(_ sample: SampleRequest, in listing: PluginListing) {
    for file in listing.places.flatMap(\.plugins) where !file.isShadowed {
      do throws(PluginError) {
        let library = try TransportLibrary(opening: file.path, expecting: nil)
        asked.append(library.id)
        if let entry = library.recognize(sample) {
          candidates.append(Candidate(plugin: library.id, entry: entry))
        }
      } catch {
        problems.append(error.message)
      }
    }
    candidates.sort { $0.entry.confidence > $1.entry.confidence }
  }
}
