import Foundation
import Invariants
import TestSupport
import Testing

/// Damaged exports of the console, through all that mgc reads, judges and writes.
struct ListMutationTests {
  static let count = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1" ? 10_000 : 500

  @Test func damagedExportsHurtNothing() {
    let seeds: [[UInt8]] = [
      Array(FuzzInput.list.utf8), Array("\u{FEFF}送信者;備考\n*@partner.example;\n".utf8),
      Array("社外秘\n=1\n".utf8),
      // "送信者,備考" in CP932.
      [
        0x91, 0x97, 0x90, 0x4D, 0x8E, 0xD2, 0x2C, 0x94, 0xF5, 0x8D, 0x6C, 0x0D, 0x0A, 0x2C, 0x0D,
        0x0A,
      ],
    ]
    let parts: [[UInt8]] = [
      [0x22], [0x2C], [0x09], [0x3B], [0x0A], [0x0D], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0x00],
      [0x81], [0xFA, 0x5C], [0xF0, 0x40], Array("＝".utf8), Array("\u{202E}".utf8), [0x1B, 0x5B],
    ]
    var random = SplitMix64(seed: 7_121)
    for round in 0..<Self.count {
      var bytes = seeds[round % seeds.count]
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let end = min(place + Int.random(in: 0..<4, using: &random), bytes.count)
        bytes.replaceSubrange(place..<end, with: parts.randomElement(using: &random) ?? [])
      }
      let faults = FuzzInput(.list, bytes).faults()
      #expect(faults == [], "\(round): \(bytes)")
    }
  }
}
