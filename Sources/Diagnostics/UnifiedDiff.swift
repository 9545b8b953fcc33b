package import SourceText

/// What changed in a text, as `patch` and `git apply` take it: hunks of whole lines with three
/// lines of context.
package struct UnifiedDiff: Sendable {
  private static let context = 3

  /// Whole lines of the original, by number from 0, and those that replace them.
  private struct Block {
    let old: Range<Int>
    let new: [ArraySlice<UInt8>]
  }

  /// All of it, ended by LF; empty where nothing changed.
  package private(set) var bytes: [UInt8] = []

  /// - Parameters:
  ///   - path: as it stands in both heads; the patch is for `-p0`.
  ///   - concealed: stretches of the original, apart from its changes, whose lines are no context.
  package init(path: String, _ text: EditedText, concealing concealed: [Range<Int>] = []) {
    let table = Lines(text.original)
    let blocks = Self.blocks(text, table)
    guard !blocks.isEmpty else { return }
    var hidden: Set<Int> = []
    for range in concealed {
      let first = table.line(at: range.lowerBound)
      for line in first...max(first, table.line(at: max(range.lowerBound, range.upperBound - 1))) {
        hidden.insert(line)
      }
    }
    bytes += "--- \(Self.name(path))\n+++ \(Self.name(path))\n".utf8
    var growth = 0
    var rest = blocks[...]
    while let first = rest.first {
      var end = rest.startIndex + 1
      while end < rest.endIndex {
        let gap = rest[end - 1].old.upperBound..<rest[end].old.lowerBound
        if gap.count > 2 * Self.context || gap.contains(where: hidden.contains) { break }
        end += 1
      }
      let hunk = rest[rest.startIndex..<end]
      rest = rest[end...]
      let last = hunk.last ?? first
      let before = (0..<Self.context).prefix {
        first.old.lowerBound > $0 && !hidden.contains(first.old.lowerBound - $0 - 1)
      }.count
      let after = (0..<Self.context).prefix {
        last.old.upperBound + $0 < table.count && !hidden.contains(last.old.upperBound + $0)
      }.count
      let old = (first.old.lowerBound - before)..<(last.old.upperBound + after)
      let more = hunk.reduce(0) { $0 + $1.new.count - $1.old.count }
      let head = Self.range(old.lowerBound, old.count)
      let newHead = Self.range(old.lowerBound + growth, old.count + more)
      bytes += "@@ -\(head) +\(newHead) @@\n".utf8
      var line = old.lowerBound
      for block in hunk {
        for number in line..<block.old.lowerBound { add(table[number], mark: 0x20) }
        for number in block.old { add(table[number], mark: 0x2D) }
        for new in block.new { add(new, mark: 0x2B) }
        line = block.old.upperBound
      }
      for number in line..<old.upperBound { add(table[number], mark: 0x20) }
      growth += more
    }
  }

  private mutating func add(_ line: ArraySlice<UInt8>, mark: UInt8) {
    bytes.append(mark)
    bytes += line
    if line.last != 0x0A { bytes += "\n\\ No newline at end of file\n".utf8 }
  }

  /// `start,count` of a hunk, which names the line before where it has none.
  private static func range(_ start: Int, _ count: Int) -> String {
    count == 1 ? "\(start + 1)" : "\(count == 0 ? start : start + 1),\(count)"
  }

  /// A path as Git writes it in a patch: in quotes where it holds what could end it.
  private static func name(_ path: String) -> String {
    let isPlain = path.unicodeScalars.allSatisfy {
      !$0.isHidden && $0 != "\"" && $0 != "\\"
    }
    if isPlain { return path.utf8.contains(0x20) ? path + "\t" : path }
    var quoted = "\""
    for scalar in path.unicodeScalars {
      if scalar.isHidden || scalar == "\"" || scalar == "\\" {
        for byte in String(scalar).utf8 {
          let digits = String(byte, radix: 8)
          quoted += "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
        }
      } else {
        quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// The changes as whole lines, apart from each other.
  private static func blocks(_ text: EditedText, _ table: Lines) -> [Block] {
    var blocks: [Block] = []
    var rest = text.changes[...]
    while let first = rest.first {
      let start = table.line(at: first.old.lowerBound)
      var end = start
      var own = rest.prefix(0)
      var new: [UInt8] = []
      repeat {
        while let next = rest.first, own.isEmpty || table.line(at: next.old.lowerBound) < end {
          own = text.changes[(own.isEmpty ? rest.startIndex : own.startIndex)...rest.startIndex]
          rest = rest.dropFirst()
          end = max(end, table.end(at: next.old.upperBound))
        }
        new = []
        var offset = table.start(of: start)
        for change in own {
          new += text.original[offset..<change.old.lowerBound] + change.new
          offset = change.old.upperBound
        }
        new += text.original[offset..<table.start(of: end)]
        // What does not end its line brings the next one in.
        if new.isEmpty || new.last == 0x0A || end == table.count { break }
        end += 1
      } while true
      if let block = trimmed(start..<end, Lines(new), table) { blocks.append(block) }
    }
    return blocks
  }

  /// The block without the lines that both sides begin or end with; nil where nothing is left.
  private static func trimmed(_ old: Range<Int>, _ new: Lines, _ table: Lines) -> Block? {
    var head = 0
    while head < min(old.count, new.count), table[old.lowerBound + head] == new[head] { head += 1 }
    var tail = 0
    while tail < min(old.count, new.count) - head,
      table[old.upperBound - 1 - tail] == new[new.count - 1 - tail]
    {
      tail += 1
    }
    let range = (old.lowerBound + head)..<(old.upperBound - tail)
    let lines = (head..<(new.count - tail)).map { new[$0] }
    return range.isEmpty && lines.isEmpty ? nil : Block(old: range, new: lines)
  }
}

/// Lines as `patch` knows them, each with its LF.
private struct Lines {
  private let bytes: [UInt8]
  /// Where each begins, and the end of the last.
  private var starts: [Int] = [0]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    for index in bytes.indices where bytes[index] == 0x0A { starts.append(index + 1) }
    if starts.last != bytes.count { starts.append(bytes.count) }
  }

  var count: Int { starts.count - 1 }

  subscript(_ line: Int) -> ArraySlice<UInt8> { bytes[starts[line]..<starts[line + 1]] }

  func start(of line: Int) -> Int { starts[line] }

  /// The line that an offset is in; the end of the text is in the line after the last.
  func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    // Text without a last LF can only be continued.
    if low == count, low > 0, bytes.last != 0x0A { return low - 1 }
    return low
  }

  /// The first line that begins at an offset or after it.
  func end(at offset: Int) -> Int {
    let line = line(at: offset)
    return starts[line] >= offset ? line : line + 1
  }
}
