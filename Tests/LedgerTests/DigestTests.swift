import Foundation
import Ledger
import Testing
import TestSupport

@Suite struct DigestTests {
  /// FIPS 180-4's examples.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ])
  func matchesTheStandard(text: String, digest: String) {
    #expect(Digest.sha256(Array(text.utf8)) == digest)
    #expect(Digest.isSHA256(digest))
  }

  @Test(arguments: [1, 55, 56, 63, 64, 65, 4096, 1_000_003])
  func agreesWithAnotherProgram(size: Int) throws {
    var random = SplitMix64(seed: UInt64(size))
    let bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sha256sum", file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text.prefix(64) == Digest.sha256(bytes))
  }

  @Test(arguments: [
    "", "BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
  ])
  func refusesOtherTexts(text: String) { #expect(!Digest.isSHA256(text)) }
}
