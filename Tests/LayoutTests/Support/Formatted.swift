import Diagnostics
import Layout
import SourceText
import TenantReading
import YAMLTree

/// A text with what laying it out gave.
struct Formatted {
  let file: SourceFile
  let outcome: TenantLayout.Outcome
  let findings: [Diagnostic]

  init(_ bytes: [UInt8], schema: Schema = TenantSchema.keys) {
    file = SourceFile(name: "tenant.yaml", bytes: bytes)
    var bag = DiagnosticBag()
    outcome = TenantLayout.format(file, id: .tenant, schema: schema, into: &bag)
    findings = bag.sorted
  }

  init(_ text: String, schema: Schema = TenantSchema.keys) {
    self.init(Array(text.utf8), schema: schema)
  }

  /// What was written; nil where nothing was.
  var bytes: [UInt8]? {
    if case .laidOut(let bytes) = outcome { bytes } else { nil }
  }

  var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  var isUnproven: Bool {
    if case .unproven = outcome { true } else { false }
  }
}

/// A document with its file, as the proof takes them.
func read(_ text: String) -> (document: YAMLDocument, file: SourceFile)? {
  let file = SourceFile(name: "tenant.yaml", text: text)
  var bag = DiagnosticBag()
  let document = YAMLReader.read(file, id: .tenant, into: &bag)
  return bag.hasErrors ? nil : document.map { ($0, file) }
}
