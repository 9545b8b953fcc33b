package import Diagnostics
package import SourceText
internal import TenantModel
internal import Wording
package import YAMLTree

/// Reads the comments that silence findings. One that is not as it must be silences nothing, and
/// is itself a finding.
package struct AllowanceReader {
  private let file: SourceFile
  private var result = Allowances()

  /// - Parameter file: what the document was read from.
  package static func read(
    _ document: YAMLDocument, of file: SourceFile, into bag: inout DiagnosticBag
  ) -> Allowances {
    let candidates = document.comments().filter { Self.mayBeDirective($0.span, file) }
    if candidates.isEmpty { return Allowances() }
    let targets = AllowanceTargets(
      of: candidates.filter(\.isAlone).map(\.span.upperBound), in: document, file: file)
    var found = targets.found[...]
    var reader = AllowanceReader(file: file)
    for comment in candidates {
      let target = comment.isAlone ? found.popFirst() ?? nil : nil
      reader.read(comment, target, into: &bag)
    }
    return reader.result
  }

  private init(file: SourceFile) { self.file = file }

  /// Whether `mgc` is in it, in whatever case: most comments end here.
  private static func mayBeDirective(_ comment: SourceSpan, _ file: SourceFile) -> Bool {
    let bytes = file.bytes
    var offset = comment.lowerBound
    while offset + 2 < comment.upperBound {
      if bytes[offset] | 0x20 == 0x6D, bytes[offset + 1] | 0x20 == 0x67,
        bytes[offset + 2] | 0x20 == 0x63
      {
        return true
      }
      offset += 1
    }
    return false
  }

  private mutating func read(
    _ comment: YAMLComment, _ target: Range<Int>?, into bag: inout DiagnosticBag
  ) {
    var words = CommentWords(comment.span, of: file)
    switch AllowanceOpening(&words) {
    case .prose: return
    case .slip(let place, let isAllow):
      bag.add(.misspelledAllowance(at: words.span(place), isAllow: isAllow))
      return
    case .late(let place):
      bag.add(.lateAllowance(at: words.span(place)))
      return
    case .allow: break
    }
    guard let codes = codes(&words, comment, &bag) else { return }
    let afterCodes = words
    var until: Located<CalendarDate>?
    let first = words.word()
    let text = words.text(first)
    if text.lowercased() == "until" {
      let date = words.word()
      guard let day = CalendarDate(parsing: words.text(date)) else {
        bag.add(.allowanceDate(at: words.span(date.isEmpty ? first : date)))
        return
      }
      until = Located(day, at: words.span(date))
    } else if CalendarDate(parsing: text) != nil {
      bag.add(.dateWithoutUntil(at: words.span(first)))
      return
    } else if text.uppercased().hasPrefix("MGC"), AllowanceCode(text) != nil, let last = codes.last
    {
      bag.add(
        .codesWithoutComma(
          at: words.span(first), gap: words.span(last.span.upperBound..<first.lowerBound)))
      return
    } else {
      words = afterCodes
    }
    let reason = words.text(words.rest())
    guard reason.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.isDigit }) else {
      bag.add(.allowanceWithoutReason(at: comment.span))
      return
    }
    let lines = comment.isAlone ? lines(of: target, after: comment) : ownLine(comment)
    for (index, code) in codes.enumerated() {
      result.items.append(
        Allowance(
          code: code, comment: comment.span, until: until, reason: reason, lines: lines,
          removal: codes.count == 1
            ? removal(of: comment) : removal(of: index, in: codes)))
    }
  }

  /// The codes, with commas between them; nil where that is not what stands there.
  private func codes(
    _ words: inout CommentWords, _ comment: YAMLComment, _ bag: inout DiagnosticBag
  ) -> [Located<String>]? {
    var codes: [Located<String>] = []
    repeat {
      let word = words.listWord()
      guard let code = AllowanceCode(words.text(word)) else {
        bag.add(.allowanceWithoutCode(at: word.isEmpty ? comment.span : words.span(word)))
        return nil
      }
      guard code.isExact else {
        bag.add(.misspelledCode(code.name, at: words.span(word)))
        return nil
      }
      codes.append(Located(code.name, at: words.span(word)))
    } while words.comma()
    return codes
  }

  private func ownLine(_ comment: YAMLComment) -> ClosedRange<Int> {
    let line = file.position(of: comment.span.lowerBound).line
    return line...line
  }

  /// The lines of what follows. A comment that stands deeper than what follows belongs to the
  /// block that ends with it, and speaks of nothing.
  private func lines(of target: Range<Int>?, after comment: YAMLComment) -> ClosedRange<Int>? {
    guard let target else { return nil }
    let first = file.position(of: target.lowerBound).line
    guard indentation(of: ownLine(comment).lowerBound) <= indentation(of: first) else { return nil }
    let last = file.position(of: max(target.lowerBound, target.upperBound - 1)).line
    return first...max(first, last)
  }

  private func indentation(of line: Int) -> Int {
    file.bytes[file.lineRange(line)].prefix { $0 == 0x20 || $0 == 0x09 }.count
  }

  /// Takes the comment away, with its line where it is alone on it.
  private func removal(of comment: YAMLComment) -> TextEdit {
    let span = comment.span
    let bytes = file.bytes
    var start = span.lowerBound
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    var end = span.upperBound
    if comment.isAlone {
      if end < bytes.count, bytes[end] == 0x0D { end += 1 }
      if end < bytes.count, bytes[end] == 0x0A { end += 1 }
    }
    return TextEdit(SourceSpan(file: span.file, start..<end), replacement: "")
  }

  /// Takes one of several codes away, with the comma after it, or before the last.
  private func removal(of index: Int, in codes: [Located<String>]) -> TextEdit {
    let span = codes[index].span
    let range =
      index + 1 < codes.count
      ? span.lowerBound..<codes[index + 1].span.lowerBound
      : codes[index - 1].span.upperBound..<span.upperBound
    return TextEdit(SourceSpan(file: span.file, range), replacement: "")
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { properties.numericType != nil }
}
