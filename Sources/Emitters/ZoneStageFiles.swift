internal import Artifacts
internal import MailRecords
internal import Procedure

/// The forms in which a stage's changes are written, each with its place.
enum ZoneForm: CaseIterable {
  case zoneFile
  case octodns
  case terraform
  case nsupdate
  case table

  /// The folder below that of the step; nil where the files are in the step's own.
  fileprivate var folder: String? {
    switch self {
    case .zoneFile: nil
    case .octodns: "octodns"
    case .terraform: "terraform-route53"
    case .nsupdate: "nsupdate"
    case .table: "table"
    }
  }
}

extension Procedure {
  /// What each step changes in each zone: domain by domain, in the order of doing.
  var zoneStages: [(domain: DomainChanges, stage: ZoneStage)] {
    domains.flatMap { domain in domain.stages.map { (domain, $0) } }
  }
}

extension ZoneStage {
  /// A document of the stage and that of the way back, in their places: `kaede.example-ttl.zone`,
  /// or `octodns-ttl/kaede.example.yaml`, for tools want a file that is called as its zone.
  ///
  /// - Parameter ending: what follows the zone's name, with its full stop.
  func artifacts(
    _ form: ZoneForm, ending: String, forward: some ArtifactDocument, back: some ArtifactDocument
  ) -> [Artifact] {
    let path: ArtifactPath =
      if let folder = form.folder {
        "\(name: folder + kind.suffix)/\(name: zone.ascii + ending)"
      } else {
        "\(name: zone.ascii + kind.suffix + ending)"
      }
    return [
      Artifact(kind.step.path + path, forward), Artifact("rollback" + kind.step.path + path, back),
    ]
  }
}

extension ZoneStage.Kind {
  /// Step 8's stage that a path belongs to; nil where it is no file of the DNS.
  init?(afterwards path: ArtifactPath) { self.init(path, among: Self.afterwards) }

  /// Whether a file of step 4 belongs to the policy of MTA-STS alone.
  static func isOfTransportPolicy(_ path: ArtifactPath) -> Bool {
    Self(path, among: [.transportPolicyBefore]) != nil
  }

  private init?(_ path: ArtifactPath, among kinds: [Self]) {
    let stems = path.components.map { part in
      part.hasSuffix(".zone") ? String(part.dropLast(5)) : part
    }
    let kind = kinds.first { kind in
      stems.contains { $0.hasSuffix(kind.suffix) }
        || kind.suffix == "-mta-sts" && path.isTransportPolicy
    }
    guard let kind else { return nil }
    self = kind
  }

  /// The stages of step 8.
  private static let afterwards: [Self] = [
    .transportPolicyAfter, .restoreTTL, .nextPolicy,
  ]
}
