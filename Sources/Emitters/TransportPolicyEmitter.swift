internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

extension Emitter {
  /// The policies of MTA-STS for the web host of each domain, and those to go back to.
  static let transportPolicies = Emitter { procedure in
    procedure.domains.flatMap { domain -> [Artifact] in
      [(Step.ttl, domain.transportPolicy?.before), (.afterwards, domain.transportPolicy?.after)]
        .flatMap { step, stage -> [Artifact] in
          guard let stage else { return [] }
          let name: ArtifactPath = "mta-sts/\(name: domain.domain.name.value.ascii).txt"
          let forward = Artifact(step.path + name, PolicyFile(stage.policy.lines))
          guard let former = stage.former else { return [forward] }
          return [forward, Artifact("rollback" + step.path + name, PolicyFile(former.lines))]
        }
    }
  }
}

extension ArtifactPath {
  /// Whether it is a policy of MTA-STS.
  var isTransportPolicy: Bool {
    components.dropLast().last == "mta-sts" && (components.last ?? "").hasSuffix(".txt")
  }
}

extension Procedure {
  /// The stages before and after the cutover, with their domains.
  func transportPolicies(
    _ stage: (TransportPolicyChanges) -> TransportPolicyChanges.Stage?
  ) -> [(domain: DomainChanges, stage: TransportPolicyChanges.Stage)] {
    domains.compactMap { domain in
      domain.transportPolicy.flatMap(stage).map { (domain, $0) }
    }
  }
}
