/// The status page: one document that needs nothing else.
///
/// It is drawn here, and works without a script; with one it asks for `/status.json` every two seconds and
/// draws that. Everything that somebody else may have written is escaped, and its script puts in text
/// only.
public enum StatusPage {
  /// The value of the header `content-security-policy` that goes with a page.
  ///
  /// - Parameter nonce: The one that the page was given.
  /// - Returns: A policy that lets this page's style and script run and nothing else.
  public static func contentSecurityPolicy(nonce: String) -> String {
    let nonce = harmless(nonce)
    return
      "default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; "
      + "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
      + "frame-ancestors 'none'"
  }

  /// The page.
  ///
  /// - Parameters:
  ///   - snapshot: What it shows.
  ///   - nonce: Letters and digits of base64, new and unguessable for each answer; of others nothing is
  ///     left.
  /// - Returns: HTML in UTF-8.
  public static func html(_ snapshot: StatusSnapshot, nonce: String) -> String {
    let nonce = harmless(nonce)
    let fields = StatusFields(snapshot)
    var out = HTMLText()
    out.raw(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Jackfield</title>")
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    out.raw("<meta name=\"color-scheme\" content=\"light dark\">")
    out.raw("<meta name=\"referrer\" content=\"no-referrer\">")
    out.raw("<noscript><meta http-equiv=\"refresh\" content=\"10\"></noscript>")
    out.made("<link rel=\"icon\" href=\"\(icon)\">")
    out.made("<style nonce=\"\(nonce)\">\(style)</style></head><body>")
    writeHeader(snapshot, fields, to: &out)
    out.raw("<main>")
    writeFigures(fields, to: &out)
    writePlots(snapshot, fields, to: &out)
    writeTargets(snapshot, to: &out)
    writeErrors(snapshot, to: &out)
    out.raw("</main>")
    out.made("<script nonce=\"\(nonce)\">\(script)</script></body></html>\n")
    return out.markup
  }

  private static let icon =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    + "%3Crect width='16' height='16' rx='3' fill='%23314746'/%3E"
    + "%3Ccircle cx='5' cy='8' r='2' fill='none' stroke='%23fff'/%3E"
    + "%3Ccircle cx='11' cy='8' r='2.4' fill='%23fff'/%3E%3C/svg%3E"

  private static func harmless(_ nonce: String) -> String {
    nonce.filter {
      $0.isASCII
        && ($0.isLetter || $0.isNumber || $0 == "+" || $0 == "/" || $0 == "=" || $0 == "-"
          || $0 == "_")
    }
  }
}
