import Diagnostics
import Foundation
import SourceText
import Wording
import YAMLTree

/// A file with what reading it gave.
struct Reading {
  let file: SourceFile
  let document: YAMLDocument?
  let findings: [Diagnostic]

  init(_ bytes: [UInt8], limits: YAMLLimits = .standard) {
    file = SourceFile(name: "test.yaml", bytes: bytes)
    var bag = DiagnosticBag()
    document = YAMLReader.read(file, id: .tenant, limits: limits, into: &bag)
    findings = bag.sorted
  }

  init(_ text: String, limits: YAMLLimits = .standard) {
    self.init(Array(text.utf8), limits: limits)
  }

  func source(_ span: SourceSpan) -> String { file.text(span.lowerBound..<span.upperBound) }

  /// One line a finding: code, span, what stands there, and the message.
  var report: String {
    findings.map { finding in
      let shown = finding.hidesSource ? "(hidden)" : source(finding.primary).visible
      let places = ([finding.primary] + finding.labels.map(\.span)).map {
        "\($0.lowerBound)..<\($0.upperBound)"
      }
      let fixes = finding.fixes.flatMap(\.edits).map { " fix=[\($0.replacement.visible)]" }.joined()
      return "\(finding.code.name) \(places.joined(separator: " ")) [\(shown)]\(fixes) "
        + finding.message.en + "\n"
    }.joined() + (document == nil ? "no document\n" : "document\n")
  }
}

enum Fixture {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }
}

extension YAMLNode {
  /// The tree in one line: texts in their resolved types, with the kind of brackets.
  var outline: String {
    switch kind {
    case .scalar: text() + (isPlain ? "" : "'") + (resolved == .string ? "" : ":\(resolved)")
    case .sequence: "[" + elements.map(\.outline).joined(separator: ", ") + "]"
    case .mapping:
      "{" + members.map { $0.key.outline + ": " + $0.value.outline }.joined(separator: ", ") + "}"
    }
  }

  /// Every node below, aliases not followed, in the order of writing.
  func visit(_ body: (YAMLNode) -> Void) {
    body(self)
    if isAlias { return }
    forEachElement { $0.visit(body) }
    forEachMember { key, value in
      key.visit(body)
      value.visit(body)
    }
  }
}
