package import Diagnostics
package import SourceText
package import TenantReading
package import YAMLTree

// Start here. `LayoutReader` takes a document and its comments apart into `Entry`s, `LayoutOrder`
// puts their keys in the order of the key table, `LayoutPrinter` writes them again, and
// `LayoutProof` reads what was written and compares.

/// The canonical layout of tenant.yaml. There is nothing to choose.
///
/// - Keys stand in the order of the key table, unknown ones after the known in the order of writing.
///   A mapping in which that would bring an alias before its anchor keeps the author's order.
/// - Two spaces indent; lists are indented beneath their key. A flow collection that was written on
///   one line and fits into 132 columns stays one; any other becomes a block.
/// - Scalars stay as they are written, quotes and all.
/// - Comments alone on their lines belong to what follows, or to the end of the block that they are
///   indented with; the others stay at their line's end. Those of neighboring lines that stood in
///   one column still do.
/// - Of blank lines in a row one stays.
package enum TenantLayout {
  package enum Outcome: Sendable {
    case laidOut([UInt8])
    /// It cannot be read; the findings say why.
    case unread
    /// What was written does not read as what was there: a mistake of mgc.
    case unproven
  }

  /// Lays a tenant.yaml out. The findings of reading it go into the bag.
  package static func format(
    _ file: SourceFile, id: SourceFileID, schema: Schema = TenantSchema.keys,
    into bag: inout DiagnosticBag
  ) -> Outcome {
    var own = DiagnosticBag()
    let document = YAMLReader.read(file, id: id, into: &own)
    let isSound = !own.hasErrors
    bag.add(contentsOf: own.sorted)
    guard isSound, let document else { return .unread }
    let bytes = write(document, of: file, schema: schema)
    let result = SourceFile(name: file.name, bytes: bytes)
    var none = DiagnosticBag()
    guard let written = YAMLReader.read(result, id: id, into: &none), !none.hasErrors else {
      return .unproven
    }
    var proof = LayoutProof((document, file), (written, result))
    return proof.holds() ? .laidOut(bytes) : .unproven
  }

  /// The canonical bytes of a document that was read without errors.
  package static func write(
    _ document: YAMLDocument, of file: SourceFile, schema: Schema
  ) -> [UInt8] {
    var reader = LayoutReader(file.bytes)
    let page = reader.read(document.root, schema: schema)
    LayoutOrder.arrange(page)
    var printer = LayoutPrinter(file.bytes)
    return printer.lay(page)
  }
}
