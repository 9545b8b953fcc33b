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
  case tableCSV

  /// The folder below that of the step; nil where the files are in the step's own.
  fileprivate var folder: String? {
    switch self {
    case .zoneFile: nil
    case .octodns: "octodns"
    case .terraform: "terraform-route53"
    case .nsupdate: "nsupdate"
    case .table, .tableCSV: "table"
    }
  }

  /// What follows the zone's name, with its full stop.
  fileprivate var ending: String {
    switch self {
    case .zoneFile: ".zone"
    case .octodns: ".yaml"
    case .terraform: ".tf"
    case .nsupdate: ".nsupdate"
    case .table: ".md"
    case .tableCSV: ".csv"
    }
  }

  /// Whether a file is one of the form: a mail server may be called as the form's folder.
  fileprivate func owns(_ path: ArtifactPath, of kind: ZoneStage.Kind) -> Bool {
    guard let file = path.components.last else { return false }
    guard let folder else { return file.hasSuffix(kind.suffix + ending) }
    return path.components.dropLast().last == folder + kind.suffix && file.hasSuffix(ending)
  }

  /// Whether a file stands in the folder of a form.
  static func isFolder(of path: ArtifactPath) -> Bool {
    allCases.contains { form in
      form.folder != nil && ZoneStage.Kind.allCases.contains { form.owns(path, of: $0) }
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
  func artifacts(
    _ form: ZoneForm, forward: some ArtifactDocument, back: some ArtifactDocument
  ) -> [Artifact] {
    [artifact(form, forward, isBack: false), artifact(form, back, isBack: true)]
  }

  /// One document of the stage in its place.
  func artifact(
    _ form: ZoneForm, _ document: some ArtifactDocument, isBack: Bool
  ) -> Artifact {
    let path: ArtifactPath =
      if let folder = form.folder {
        "\(name: folder + kind.suffix)/\(name: zone.ascii + form.ending)"
      } else {
        "\(name: zone.ascii + kind.suffix + form.ending)"
      }
    return Artifact(isBack ? "rollback" + kind.step.path + path : kind.step.path + path, document)
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
    let kind = kinds.first { kind in
      ZoneForm.allCases.contains { $0.owns(path, of: kind) }
        || kind.suffix == "-mta-sts" && path.isTransportPolicy
    }
    guard let kind else { return nil }
    self = kind
  }

  /// The stages of step 8.
  private static let afterwards: [Self] = allCases.filter { $0.step == .afterwards }

  /// What may follow a zone's name in that of its zone file, the longer before what they end in.
  static let fileEndings: [String] = {
    var seen: Set<String> = []
    let suffixes = allCases.map(\.suffix).filter { seen.insert($0).inserted }
    return suffixes.filter { !$0.isEmpty }.map { $0 + ".zone" } + [".zone"]
  }()
}
