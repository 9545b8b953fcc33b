package import MailRecords

/// What the files hold that tenant.yaml refers to: public keys, policies of MTA-STS, and how
/// Exchange Online signs.
package struct KeyRing: Sendable {
  private var keys: [String: DKIMKey] = [:]
  private var policies: [String: MTASTSPolicy] = [:]
  private var signings: [String: [ExchangeSigning]] = [:]

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

  /// What an export says of each domain; nil where it could not be read, which is a finding.
  package func signings(_ reference: FileReference) -> [ExchangeSigning]? {
    signings[reference.path]
  }

  package mutating func add(_ reference: FileReference, _ signings: [ExchangeSigning]) {
    self.signings[reference.path] = signings
  }
}
