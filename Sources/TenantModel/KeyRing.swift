package import MailRecords

/// The public keys that tenant.yaml refers to.
package struct KeyRing: Sendable {
  private var keys: [String: DKIMKey] = [:]

  package init() {}

  /// The key of a file; nil where it could not be read, which is a finding.
  package subscript(reference: FileReference) -> DKIMKey? { keys[reference.path] }

  package mutating func add(_ reference: FileReference, _ key: DKIMKey) {
    keys[reference.path] = key
  }
}
