internal import Synchronization

/// Where lines begin and how many characters stand before a place, counted once for every 512
/// bytes, so that neither one line of a whole file nor a file of line ends costs much. Made when
/// the first finding asks: a file without findings never needs it. LF, CR LF and a lone CR end a
/// line.
final class LineTable: Sendable {
  private struct Block {
    /// How many lines begin before the block.
    let lines: UInt32
    /// The last of those beginnings; 0 for none.
    let lineStart: UInt32
    /// How many scalars begin before the block.
    let scalars: UInt32
  }

  private static let size = 512
  private let table = Mutex<[Block]?>(nil)

  /// The line's number, from 1, where it begins, and how many scalars stand between that and the
  /// offset.
  func place(of offset: Int, in bytes: [UInt8]) -> (line: Int, start: Int, scalars: Int) {
    let blocks = blocks(of: bytes)
    let block = blocks[offset / Self.size]
    var line = Int(block.lines)
    var start = Int(block.lineStart)
    let span = bytes.span
    for index in (offset / Self.size * Self.size)...offset where Self.isLineStart(span, index) {
      line += 1
      start = index
    }
    let before = Self.scalars(before: start, span, blocks)
    return (line, start, Self.scalars(before: offset, span, blocks) - before)
  }

  /// How many lines there are; what follows the last line end is one, even if it is empty.
  func count(in bytes: [UInt8]) -> Int { place(of: bytes.count, in: bytes).line }

  /// Where a line begins, from 1; the end of the file for a line that is not there.
  func start(of line: Int, in bytes: [UInt8]) -> Int {
    let blocks = blocks(of: bytes)
    var low = 0
    var high = blocks.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if Int(blocks[middle].lines) < line { low = middle } else { high = middle - 1 }
    }
    var current = Int(blocks[low].lines)
    let first = low * Self.size
    let span = bytes.span
    for index in first...min(first + Self.size, bytes.count) where Self.isLineStart(span, index) {
      current += 1
      if current == line { return index }
    }
    return bytes.count
  }

  private func blocks(of bytes: [UInt8]) -> [Block] {
    table.withLock { table in
      if let table { return table }
      let blocks = Self.find(in: bytes.span)
      table = blocks
      return blocks
    }
  }

  private static func find(in bytes: Span<UInt8>) -> [Block] {
    var blocks: [Block] = []
    blocks.reserveCapacity(bytes.count / size + 1)
    var (lines, start, scalars): (UInt32, UInt32, UInt32) = (0, 0, 0)
    for index in 0...bytes.count {
      if index.isMultiple(of: size) {
        blocks.append(Block(lines: lines, lineStart: start, scalars: scalars))
      }
      if isLineStart(bytes, index) {
        lines += 1
        start = UInt32(clamping: index)
      }
      if index < bytes.count, bytes[index] & 0xC0 != 0x80 { scalars += 1 }
    }
    return blocks
  }

  private static func isLineStart(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
    if index == 0 { return true }
    switch bytes[index - 1] {
    case 0x0A: return true
    case 0x0D: return index == bytes.count || bytes[index] != 0x0A
    default: return false
    }
  }

  private static func scalars(
    before offset: Int, _ bytes: Span<UInt8>, _ blocks: [Block]
  ) -> Int {
    let block = offset / size
    var count = Int(blocks[block].scalars)
    for index in (block * size)..<offset where bytes[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
