import Foundation
import StatusPage
import Testing

@Suite struct `The status page` {
  static func snapshot() -> StatusSnapshot {
    var board = Fixture.board(seconds: 4)
    return board.snapshot(
      gateway: Fixture.gateway, targets: Fixture.targets, at: Fixture.noon + 4000)
  }

  let html = StatusPage.html(snapshot(), nonce: "bm9uY2U=")

  @Test func `shows everything without a script`() throws {
    for text in [
      "0.4.0", "2 d 4 h", "127.0.0.1:8080, [::1]:8080", "/etc/jackfield/providers.yaml",
      "12:00:04", "1 of 4 targets open", "east / first", "cooling, 34 s left",
      "providers.yaml:12:9",
      "3 failures in a row: overloaded (529)", "busy", "unusable", "70 %", "model_not_found",
      "Did you mean &quot;gpt-5&quot;?", "Write a model that /v1/models lists.", "req_81d02b51",
      "in steps of 10 s",
    ] { #expect(html.contains(text), "\(text)") }
    for plot in ["calls", "failures", "p50", "p99", "streams", "input", "output"] {
      let path = try html.firstMatch(of: Regex("id=\"plot-\(plot)\" d=\"([^\"]*)\""))
      #expect((path?.output[1].substring?.count ?? 0) > 100, "\(plot)")
    }
  }

  @Test func `needs nothing from elsewhere and has no style or handler in an attribute`() {
    #expect(html.matches(of: /(?:src|href|action|url\()=?/).count == 1)
    #expect(html.contains("href=\"data:image/svg+xml,"))
    #expect(html.matches(of: /\ (style|on[a-z]+)=/).isEmpty)
    #expect(html.matches(of: /https?:/).map { html[$0.range] } == ["http:", "http:"])
    #expect(html.contains("<style nonce=\"bm9uY2U=\">"))
    #expect(html.contains("<script nonce=\"bm9uY2U=\">"))
  }

  @Test func `has a policy that lets it alone run`() {
    #expect(
      StatusPage.contentSecurityPolicy(nonce: "bm9uY2U=")
        == "default-src 'none'; style-src 'nonce-bm9uY2U='; script-src 'nonce-bm9uY2U='; "
        + "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'")
    let broken = StatusPage.contentSecurityPolicy(nonce: "a'; script-src *; \"é\r\nx: y")
    #expect(broken.contains("'nonce-ascript-srcxy'"))
    #expect(StatusPage.html(Self.snapshot(), nonce: "\"><b>").contains("<style nonce=\"b\">"))
  }

  @Test func `is well formed: all that is opened is closed, and ids are unique`() throws {
    for page in [html, StatusPage.html(Hostile.snapshot(), nonce: "n")] {
      var open: [String] = []
      let body = try #require(page.firstMatch(of: /<body>((?s:.*))<script/)).1
      for tag in body.matches(of: /<(\/?)([a-z0-9]+)([^>]*)>/) {
        if tag.3.hasSuffix("/") { continue }
        if tag.1.isEmpty {
          open.append(String(tag.2))
        } else {
          #expect(open.popLast() == String(tag.2))
        }
      }
      #expect(open == ["body"] || open.isEmpty)
      let ids = page.matches(of: /\ id="([^"]*)"/).map(\.1)
      #expect(Set(ids).count == ids.count)
    }
  }

  @Test func `escapes what others wrote`() {
    let hostile = StatusPage.html(Hostile.snapshot(), nonce: "n")
    #expect(hostile.matches(of: /<script/).count == 1)
    #expect(!hostile.contains("<img"))
    #expect(hostile.contains("&lt;script&gt;document.title=&#39;pwned&#39;&lt;/script&gt;"))
    #expect(hostile.contains("&quot;&gt;&lt;img"))
    #expect(hostile.contains("&amp;lt;script&amp;gt;"))
    #expect(hostile.utf8.count < 300_000)
  }

  @Test func `has all numbers as JSON that any reader reads`() throws {
    for (snapshot, name) in [
      (Self.snapshot(), "gpt-5-west"), (Hostile.snapshot(), Hostile.texts[0]),
    ] {
      let json = StatusPage.json(snapshot)
      #expect(!json.contains("<"))
      let root = try #require(
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      #expect(root["now"] as? Int64 == snapshot.now)
      let targets = try #require(root["targets"] as? [[String: Any]])
      #expect(targets.contains { $0["target"] as? String == name })
      let rows = try #require(root["rows"] as? [String: Any])
      for column in [
        "calls", "failures", "p50_ms", "p99_ms", "streams", "input_tokens", "output_tokens",
      ] { #expect((rows[column] as? [Any])?.count == 180, "\(column)") }
      #expect(rows["calls"] as? [Int] == snapshot.points.map(\.calls))
      #expect((root["errors"] as? [Any])?.count == snapshot.errors.count)
      let summary = try #require(root["summary"] as? [String: Any])
      #expect(summary["p50_ms"] as? Int64 == snapshot.summary.p50)
    }
  }

  @Test func `its texts have enough contrast in both schemes`() throws {
    let style = try #require(html.firstMatch(of: /<style[^>]*>((?s:.*))<\/style>/)).1
    let roots = style.matches(of: /:root\{([^}]*)\}/).map(\.1)
    #expect(roots.count == 2)
    var colours: [String: Double] = [:]
    for root in roots {
      for match in root.matches(of: /--([a-z]+):#([0-9a-f]{6})/) {
        colours[String(match.1)] = Self.luminance(try #require(UInt32(match.2, radix: 16)))
      }
      for ground in ["ground", "panel"] {
        for text in ["ink", "quiet", "good", "fair", "bad", "main", "second"] {
          let (one, other) = (try #require(colours[ground]), try #require(colours[text]))
          let contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
          #expect(contrast >= 4.5, "\(text) on \(ground)")
        }
      }
    }
  }

  /// - Source: WCAG 2.2, relative luminance.
  private static func luminance(_ colour: UInt32) -> Double {
    func linear(_ shift: UInt32) -> Double {
      let part = Double(colour >> shift & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
  }
}
