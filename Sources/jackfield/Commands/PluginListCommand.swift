import ArgumentParser
import TransportHost

/// `jackfield plugin list`: the search order with what is found there; nothing is loaded.
struct PluginListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the search order and the plugins in it, by their manifests.",
    discussion: """
      Reads the manifest beside each library (lib<name>.so.json) and loads nothing. The first \
      plugin of a name wins. A path under plugins in the configuration comes before all places; \
      the working directory is none of them.
      """)

  @OptionGroup var output: OutputOption

  func run() throws {
    let listing = TransportHost.plugins()
    guard !output.isJSON else {
      return Terminal.output.write(json(listing) + [UInt8(ascii: "\n")])
    }
    for place in listing.places { print(place, to: .output) }
  }

  private func print(_ place: PluginListing.Place, to terminal: Terminal) {
    let palette = terminal.palette
    guard let directory = place.directory else {
      return terminal.line(palette(.faint, place.reason))
    }
    let note = place.exists ? place.reason : "\(place.reason), not there"
    terminal.line(
      palette(place.exists ? .place : .faint, directory.harmless) + palette(.faint, "  \(note)"))
    var table = TextTable()
    for plugin in place.plugins {
      let remark = [
        plugin.isShadowed ? "hidden by an earlier one" : nil, plugin.problem, plugin.summary,
      ].compactMap(\.self).joined(separator: "; ")
      table.row(
        .init(plugin.id, plugin.isShadowed ? .faint : .heading), .init(plugin.version ?? "?"),
        .init(remark, .faint))
    }
    table.print(to: terminal)
  }

  private func json(_ listing: PluginListing) -> [UInt8] {
    var out = JSONWriter()
    out.object { top in
      top.member("places") { out in
        out.array(listing.places) { place, out in
          out.object { object in
            object.member("directory", place.directory)
            object.member("reason", place.reason)
            object.member("exists", place.exists)
            object.member("plugins") { $0.array(place.plugins) { $0.write(to: &$1) } }
          }
        }
      }
    }
    return out.bytes
  }
}

extension PluginListing.File {
  fileprivate func write(to out: inout JSONWriter) {
    out.object { file in
      file.member("id", id)
      file.member("version", version)
      file.member("summary", summary)
      file.member("file", path)
      file.member("problem", problem)
      file.member("shadowed", isShadowed)
    }
  }
}
