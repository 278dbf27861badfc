internal import ProcessIO
internal import ProviderConfiguration

extension Doctor {
  /// Which configuration it is, what is wrong with its text, and who may read the secrets' files.
  var files: [Finding] {
    [chosen, text] + secretFiles.map(permissions)
  }

  private var chosen: Finding {
    host == nil && diagnostics.contains { $0.code == .fileUnreadable }
      ? .error(
        file, diagnostics.first?.message ?? "it cannot be read", advice: "Name one: --config.")
      : .ok(file, choice)
  }

  private var text: Finding {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
    let advice = "jackfield check shows them with their lines."
    if errors > 0 { return .error("its text", counts, advice: advice) }
    return warnings > 0
      ? .warning("its text", counts, advice: advice) : .ok("its text", "no findings")
  }

  private func permissions(of secret: (written: String, path: String, name: String, mark: Mark))
    -> Finding
  {
    let status: FileStatus
    do { status = try FileStatus(of: secret.path) } catch {
      return .error(
        secret.written, "credential \"\(secret.name)\" cannot be read: \(error)", at: secret.mark)
    }
    guard status.isRegular, status.isReadable else {
      let why = status.isRegular ? "this user may not read it" : "it is no file"
      return .error(
        secret.written, "credential \"\(secret.name)\" cannot be read: \(why)", at: secret.mark)
    }
    guard !status.isReadableByOthers else {
      let octal = String(status.permissions, radix: 8)
      return .warning(
        secret.written, "other users of this machine may read this secret (mode \(octal))",
        advice: "chmod 600 '\(secret.path)'", at: secret.mark)
    }
    return .ok(secret.written, "readable, and for its owner alone", at: secret.mark)
  }
}
