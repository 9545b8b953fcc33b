// What was observed of the world, as values: zone files here; each reader returns its findings
// beside its result.

package import MailRecords
package import SourceText

/// A zone as its file has it, and where each record set begins.
package struct ZoneObservation: Sendable {
  package let contents: ZoneContents
  /// The place of each set's first record, in the order of `contents.sets`.
  package let spans: [SourceSpan]
  /// The place of the SOA record.
  package let soaSpan: SourceSpan?

  package init(contents: ZoneContents, spans: [SourceSpan], soaSpan: SourceSpan?) {
    self.contents = contents
    self.spans = spans
    self.soaSpan = soaSpan
  }

  /// Where the first record of a set is written.
  package func span(of owner: OwnerName, type: RecordType) -> SourceSpan? {
    contents.index(owner: owner, type: type).map { spans[$0] }
  }
}
