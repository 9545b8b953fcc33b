import SourceText
import TestSupport
import Testing

/// Places are found in blocks, and agree with counting from the start.
struct LineTableTests {
  /// Lines and columns of every offset, by the definition.
  private func places(_ bytes: [UInt8]) -> [[Int]] {
    var (line, column) = (1, 1)
    return (0...bytes.count).map { index in
      if index > 0 {
        let isReturn = bytes[index - 1] == 0x0D && (index == bytes.count || bytes[index] != 0x0A)
        if bytes[index - 1] == 0x0A || isReturn {
          (line, column) = (line + 1, 1)
        } else if bytes[index - 1] & 0xC0 != 0x80 {
          column += 1
        }
      }
      return [line, column]
    }
  }

  private func place(_ file: SourceFile, _ offset: Int) -> [Int] {
    let position = file.position(of: offset)
    return [position.line, position.column]
  }

  private static let pieces = ["\n", "\r\n", "\r", "a", "楓", "é", "🍁", "\n\n", "abc def"]
    .map { Array($0.utf8) }

  @Test(arguments: 0..<60)
  func placesAreThoseCounted(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    // From no line end at all to nothing but line ends.
    let rarity = Int.random(in: 0...200, using: &random)
    var bytes: [UInt8] = []
    let size = Int.random(in: 0...2_100, using: &random)
    while bytes.count < size {
      let end = Int.random(in: 0...rarity, using: &random) == 0
      let choice =
        end ? Int.random(in: 0..<3, using: &random) : Int.random(in: 3..<7, using: &random)
      bytes += Self.pieces[choice]
    }
    let file = SourceFile(name: "x", bytes: bytes)
    let expected = places(bytes)
    #expect((0...bytes.count).map { place(file, $0) } == expected)
    #expect(file.lineCount == expected.last?.first)
    let ends: Set<UInt8> = [0x0A, 0x0D]
    for line in 1...file.lineCount {
      let range = file.lineRange(line)
      #expect(place(file, range.lowerBound) == expected[range.lowerBound])
      #expect(expected[range.lowerBound] == [line, 1])
      #expect(!bytes[range].contains { ends.contains($0) })
      #expect(range.upperBound == bytes.count || ends.contains(bytes[range.upperBound]))
    }
  }
}
