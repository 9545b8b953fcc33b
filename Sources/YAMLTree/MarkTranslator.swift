/// Turns libyaml's marks, which count Unicode scalars, into byte offsets.
///
/// It walks from the last answer, so that marks that come nearly in order cost one pass.
struct MarkTranslator {
  private let bytes: [UInt8]
  private let isASCII: Bool
  private var place = (mark: 0, offset: 0)

  init(_ bytes: [UInt8], isASCII: Bool) {
    self.bytes = bytes
    self.isASCII = isASCII
  }

  @inline(__always)
  mutating func offset(of target: Int) -> Int {
    isASCII ? min(target, bytes.count) : walk(to: target)
  }

  private mutating func walk(to target: Int) -> Int {
    let bytes = bytes
    let span = bytes.span
    var (mark, offset) = place
    // The mark is how many scalars begin before the offset; a continuation byte is 10xxxxxx.
    while target - mark >= 8, offset <= span.count - 8 {
      let word = span.word(at: offset)
      mark += 8 - ((word >> 7) & ~(word >> 6) & 0x0101_0101_0101_0101).nonzeroBitCount
      offset += 8
    }
    while mark < target, offset < span.count {
      if span[offset] & 0xC0 != 0x80 { mark += 1 }
      offset += 1
    }
    while offset < span.count, span[offset] & 0xC0 == 0x80 { offset += 1 }
    while mark > target, offset > 0 {
      offset -= 1
      while offset > 0, span[offset] & 0xC0 == 0x80 { offset -= 1 }
      mark -= 1
    }
    place = (mark, offset)
    return offset
  }
}
