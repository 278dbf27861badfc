import Testing
import TransportHost

@Suite struct `A doctor` {
  private func clock(_ change: (inout MachineFacts) -> Void) -> DoctorReport.Finding? {
    var machine = MachineFacts.current
    change(&machine)
    return TransportHost.doctor(
      contentsOf: "/no/such/file", chosenBecause: "", options: TransportHost.Options(), on: machine
    ).sections.first { $0.name == "clock" }?.findings.first
  }

  @Test(arguments: [
    (Int64(0), nil, DoctorReport.Severity.error, "1970-01-01"),
    (-1, nil, .error, "1969-12-31"), (1_709_164_800, nil, .error, "2024-02-29"),
    (1_785_542_399, nil, .error, "2026-07-31"), (1_785_542_400, nil, .ok, "2026-08-01"),
    (1_798_675_200, Int64(1_798_761_600), .error, "2026-12-31"),
    (1_798_761_600, 1_798_761_600, .ok, "2027-01-01"),
    (4_102_444_799, nil, .ok, "2099-12-31"), (4_102_444_800, nil, .error, "2100-01-01"),
  ])
  func `doubts a clock from before the program and from after its time`(
    _ now: Int64, _ written: Int64?, _ severity: DoctorReport.Severity, _ day: String
  ) throws {
    let finding = try #require(
      clock {
        $0.unixTime = now
        $0.programWritten = written
      })
    #expect(finding.severity == severity)
    #expect(finding.message.contains("it says \(day)"))
    #expect((finding.advice == nil) == (severity == .ok))
  }

  @Test func `has the same sections for a file that cannot be read`() {
    let report = TransportHost.doctor(contentsOf: "/no/such/file", chosenBecause: "")
    #expect(
      report.sections.map(\.name) == [
        "files", "plugins", "variables", "credentials", "clock", "proxies", "tls", "libraries",
        "limits",
      ])
    #expect(report.sections.first?.findings.first?.severity == .error)
  }
}
