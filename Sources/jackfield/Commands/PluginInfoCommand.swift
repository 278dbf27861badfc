import ArgumentParser
import JSONText
import TransportHost

/// `jackfield plugin info`: loads one file and says what it is.
struct PluginInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Load a plugin file and print its descriptor, options and rules.",
    discussion: """
      Loading runs the code in the file. Without an error the file exports the entry, its tables \
      are those of this host's ABI, and its required functions are there.
      """)

  @Argument(help: "The library.", completion: .file(extensions: ["so", "dylib"]))
  var file: String

  @OptionGroup var output: OutputOption

  func run() throws {
    let library: TransportLibrary
    // Without a slash the system's loader would search its own directories.
    let path = file.contains("/") ? file : "./" + file
    do { library = try TransportLibrary(opening: path, expecting: nil) } catch {
      throw CommandFailure(CallError(error.code, error.message))
    }
    guard !output.isJSON else {
      return Terminal.output.write(json(library) + [UInt8(ascii: "\n")])
    }
    print(library, to: .output)
  }

  private func print(_ library: TransportLibrary, to terminal: Terminal) {
    terminal.line(
      terminal.palette(.heading, library.id) + " " + library.version
        + terminal.palette(.faint, "  " + file.harmless))
    var facts = TextTable()
    facts.row(.init("handshake", .faint), .init("passed", .success))
    facts.row(.init("ABI", .faint), .init("\(PluginInterface.major), \(PluginInterface.name)"))
    facts.row(.init("built with", .faint), .init(library.toolchain))
    facts.print(to: terminal)
    let options = PluginOption.all(in: library.manifest)
    if !options.isEmpty {
      terminal.line()
      terminal.heading("options")
      var table = TextTable()
      for option in options { table.row(.init(option.name), .init(option.text, .faint)) }
      table.print(to: terminal)
    }
    guard !library.rules.isEmpty else { return }
    terminal.line()
    terminal.heading("rules")
    var table = TextTable()
    for rule in library.rules { table.row(.init(rule.id), .init(rule.reason, .faint)) }
    table.print(to: terminal)
  }

  private func json(_ library: TransportLibrary) -> [UInt8] {
    let manifest = Array(library.manifest.utf8)
    let isManifest = (try? JSONText.validate(manifest.span)) != nil
    var out = JSONWriter()
    out.object { object in
      object.member("id", library.id)
      object.member("version", library.version)
      object.member("file", file)
      object.member("toolchain", library.toolchain)
      object.member("abi", PluginInterface.major)
      object.member("interfaces") { $0.array([PluginInterface.name]) { $1.value($0) } }
      object.member("handshake", "passed")
      object.member("manifest") { $0.raw(isManifest ? manifest : Array("null".utf8)) }
      object.member("rules") { out in
        out.array(library.rules) { rule, out in
          out.object { object in
            object.member("id", rule.id)
            object.member("reason", rule.reason)
            object.member("link", rule.link)
          }
        }
      }
    }
    return out.bytes
  }
}

/// The interface that a handshake asks for.
enum PluginInterface {
  /// The ABI that this host speaks, the only one whose handshake passes.
  static let major: Int64 = 1
  /// Its id.
  static let name = "jackfield.transport/1"
}

/// A key under `options`, as a manifest describes it.
struct PluginOption {
  let name: String
  let text: String

  /// The keys of a manifest's schema, in its order.
  static func all(in manifest: String) -> [PluginOption] {
    let bytes = Array(manifest.utf8)
    let text = bytes.span
    guard let root = try? JSONText.validate(text),
      let properties = root.value(at: "/options/properties", in: text), properties.kind == .object
    else { return [] }
    var options: [PluginOption] = []
    var members = JSONMembers(of: properties)
    while let member = members.next(in: text) {
      let description = member.value.member("description", in: text)?.string(in: text)
      options.append(PluginOption(name: member.name(in: text), text: description ?? ""))
    }
    return options
  }
}
