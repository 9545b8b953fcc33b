/// Writes lines, and puts the comments at their ends into columns.
///
/// Neighboring lines whose comments stood in one column are a run, and their comments will again
/// stand in one: two columns after the longest line where one of them stood so close before, else
/// in the old column, or further right where a line has become too long.
struct LineWriter {
  private struct Held {
    let text: [UInt8]
    let width: Int
    let remark: Remark
    let gap: Int
  }

  /// How many columns are between the text and its comment, at least.
  private static let gap = 2

  private let bytes: [UInt8]
  private var output: [UInt8] = []
  private var text: [UInt8] = []
  private var run: [Held] = []
  private var allowsBlank = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    output.reserveCapacity(bytes.count + bytes.count / 8)
  }

  /// How many columns the line has so far.
  var column: Int { text.columns(text.indices) }

  mutating func begin(indent: Int) { text.append(contentsOf: repeatElement(0x20, count: indent)) }

  mutating func put(_ range: Range<Int>) { text += bytes[range] }

  mutating func put(_ words: String) { text += words.utf8 }

  mutating func put(byte: UInt8) { text.append(byte) }

  /// Ends the line without a comment.
  mutating func end() {
    endRun()
    output += text
    output.append(0x0A)
    text.removeAll(keepingCapacity: true)
    allowsBlank = true
  }

  /// Ends the line with a comment and those that continue it on lines of their own.
  ///
  /// - Parameter gap: the columns that were before the comment.
  mutating func end(_ remarks: [Remark], gap: Int) {
    guard let first = remarks.first else { return end() }
    if let last = run.last, last.remark.column != first.column { endRun() }
    run.append(Held(text: text, width: column, remark: first, gap: gap))
    for remark in remarks.dropFirst() {
      run.append(Held(text: [], width: 0, remark: remark, gap: .max))
    }
    text.removeAll(keepingCapacity: true)
    allowsBlank = true
  }

  /// Writes a blank line, unless there is one or nothing is before it.
  mutating func blank() {
    endRun()
    if allowsBlank { output.append(0x0A) }
    allowsBlank = false
  }

  /// Keeps a blank line from being written next: it would belong to the scalar before.
  mutating func forbidBlank() { allowsBlank = false }

  mutating func finish() -> [UInt8] {
    endRun()
    return output
  }

  private mutating func endRun() {
    guard let first = run.first else { return }
    var column = (run.map(\.width).max() ?? 0) + Self.gap
    if !run.contains(where: { $0.gap <= Self.gap }) { column = max(column, first.remark.column) }
    for line in run {
      output += line.text
      output.append(contentsOf: repeatElement(0x20, count: column - line.width))
      output += bytes[line.remark.range]
      output.append(0x0A)
    }
    run.removeAll()
  }
}
