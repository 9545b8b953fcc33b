package import Wording

/// A style sheet or script of mgc's own that stands in a page, with the SHA-256 of its UTF-8 bytes
/// in Base64, as a content security policy names it.
package struct HTMLResource: Sendable {
  let text: String
  let digest: String

  package init(_ text: StaticString, sha256: StaticString) {
    self.text = text.description
    digest = sha256.description
  }
}

/// A page of HTML in one file, which asks the network for nothing: its policy allows its own style
/// and its own script, by their digests, and nothing else (Content Security Policy Level 3).
/// UTF-8, LF.
package struct HTMLPage: ArtifactDocument {
  private let text: String

  /// - Parameters:
  ///   - language: the language that the page begins with.
  ///   - title: in the language that the page begins with.
  ///   - attributes: of the root element.
  ///   - drawings: style sheets of drawings in the page, besides its own.
  package init(
    language: Language, title: String, attributes: HTMLAttributes, style: HTMLResource,
    script: HTMLResource, body: HTML
  ) {
    let policy =
      "default-src 'none'; style-src 'sha256-\(style.digest)'; script-src 'sha256-\(script.digest)'; "
      + "base-uri 'none'; form-action 'none'"
    let head: HTML = """
      <!DOCTYPE html>
      <html lang=
      """
    var page = head
    page +=
      "\("\(value: language.rawValue)" as HTMLAttributes)\(attributes)>\n<head>\n<meta charset=\"utf-8\">\n"
    page +=
      "<meta http-equiv=\"Content-Security-Policy\"\(" content=\(value: policy)" as HTMLAttributes)>\n"
    page += """
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(text: title)</title>

      """
    page += HTML(escaped: "<style>" + style.text + "</style>\n</head>\n<body>\n")
    page += body
    page += HTML(escaped: "<script>" + script.text + "</script>\n</body>\n</html>\n")
    text = page.text
  }

  package var bytes: [UInt8] { Array(text.utf8) }
}
