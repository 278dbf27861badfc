import Foundation
import StatusPage
import Testing

@Suite(
  .serialized,
  .enabled(
    if: Browser.program != nil, "chromium is missing: Scripts/test installs it, or apt-get does"))
struct `The status page in a browser` {
  static let seconds: Int64 = 4
  static let first = snapshot(seconds: 0)
  static let second = snapshot(seconds: seconds)

  static func snapshot(seconds: Int64) -> StatusSnapshot {
    var board = Fixture.board(seconds: seconds)
    return board.snapshot(
      gateway: Fixture.gateway, targets: Fixture.targets, at: Fixture.noon + seconds * 1000)
  }

  @Test(arguments: [second, Fixture.odd(), Hostile.snapshot(bound: 1)])
  func `its script draws of the numbers what the gateway draws`(next: StatusSnapshot) throws {
    let live = try PageServer(Self.first, then: next)
    let (updated, console) = try Browser.document(live.url, milliseconds: 3000)
    #expect(live.asked.filter { $0 == "/status.json" }.count == 1)
    #expect(console == [])
    let (before, _) = try Browser.document(live.url, milliseconds: 500)
    let still = try PageServer(next, then: nil)
    let (drawn, _) = try Browser.document(still.url, milliseconds: 500)
    #expect(still.asked.allSatisfy { $0 == "/" })
    #expect(before.contains("12:00:00"))
    #expect(updated != before)
    #expect(Self.lines(updated) == Self.lines(drawn))
  }

  @Test func `nothing that others wrote runs or asks for anything`() throws {
    let hostile = Hostile.snapshot()
    let server = try PageServer(Self.first, then: hostile)
    let (document, console) = try Browser.document(server.url, milliseconds: 3000)
    #expect(console == [])
    #expect(document.contains("<title>Jackfield</title>"))
    #expect(document.contains("&lt;script&gt;document.title='pwned'"))
    #expect(document.matches(of: /<script/).count == 1)
    #expect(!document.contains("<img"))
    #expect(Set(server.asked).isSubset(of: ["/", "/status.json"]))
  }

  @Test(arguments: [1280, 390, 320])
  func `nothing that others wrote widens the page`(width: Int) throws {
    // The window has its width only some time after the script began.
    let probe = """
      const check = () => {
        const root = document.documentElement;
        const isRight = root.scrollWidth === \(width) && root.clientWidth === \(width);
        document.body.style.background = isRight ? "" : "#f0f";
      };
      check();
      addEventListener("resize", check);
      """
    let hostile = Hostile.snapshot()
    let server = try PageServer(hostile, then: hostile, extra: probe)
    let picture = try Picture(
      png: Browser.picture(server.url, width: width, height: 844, scheme: .light))
    #expect(picture.colours()[0xFF00FF] == nil)
    #expect(picture.colours()[0xF3F3EF, default: 0] > 1000)
  }

  @Test func `it says since when the gateway is silent`() throws {
    let server = try PageServer(Self.first, then: nil)
    let (document, _) = try Browser.document(server.url, milliseconds: 3000)
    #expect(document.contains("no answer since"))
    #expect(document.contains("12:00:00"))
  }

  @Test func `pointing at a plot shows that moment in all of them`() throws {
    let point = """
      setTimeout(() => {
        const plot = document.querySelector(".frame svg"), box = plot.getBoundingClientRect();
        plot.dispatchEvent(new PointerEvent("pointermove", {clientX: box.left + box.width / 2}));
      }, 2600);
      """
    let server = try PageServer(Self.first, then: Self.second, extra: point)
    let (document, console) = try Browser.document(server.url, milliseconds: 3500)
    #expect(console == [])
    #expect(document.matches(of: /class="cursor" d="M361.5 0V100"/).count == 5)
    #expect(document.contains(#"data-f="at">11:45:10<"#))
    let calls = Self.second.points[90].calls
    #expect(document.contains("data-f=\"calls-at\">\(calls)<"))
  }

  @Test(arguments: Browser.Scheme.allCases, [1280, 390])
  func `it is drawn in its colours`(scheme: Browser.Scheme, width: Int) throws {
    let server = try PageServer(Self.second, then: Self.second)
    let data = try Browser.picture(server.url, width: width, height: 844, scheme: scheme)
    let picture = try Picture(png: data)
    #expect((picture.width, picture.height) == (width, 844))
    let isDark = scheme == .dark
    #expect(isDark ? picture.brightness < 60 : picture.brightness > 200)
    let colours = picture.colours()
    #expect(colours.count > 50)
    #expect(colours.count < 20_000)
    func share(_ colour: UInt32) -> Double {
      Double(colours[colour] ?? 0) / Double(picture.pixels.count)
    }
    let (ground, panel) = isDark ? (0x131719, 0x191e20) : (0xf3f3ef, 0xfbfbf9) as (UInt32, UInt32)
    #expect(share(ground) > 0.2)
    #expect(share(panel) > 0.25)
    #expect(share(ground) + share(panel) < 0.97)
    // The plots begin within the window at this width.
    let main = isDark ? 0x77b7bf : 0x2d6670 as UInt32
    #expect(colours[main, default: 0] > 20)
  }

  /// One tag a line, so that a difference is readable.
  private static func lines(_ document: String) -> [Substring] {
    document.replacingOccurrences(of: "<", with: "\n<").split(separator: "\n")
  }
}
