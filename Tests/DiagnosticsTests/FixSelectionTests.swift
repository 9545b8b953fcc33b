import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing
import Wording

/// Which fixes go together, what they make of a text, and the patch of it.
struct FixSelectionTests {
  private static let code = DiagnosticCode(
    1999, .error, title: .init(both: "t"), explanation: .init(both: "e"), example: "x")

  private func edit(_ range: Range<Int>, _ replacement: String, file: UInt16 = 0) -> TextEdit {
    TextEdit(SourceSpan(file: SourceFileID(index: file), range), replacement: replacement)
  }

  private func finding(
    _ edits: [TextEdit], at offset: Int = 0, isSafe: Bool = true, hides: Bool = false
  ) -> Diagnostic {
    Diagnostic(
      Self.code, at: SourceSpan(file: .tenant, offset..<offset + 1), .init(both: "m"),
      fixes: edits.isEmpty ? [] : [.init(.init(both: "fix"), edits, isSafe: isSafe)],
      hidesSource: hides)
  }

  private func select(_ findings: [Diagnostic]) -> FixSelection {
    let sources = SourceSet([
      SourceFile(name: "a", text: "0123456789\nabcdefghij\n"), SourceFile(name: "b", text: "x\n"),
    ])
    return FixSelection(findings, in: sources) { $0 == .tenant }
  }

  @Test func `The first by place is made, whole or not at all`() {
    let first = finding([edit(2..<4, "x"), edit(8..<9, "y")])
    let second = finding([edit(3..<5, "z")])
    let third = finding([edit(0..<1, "w"), edit(8..<10, "v")])
    let selection = select([first, second, third])
    // The third begins first and takes 8..<10, so that the first cannot be made, but the second can.
    #expect(selection.chosen.map { $0.fix.edits[0].replacement } == ["w", "z"])
    #expect(selection.left.map(\.obstacle) == [.overlap])
  }

  @Test func `The same edit counts once`() {
    let selection = select([
      finding([edit(2..<4, "x")]), finding([edit(2..<4, "x"), edit(6..<6, "y")]),
    ])
    #expect(selection.chosen.count == 2)
    #expect(
      FixSelection.edits(of: selection.chosen)[.tenant] == [edit(2..<4, "x"), edit(6..<6, "y")])
  }

  @Test func `Two insertions at one place do not go together`() {
    let selection = select([finding([edit(2..<2, "x")]), finding([edit(2..<2, "y")])])
    #expect(selection.chosen.count == 1 && selection.left.count == 1)
  }

  @Test func `Guesses, foreign files and hidden lines are left alone`() {
    let selection = select([
      finding([edit(0..<1, "x")], isSafe: false), finding([edit(0..<1, "x", file: 1)]),
      finding([edit(12..<13, "x")]), finding([], at: 15, hides: true),
    ])
    #expect(selection.chosen.isEmpty)
    #expect(selection.left.map(\.obstacle) == [.foreignFile])
  }

  /// Edits in several rounds against the same edits of a plain array of bytes.
  @Test(arguments: 0..<200)
  func `Outside of its changes an edited text is the original`(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let original = (0..<120).map { _ in UInt8.random(in: 97...122, using: &generator) }
    var edited = EditedText(original)
    var plain = original
    for _ in 0..<6 {
      var edits: [TextEdit] = []
      var offset = 0
      while offset < plain.count, edits.count < 4 {
        let start = min(plain.count, offset + Int.random(in: 1...30, using: &generator))
        let end = min(plain.count, start + Int.random(in: 0...8, using: &generator))
        edits.append(
          edit(start..<end, String(repeating: "X", count: Int.random(in: 0...5, using: &generator)))
        )
        offset = end + 1
      }
      edited.apply(edits)
      for edit in edits.reversed() {
        plain.replaceSubrange(
          edit.span.lowerBound..<edit.span.upperBound, with: Array(edit.replacement.utf8))
      }
      #expect(edited.bytes == plain)
      for (left, right) in zip(edited.changes, edited.changes.dropFirst()) {
        #expect(left.old.upperBound <= right.old.lowerBound)
      }
    }
    #expect(edited.origin(of: 0..<plain.count) == 0..<original.count)
  }

  /// `patch` and `git apply` make the new text of the old one by the diff.
  @Test(arguments: 0..<40)
  func `Two programs take the patch`(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var text = ""
    for number in 0..<Int.random(in: 1...60, using: &generator) { text += "line \(number) of it\n" }
    if Bool.random(using: &generator) { text.removeLast() }
    var edited = EditedText(Array(text.utf8))
    var edits: [TextEdit] = []
    var offset = 0
    while offset < text.utf8.count {
      let start = min(text.utf8.count, offset + Int.random(in: 0...150, using: &generator))
      let end = min(text.utf8.count, start + Int.random(in: 0...40, using: &generator))
      let replacement = ["", "x", "new\n", "\n", "a\nb\nc"].randomElement(using: &generator) ?? ""
      edits.append(edit(start..<end, replacement))
      offset = end + 1
    }
    edited.apply(edits)
    let name = seed.isMultiple(of: 2) ? "a file.yaml" : "tenant.yaml"
    let diff = UnifiedDiff(path: name, edited).bytes
    if edited.bytes == edited.original {
      #expect(diff.isEmpty)
      return
    }
    for program in ["patch -p0 --quiet < diff", "git apply -p0 diff"] {
      let folder = FileManager.default.temporaryDirectory.appending(path: "mgc-diff-\(UUID())")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try Data(edited.original).write(to: folder.appending(path: name))
      try Data(diff).write(to: folder.appending(path: "diff"))
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", program]
      process.currentDirectoryURL = folder
      try process.run()
      process.waitUntilExit()
      #expect(
        process.terminationStatus == 0, "\(program): \(String(decoding: diff, as: UTF8.self))")
      let file = folder.appending(path: name)
      // Some versions of patch remove a file that becomes empty.
      let result = (try? Data(contentsOf: file)).map { Array($0) } ?? []
      #expect(result == edited.bytes, "\(program): \(String(decoding: diff, as: UTF8.self))")
    }
  }

  @Test func `Hunks are small, and a hidden line is no context`() {
    let lines = (1...20).map { "line\($0)" }
    let text = lines.joined(separator: "\n") + "\n"
    var edited = EditedText(Array(text.utf8))
    // line10 begins after nine lines of six bytes.
    edited.apply([edit(54..<60, "LINE10")])
    let hidden = 48..<53
    let diff = String(
      decoding: UnifiedDiff(path: "t", edited, concealing: [hidden]).bytes, as: UTF8.self)
    #expect(
      diff == """
        --- t
        +++ t
        @@ -10,4 +10,4 @@
        -line10
        +LINE10
         line11
         line12
         line13

        """)
    let whole = String(decoding: UnifiedDiff(path: "t", edited).bytes, as: UTF8.self)
    #expect(whole.contains("@@ -7,7 +7,7 @@\n line7\n line8\n line9\n-line10\n"))
  }
}
