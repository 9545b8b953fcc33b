internal import SourceText

/// A line of a file as a terminal shows it, cut around one place where it is long. Only the bytes
/// near that place are looked at, so that a line of ten megabytes costs no more than a short one.
struct LineWindow {
  private struct Cell {
    let offset: Int
    let text: String
    let columns: Int
  }

  private let cells: [Cell]
  private let cutsLeft: Bool
  private let cutsRight: Bool
  /// The offset after the last cell.
  private let end: Int

  /// The widest a line may be, in columns.
  static let limit = 112

  /// - Parameter focus: the bytes that must be seen, or at least their beginning.
  init(_ file: SourceFile, line: Range<Int>, focus: Range<Int>) {
    let reach = 4 * Self.limit
    var low = max(line.lowerBound, min(focus.lowerBound, line.upperBound) - reach)
    var high = min(line.upperBound, max(low, focus.lowerBound) + 2 * reach)
    while low > line.lowerBound, low < high, file.bytes[low] & 0xC0 == 0x80 { low += 1 }
    while high < line.upperBound, high > low, file.bytes[high] & 0xC0 == 0x80 { high -= 1 }

    let all = Self.cells(file, low..<high)
    var first = all.startIndex
    var last = all.endIndex
    if low > line.lowerBound || high < line.upperBound || Self.columns(all[...]) > Self.limit {
      let start = all.firstIndex { $0.offset >= focus.lowerBound } ?? all.endIndex
      let stop = all.firstIndex { $0.offset >= focus.upperBound } ?? all.endIndex
      (first, last) = Self.cut(all, around: start..<max(start, stop))
    }
    cells = Array(all[first..<last])
    cutsLeft = low > line.lowerBound || first > all.startIndex
    cutsRight = high < line.upperBound || last < all.endIndex
    end = last < all.endIndex ? all[last].offset : high
  }

  var text: String {
    (cutsLeft ? "…" : "") + cells.map(\.text).joined() + (cutsRight ? "…" : "")
  }

  /// Whether a mark that begins at the offset can stand under the line.
  func shows(_ offset: Int) -> Bool {
    guard let first = cells.first?.offset, cutsLeft || cutsRight else { return true }
    return (!cutsLeft || offset >= first) && (!cutsRight || offset < end)
  }

  /// The columns, from 0, of a range of bytes; at least one column.
  func columns(of range: Range<Int>) -> Range<Int> {
    let start = column(of: range.lowerBound)
    return start..<max(start + 1, column(of: range.upperBound))
  }

  private func column(of offset: Int) -> Int {
    let before = cells.prefix { $0.offset < offset }
    return (cutsLeft ? 1 : 0) + Self.columns(before)
  }

  private static func columns(_ cells: ArraySlice<Cell>) -> Int {
    cells.reduce(0) { $0 + $1.columns }
  }

  /// The cells around the wanted ones that fit beside an ellipsis at each end.
  private static func cut(_ cells: [Cell], around wanted: Range<Int>) -> (Int, Int) {
    var room = limit - 2
    var first = wanted.lowerBound
    var last = first
    while last < wanted.upperBound, cells[last].columns <= room {
      room -= cells[last].columns
      last += 1
    }
    var before = room / 2
    if last < wanted.upperBound { return (first, last) }
    let right = columns(cells[last...])
    if right < room - before { before = room - right }
    while first > cells.startIndex, cells[first - 1].columns <= before {
      first -= 1
      before -= cells[first].columns
      room -= cells[first].columns
    }
    while last < cells.endIndex, cells[last].columns <= room {
      room -= cells[last].columns
      last += 1
    }
    return (first, last)
  }

  private static func cells(_ file: SourceFile, _ range: Range<Int>) -> [Cell] {
    var scalars: [(offset: Int, scalar: Unicode.Scalar)] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let (scalar, length) = scalar(file.bytes[offset..<range.upperBound])
      scalars.append((offset, scalar))
      offset += length
    }
    var marks = TerminalText.commandMarks(in: scalars.lazy.map(\.scalar))[...]
    return scalars.enumerated().map { index, item in
      let isMark = marks.first == index
      if isMark { marks.removeFirst() }
      if item.scalar == "\t" { return Cell(offset: item.offset, text: "    ", columns: 4) }
      if item.scalar.isHidden || isMark && item.scalar != ":" {
        let escape = TerminalText.escaped(item.scalar)
        return Cell(offset: item.offset, text: escape, columns: escape.unicodeScalars.count)
      }
      return Cell(offset: item.offset, text: String(item.scalar), columns: item.scalar.columns)
    }
  }

  /// The first scalar of the bytes and its length; U+FFFD for a byte that begins none.
  private static func scalar(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int) {
    guard let lead = bytes.first else { return ("\u{FFFD}", 1) }
    if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    let whole = String(validating: bytes.prefix(length), as: UTF8.self)
    guard let scalars = whole?.unicodeScalars, let scalar = scalars.first, scalars.count == 1
    else { return ("\u{FFFD}", 1) }
    return (scalar, length)
  }
}
