/// Reads the tags of a DMARC record.
struct DMARCReader {
  private let text: String

  init(_ text: String) { self.text = text }

  mutating func record() -> DMARCRecord? { nil }
}
