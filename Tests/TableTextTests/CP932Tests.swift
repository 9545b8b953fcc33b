import Foundation
import TableText
import TestSupport
import Testing

/// Code page 932 against the C library's own.
struct CP932Tests {
  /// Every character that mgc writes in CP932, in the order of its code.
  static let characters: [(scalar: Unicode.Scalar, bytes: [UInt8])] =
    (0..<0x11_0000).compactMap { value in
      guard let scalar = Unicode.Scalar(UInt32(value)), let code = CP932.encode(scalar) else {
        return nil
      }
      return (scalar, [code.first] + (code.second.map { [$0] } ?? []))
    }

  @Test func whatIsWrittenComesBack() {
    // 128 of ASCII, 63 half-width, and 7,326 of two bytes.
    #expect(Self.characters.count == 128 + 63 + 7_326, "\(Self.characters.count)")
    for (scalar, bytes) in Self.characters {
      let read = CP932.decode(bytes, at: 0)
      #expect(read?.0 == scalar && read?.length == bytes.count, "\(scalar)")
    }
  }

  @Test func iconvReadsByteForByte() throws {
    let own = Self.characters.filter { $0.bytes != [0] }
    let read = try Judge.run(
      "/usr/bin/iconv", ["-f", "CP932", "-t", "UTF-8"], input: own.flatMap(\.bytes))
    #expect(read.status == 0, "\(read.errors)")
    var text = String.UnicodeScalarView()
    text.append(contentsOf: own.map(\.scalar))
    #expect(Array(read.output) == Array(String(text).utf8))
    let written = try Judge.run(
      "/usr/bin/iconv", ["-f", "UTF-8", "-t", "CP932"], input: Array(String(text).utf8))
    #expect(Array(written.output) == own.flatMap(\.bytes), "\(written.errors)")
  }

  @Test func everyPairOfBytesIsAsIconvReadsIt() throws {
    var pairs: [[UInt8]] = []
    for first in UInt8(0x80)...0xFF {
      for second in UInt8(0x00)...0xFF where second != 0x0A { pairs.append([first, second]) }
    }
    // One line a pair; -c leaves out what cannot be read.
    let read = try Judge.run(
      "/usr/bin/iconv", ["-c", "-f", "CP932", "-t", "UTF-8"],
      input: pairs.flatMap { [0x3C] + $0 + [0x3E, 0x0A] })
    let lines = String(decoding: read.output, as: UTF8.self).unicodeScalars
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == pairs.count + 1)
    var different: [[UInt8]] = []
    var isUserDefined = 0
    for (pair, line) in zip(pairs, lines) {
      let theirs = String(String.UnicodeScalarView(line))
      let own = TextEncoding.cp932.decode([0x3C] + pair + [0x3E], 0..<4)
      if (0xF0...0xF9).contains(pair[0]) {
        #expect(own == nil)
        isUserDefined +=
          theirs.unicodeScalars.contains { $0.properties.generalCategory == .privateUse } ? 1 : 0
      } else if let own {
        if own != theirs { different.append(pair) }
      } else {
        // iconv leaves out the pair, or the byte of it that is wrong.
        let parts = [0..<1, 1..<2].map { TextEncoding.cp932.decode(pair, $0) ?? "" }
        if theirs != "<>", !parts.contains(where: { theirs == "<\($0)>" }) {
          different.append(pair)
        }
      }
    }
    #expect(different.isEmpty, "\(different.prefix(20))")
    #expect(isUserDefined == 1_880)
  }

  /// Where iconv would write a character that comes back as another, mgc refuses and names it.
  @Test(
    arguments: [
      ("〜", "～"), ("‖", "∥"), ("−", "－"), ("—", "―"), ("¢", "￠"), ("£", "￡"), ("¬", "￢"),
      ("¥", "￥"), ("¦", "￤"), ("‾", "￣"),
    ] as [(Unicode.Scalar, Unicode.Scalar)])
  func lookalikesAreRefused(_ scalar: Unicode.Scalar, _ other: Unicode.Scalar) {
    #expect(CP932.encode(scalar) == nil)
    #expect(CP932.counterpart(of: scalar) == other)
    #expect(CP932.encode(other) != nil)
  }

  @Test func extensionsAreThere() {
    let text = "髙﨑①Ⅲ㈱℡∵￢～∥－‐"
    #expect(TextEncoding.cp932.firstRefused(in: text) == nil)
    #expect(TextEncoding.cp932.firstRefused(in: "髙𠮷")?.index == 1)
    #expect(TextEncoding.cp932.firstRefused(in: "a\u{E000}")?.index == 1)
    var bytes: [UInt8] = []
    TextEncoding.cp932.append("髙∵∵", to: &bytes)
    #expect(bytes == [0xFB, 0xFC, 0x81, 0xE6, 0x81, 0xE6])
  }

  @Test func theTableIsFresh() throws {
    let file = Judge.root.appending(path: "Sources/TableText/CP932Table.swift")
    let made = try Judge.run(
      "/usr/bin/env", ["python3", Judge.root.appending(path: "Tests/Judges/cp932_table.py").path()])
    #expect(made.status == 0, "\(made.errors)")
    #expect(try Data(contentsOf: file) == made.output, "run Tests/Judges/cp932_table.py")
  }
}
