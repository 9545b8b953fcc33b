/// A file that a web server answers with as it is: lines of ASCII that end in CRLF, such as a
/// policy of MTA-STS (RFC 8461 section 3.2).
package struct PolicyFile: ArtifactDocument {
  private let lines: [String]

  /// What does not print in ASCII, and what would end a line, is left out.
  package init(_ lines: [String]) {
    self.lines = lines.map { line in
      String(decoding: line.utf8.filter { (0x20...0x7E).contains($0) }, as: UTF8.self)
    }
  }

  package var bytes: [UInt8] { lines.flatMap { Array(($0 + "\r\n").utf8) } }
}
