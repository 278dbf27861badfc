internal import CTransportABI
internal import JSONText

/// The table of "jackfield.probe/1" with the type that it serves: one address is both.
@safe struct ProbeBlock {
  var probe: jf_probe
  var type: Unmanaged<ErasedTransport>
}

/// The table of "jackfield.probe/1", the same for every Swift transport.
func probeTable() -> jf_probe {
  unsafe jf_probe(
    struct_size: UInt32(MemoryLayout<jf_probe>.size), reserved: 0,
    alternatives: { table, settings, sink in
      // SAFETY: every table that this function is in is the first field of a ProbeBlock.
      let block = unsafe UnsafeRawPointer(table).assumingMemoryBound(to: ProbeBlock.self)
      unsafe block.pointee.type.takeUnretainedValue()
        .alternatives(to: settings.pointee, sink: sink.pointee)
    })
}

extension SettingsAlternative {
  /// Hands the settings to the host.
  func send(to sink: jf_probe_sink) {
    unsafe baseURL.borrowed { baseURL in
      unsafe optionsText.borrowed { options in
        unsafe reason.borrowed { unsafe sink.alternative(sink.context, baseURL, options, $0) }
      }
    }
  }

  /// The options as a JSON object in the order of their names; empty where there are none.
  private var optionsText: String {
    guard !options.isEmpty else { return "" }
    let members = options.sorted { $0.key < $1.key }.map { name, value in
      String(decoding: JSONEscape.literal(name), as: UTF8.self) + ":"
        + String(decoding: JSONEscape.literal(value), as: UTF8.self)
    }
    return "{\(members.joined(separator: ","))}"
  }
}
