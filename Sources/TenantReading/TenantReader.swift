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
    /// What was decoded: the document with all that it inherits.
    package let document: YAMLDocument
  }

  package static func read(
    _ document: YAMLDocument, over inheritance: Inheritance = .none,
    into bag: inout DiagnosticBag
  ) -> Reading {
    let layered = layer(document, over: inheritance, into: &bag)
    var decoder = Decoder(bag, root: layered.document.root.span)
    decoder.mayInherit = !layered.isWhole
    decoder.isIncomplete = !layered.isWhole
    let tenant = decoder.value(of: layered.document.root, tenantShape)
    for finding in decoder.strayKeys.findings() { decoder.add(finding) }
    bag = decoder.bag
    return Reading(
      tenant: tenant, references: decoder.references, isIncomplete: decoder.isIncomplete,
      document: layered.document)
  }

  /// Import profiles that stand in a file of their own, for `mgc adopt`.
  package struct Profiles: Sendable {
    package let encoding: ListEncoding
    package let profiles: [ImportProfile]
    package let references: [Located<FileReference>]
  }

  /// Reads a document with `importProfiles` and perhaps `listEncoding`, as `gateway` has them; nil
  /// after a finding.
  package static func profiles(
    _ document: YAMLDocument, into bag: inout DiagnosticBag
  ) -> Profiles? {
    var decoder = Decoder(bag, root: document.root.span)
    let read = decoder.value(of: document.root, profilesShape)
    for finding in decoder.strayKeys.findings() { decoder.add(finding) }
    bag = decoder.bag
    return read.map {
      Profiles(encoding: $0.encoding, profiles: $0.profiles, references: decoder.references)
    }
  }
}
