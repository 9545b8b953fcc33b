package import Diagnostics
package import SourceText
package import TenantModel
package import YAMLTree

/// Reads tenant.yaml: from nodes to the typed model. YAML ends here.
package enum TenantReader {
  /// What was read.
  package struct Reading: Sendable {
    /// Nil where something is missing without which there is no tenant.
    package var tenant: Tenant?
    /// The files that are named, in the order in which they are.
    package let references: [Located<FileReference>]
    /// Whether something could not be read, so that absence proves nothing.
    package let isIncomplete: Bool
  }

  package static func read(
    _ document: YAMLDocument, into bag: inout DiagnosticBag
  ) -> Reading {
    var decoder = Decoder(bag, root: document.root.span)
    let tenant = decoder.value(of: document.root, tenantShape)
    for finding in decoder.strayKeys.findings() { decoder.add(finding) }
    bag = decoder.bag
    return Reading(
      tenant: tenant, references: decoder.references, isIncomplete: decoder.isIncomplete)
  }
}
