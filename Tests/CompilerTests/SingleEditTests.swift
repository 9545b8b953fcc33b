import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing

/// What a person sees who slipped once: the first error is at the slip, and there are few.
struct SingleEditTests {
  @Test func `The first error touches the slip, and there are few`() throws {
    var count = 0
    var invalid = 0
    var most = 0
    var misses: [String] = []
    var crowds: [String] = []
    for folder in Examples.folders {
      let name = folder.lastPathComponent
      let text = try Examples.text(in: folder)
      let bytes = Examples.bytes(in: folder)
      let usual = Set(try Compiled(text, bytes: bytes).findings.map(\.code.number))
      for edit in SingleEdit.all(of: text) {
        count += 1
        let compiled = try Compiled(edit.text, bytes: bytes)
        guard let first = compiled.errors.first?.primary else { continue }
        invalid += 1
        let new = compiled.findings.filter { !usual.contains($0.code.number) }
        most = max(most, new.count)
        let report = "\(name), \(edit.name): " + new.map(compiled.place).joined(separator: ", ")
        if new.count > 4 { crowds.append(report) }
        let touches =
          first.file == .tenant && first.lowerBound <= edit.place.upperBound
          && edit.place.lowerBound <= first.upperBound
        if !touches { misses.append(report) }
      }
    }
    let touching = invalid - misses.count
    print(
      "\(count) single edits, \(invalid) no longer valid: the first error touches the edit in"
        + " \(touching), \(100 * touching / invalid) of 100; at most \(most) findings")
    #expect(touching * 100 >= invalid * 99, "\(misses)")
    #expect(crowds == [])
  }
}
