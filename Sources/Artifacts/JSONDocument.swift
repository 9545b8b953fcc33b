package import JSONText

/// A JSON document as people review it.
package struct JSONDocument: ArtifactDocument {
  private let value: JSONValue

  package init(_ value: JSONValue) { self.value = value }

  package var bytes: [UInt8] { Array(value.pretty.utf8) }
}
