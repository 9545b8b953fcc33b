internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import Wording
internal import YAMLTree

/// A CSV (RFC 4180) whose first column is a mail address. A first line without `@` is a heading.
enum MemberList {
  /// Findings beyond this many are not made: a wrong file is wrong in every line.
  private static let findingLimit = 20

  static func read(
    _ file: SourceFile, id: SourceFileID, into bag: inout DiagnosticBag
  ) -> [Located<EmailAddress>] {
    var members: [Located<EmailAddress>] = []
    let inspected = ReferencedText(file, id: id)
    bag.add(contentsOf: inspected.findings)
    guard inspected.isText else { return [] }
    var findings = 0
    var isFirst = true
    var next = 0
    while next < file.bytes.count, findings < findingLimit {
      let range = line(of: file.bytes.span, from: next)
      next = range.upperBound + 1
      defer { isFirst = false }
      if range.isEmpty || inspected.touchesSecret(range) { continue }
      let field = firstField(file, range)
      let text = file.text(field.content)
      if isFirst && !text.contains("@") { continue }
      do throws(EmailAddressError) {
        let address = try EmailAddress(parsing: text)
        members.append(Located(address, at: SourceSpan(file: id, field.content)))
      } catch {
        findings += 1
        let refusal = Refusal.email(text, error)
        bag.add(
          Diagnostic(
            .badMemberList, at: SourceSpan(file: id, field.whole), refusal.message,
            help: .init(
              ja: "1列目にメールアドレスを書く", en: "put a mail address in the first column")))
      }
    }
    return members
  }

  /// The line that begins at an offset, without its end; CR LF leaves an empty line behind.
  private static func line(of bytes: Span<UInt8>, from start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    return start..<end
  }

  /// The first field of a line: with its quotes and blanks, and without.
  private static func firstField(
    _ file: SourceFile, _ line: Range<Int>
  ) -> (whole: Range<Int>, content: Range<Int>) {
    let bytes = file.bytes
    // A BOM at the start of the file is what spreadsheets write.
    var start = line.lowerBound
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    if start < line.upperBound, bytes[start] == 0x22 {
      let close = bytes[(start + 1)..<line.upperBound].firstIndex(of: 0x22) ?? line.upperBound
      return (start..<min(close + 1, line.upperBound), (start + 1)..<close)
    }
    var end = bytes[start..<line.upperBound].firstIndex(of: 0x2C) ?? line.upperBound
    let whole = start..<end
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return (whole, start..<end)
  }
}
