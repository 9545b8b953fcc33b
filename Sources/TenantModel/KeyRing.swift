package import MailRecords

/// What the files hold that tenant.yaml refers to: public keys, and policies of MTA-STS.
package struct KeyRing: Sendable {
  private var keys: [String: DKIMKey] = [:]
  private var policies: [String: MTASTSPolicy] = [:]

  package init() {}

  /// The key of a file; nil where it could not be read, which is a finding.
  package subscript(reference: FileReference) -> DKIMKey? { keys[reference.path] }

  package mutating func add(_ reference: FileReference, _ key: DKIMKey) {
    keys[reference.path] = key
  }

  /// The policy of a file; nil where it could not be read, which is a finding.
  package func policy(_ reference: FileReference) -> MTASTSPolicy? { policies[reference.path] }

  package mutating func add(_ reference: FileReference, _ policy: MTASTSPolicy) {
    policies[reference.path] = policy
  }
}
