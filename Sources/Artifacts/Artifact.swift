/// A file that mgc writes: where it goes below `out/`, and its bytes.
///
/// This room holds the document types, one writer a language. Start with `OutputText`: it is why
/// text of a tenant can enter a document only through the escaping of that document's language.
/// The languages follow, one file each: PowerShell, the shell, zone data, Postfix, Markdown, HTML,
/// iCalendar, CSV and plain lists, JSON, and charts as Mermaid and SVG. Nothing here can fail, warn
/// or decide what is valid.
package struct Artifact: Equatable, Sendable {
  package let path: ArtifactPath
  package let bytes: [UInt8]

  package init(path: ArtifactPath, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  package init(_ path: ArtifactPath, _ document: some ArtifactDocument) {
    self.init(path: path, bytes: document.bytes)
  }
}

/// A document that can be written as it is.
package protocol ArtifactDocument: Sendable {
  var bytes: [UInt8] { get }
}
