internal import Wording

/// The lines of standard input, each of bounded length.
struct LineInput {
  /// The longest line, in bytes.
  static let limit = 4096

  enum Line {
    case text(String)
    case problem(LocalizedText)
    case end
  }

  private var rest: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// The next line without its end; the last may have none.
  mutating func next() -> Line {
    var line: [UInt8] = []
    var isTooLong = false
    while true {
      if start == rest.count {
        rest = isAtEnd ? [] : Terminal.read()
        start = 0
        if rest.isEmpty {
          isAtEnd = true
          if line.isEmpty && !isTooLong { return .end }
          break
        }
      }
      let end = rest[start...].firstIndex(of: 0x0A)
      let part = rest[start..<(end ?? rest.count)]
      if line.count + part.count > Self.limit { isTooLong = true }
      if !isTooLong { line += part }
      start = end.map { $0 + 1 } ?? rest.count
      if end != nil { break }
    }
    if isTooLong {
      return .problem(
        .init(
          ja: "行が長すぎる。\(Self.limit)バイトまで", en: "the line is longer than \(Self.limit) bytes"))
    }
    if line.last == 0x0D { line.removeLast() }
    guard let text = String(validating: line, as: UTF8.self) else {
      return .problem(.init(ja: "行がUTF-8でない", en: "the line is not UTF-8"))
    }
    return .text(text)
  }
}
