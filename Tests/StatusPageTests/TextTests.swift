import Testing

@testable import StatusPage

@Suite struct `Numbers on the page` {
  @Test(arguments: [
    (0, "0"), (0.04, "0"), (0.05, "0.1"), (7, "7"), (7.49, "7.5"), (9.94, "9.9"), (9.95, "10"),
    (84.4, "84"), (999.4, "999"), (999.5, "1,000"), (1204, "1,204"), (9999, "9,999"),
    (9999.5, "10k"), (12_345, "12.3k"), (999_949, "999.9k"), (999_950, "1M"), (4_100_000, "4.1M"),
  ])
  func `amounts have three figures or four`(value: Double, text: String) {
    #expect(StatusText.amount(value) == text)
  }

  @Test(
    arguments: [
      (0, "0 ms"), (999, "999 ms"), (1000, "1 s"), (1049, "1 s"), (1050, "1.1 s"),
      (99_949, "99.9 s"),
      (99_950, "100 s"), (599_999, "600 s"), (600_000, "10 min"),
    ] as [(Int64, String)])
  func `durations have a unit`(value: Int64, text: String) {
    #expect(StatusText.duration(value) == text)
  }

  @Test(arguments: [
    (0, "0 %"), (0.0004, "<0.1 %"), (0.001, "0.1 %"), (0.0123, "1.2 %"), (0.0995, "10 %"),
    (0.374, "37 %"), (1, "100 %"),
  ])
  func `shares are percents`(value: Double, text: String) {
    #expect(StatusText.share(value) == text)
  }

  @Test(
    arguments: [
      (-5000, "0 s"), (59_999, "59 s"), (60_000, "1 min"), (3_599_999, "59 min"),
      (15_120_000, "4 h 12 min"), (86_399_999, "23 h 59 min"), (273_600_000, "3 d 4 h"),
    ] as [(Int64, String)])
  func `spans have their two largest units`(value: Int64, text: String) {
    #expect(StatusText.span(value) == text)
  }

  @Test func `a moment of another day says how long ago that was`() {
    let noon: Int64 = 1_780_315_200_000
    #expect(StatusText.moment(noon - 1000, now: noon) == "11:59:59")
    #expect(StatusText.moment(noon - 43_200_001, now: noon) == "23:59:59, 1 d ago")
    #expect(StatusText.moment(noon - 86_400_000, now: noon) == "12:00:00, 1 d ago")
  }
}

@Suite struct `A plot` {
  @Test(arguments: [
    (0, 2), (1, 2), (2, 2), (3, 4), (4, 4), (5, 6), (7, 8), (9, 10), (10, 10), (11, 20), (41, 60),
    (99, 100), (1234, 2000),
  ])
  func `goes up to a round number that is not below`(value: Double, top: Double) {
    #expect(Plot.top([0, value], atLeast: 2) == top)
  }

  @Test func `has a bar a row, from the bottom`() {
    #expect(Plot.bars([0, 5, 10], top: 10) == "M4 100V50H7V100ZM8 100V0H11V100Z")
  }

  @Test func `has no line where there is no value, and a point for a value alone`() {
    #expect(Plot.line([nil, 5, 10, nil, 2], top: 10) == "M6 50h0L10 0M18 80h0")
  }

  @Test func `has steps that are level within a row`() {
    #expect(Plot.steps([0, 1, 3], top: 3) == "M0 100V100H4V66.7H8V0H12V100Z")
  }

  @Test func `never leaves its frame`() {
    #expect(Plot.bars([50], top: 10) == "M0 100V0H3V100Z")
  }
}
