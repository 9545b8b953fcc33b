internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// Which files belong to which phase, in the order of use, and those of the way back.
struct RunbookFiles {
  private let phases: [Phase]
  private let forward: [ArtifactPath]
  /// What goes back, in the reverse order of doing, each with its files; only what there is.
  let back: [(part: Back, files: [ArtifactPath])]

  typealias Back = WayBackPart

  init(_ procedure: Procedure, phases: [Phase], paths: [ArtifactPath]) {
    self.phases = phases
    let order = UseOrder(procedure)
    let keyed = paths.map { path in (path: path, key: order.key(path)) }
    let sorted: [ArtifactPath] = keyed.sorted { left, right in
      left.key == right.key ? left.path < right.path : left.key < right.key
    }.map(\.path)
    forward = sorted.filter { $0.components.first != "rollback" }
    let rest = sorted.filter { $0.components.first == "rollback" }
    back = Back.allCases.compactMap { part in
      let files = rest.filter { Back($0) == part }
      return files.isEmpty ? nil : (part, files)
    }
  }

  func files(_ kind: Phase.Kind) -> [ArtifactPath] { forward.filter { owns(kind, $0) } }

  /// The number in the list of the way back; nil where nothing of the phase goes back by a file.
  func backNumber(_ kind: Phase.Kind) -> Int? {
    guard let part = kind.back else { return nil }
    // Scripts go back from the route and the connection in one.
    let place = back.firstIndex { $0.part == part }
    let whole = part == .route ? back.firstIndex { $0.part == .connection } : nil
    return (place ?? whole).map { $0 + 1 }
  }

  private func has(_ kind: Phase.Kind) -> Bool { phases.contains { $0.kind == kind } }

  /// Whether a file is worked with in this phase.
  private func owns(_ kind: Phase.Kind, _ path: ArtifactPath) -> Bool {
    guard let folder = path.components.first, let file = path.components.last else { return false }
    let isSignIn = file.isOfSignIn
    let isStart = file.hasPrefix("start-")
    if folder == "5-settings" { return ownsSettings(kind, file) }
    switch kind {
    case .addressNotice: return file == "vendor-notice.md"
    case .accounts, .settings, .laterSettings: return false
    case .administratorLogin, .userLogin: return folder == "1-login"
    case .reportAuthorization:
      return folder == "2-sender-authentication" && file == DMARCWording.authorizationFile
    case .senderAuthentication:
      return folder == "2-sender-authentication" && file != DMARCWording.authorizationFile
    case .signIn: return folder == "3-mail-server" && isSignIn
    case .connect:
      return folder == "3-mail-server" && !isSignIn && !isStart
        && !["archive.ps1", "vendor-notice.md"].contains(file)
    case .startInbound:
      return folder == "3-mail-server" && ["start-inbound.ps1", "validate.ps1"].contains(file)
    case .startOutbound:
      return folder == "3-mail-server"
        && (file.hasPrefix("start-outbound.") || file == "validate.ps1")
    case .archive: return folder == "3-mail-server" && file == "archive.ps1"
    case .endPilot: return folder == "3-mail-server" && file == "connect.ps1"
    case .transportPolicyBefore:
      return folder == "4-ttl" && (ZoneStage.Kind.isOfTransportPolicy(path) || file == "records.md")
    case .ttl: return folder == "4-ttl" && !ZoneStage.Kind.isOfTransportPolicy(path)
    case .cutover: return folder == "6-mx-cutover"
    case .deliveryTarget: return folder == "7-delivery-target"
    case .changeSigning: return folder == "2-sender-authentication" && file == "dkim.md"
    case .transportPolicyAfter, .restoreTTL, .retireKey, .dmarc, .lockdown:
      return folder == "8-afterwards" && kind == Phase.Kind(afterwards: path)
    }
  }

  /// The sheet is worked with whenever something is set; a list where its setting is.
  private func ownsSettings(_ kind: Phase.Kind, _ file: String) -> Bool {
    let isLater = ["allow-", "deny-", "bec-"].contains { file.hasPrefix($0) }
    switch kind {
    case .settings: return file == "click-sheet.md" || !isLater || !has(.laterSettings)
    case .laterSettings: return file == "click-sheet.md" || isLater || !has(.settings)
    // A sheet without screens tells of the initial setting alone.
    case .cutover: return !has(.settings) && !has(.laterSettings)
    default: return false
    }
  }
}

extension WayBackPart {
  /// The part that a file below `rollback/` belongs to.
  fileprivate init?(_ path: ArtifactPath) {
    guard path.components.count > 2, let file = path.components.last else { return nil }
    switch path.components[1] {
    case "2-sender-authentication": self = .senderAuthentication
    case "3-mail-server":
      let isRoute = file.hasPrefix("start-outbound.") || file.hasPrefix("stop-outbound.")
      self =
        file.isOfSignIn
        ? .signIn : isRoute ? .route : file == "stop-archive.ps1" ? .archive : .connection
    case "4-ttl":
      self = ZoneStage.Kind.isOfTransportPolicy(path) ? .transportPolicyBefore : .ttl
    case "5-settings": self = .settings
    case "6-mx-cutover": self = .cutover
    case "7-delivery-target": self = .deliveryTarget
    case "8-afterwards": self = Phase.Kind(afterwards: path).back ?? .lockdown
    default: return nil
    }
  }
}

extension Phase.Kind {
  /// The part of step 8 that a file belongs to.
  fileprivate init(afterwards path: ArtifactPath) {
    switch ZoneStage.Kind(afterwards: path) {
    case .transportPolicyAfter: self = .transportPolicyAfter
    case .restoreTTL: self = .restoreTTL
    case .retireKey: self = .retireKey
    case .dmarc(let stage): self = .dmarc(stage)
    case .senderAuthentication, .transportPolicyBefore, .lowerTTL, .cutover, nil: self = .lockdown
    }
  }
}

extension String {
  /// Whether a file below a mail server's folder is about signing in.
  fileprivate var isOfSignIn: Bool {
    ["oauth.md", "saml-request.md", "check-users.ps1", "oauth-app.ps1"].contains(self)
  }
}

/// The order in which files of one phase are used: servers and domains as in tenant.yaml; of one
/// server the page, what looks first, then what changes.
private struct UseOrder {
  private var places: [String: Int] = [:]

  private static let names = [
    "click-sheet.md", "mailgates-settings.json", "dkim.md", "saml-request.md", "oauth.md",
    "check-users.ps1", "oauth-app.ps1", "instructions.md", "postfix.md", "gateway.md",
    "microsoft365.md", "preflight.ps1", "connect.ps1", "trust-sealer.ps1", "archive.ps1",
    "start-inbound.ps1", "start-outbound.ps1", "lockdown.ps1", "validate.ps1", "start-outbound.md",
    "connect.sh", "start-outbound.sh", "lockdown.sh",
    "stop-outbound.sh", "disconnect.sh", "reopen.sh", "main.cf",
  ]

  struct Key: Comparable {
    let place: Int
    let name: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.place, left.name) < (right.place, right.name)
    }
  }

  init(_ procedure: Procedure) {
    for (index, connection) in procedure.connections.enumerated() {
      places[connection.folder(of: .mailServer).components.last ?? ""] = index + 1
    }
    for (index, domain) in procedure.domains.enumerated() {
      let name: ArtifactPath = "\(name: domain.domain.name.value.ascii).zone"
      places[name.description] = index + 1
    }
  }

  func key(_ path: ArtifactPath) -> Key {
    let file = path.components.last ?? ""
    var place = places[path.components.dropLast().last ?? ""] ?? 0
    for suffix in ZoneStage.Kind.fileEndings
    where file.hasSuffix(suffix) {
      place = places[file.dropLast(suffix.count) + ".zone"] ?? place
      break
    }
    if ZoneForm.isFolder(of: path), let stop = file.lastIndex(of: ".") {
      place = places[file[..<stop] + ".zone"] ?? place
    }
    if path.isTransportPolicy {
      // The file is served before its record is published.
      return Key(place: places[file.dropLast(4) + ".zone"] ?? place, name: -1)
    }
    return Key(place: place, name: Self.names.firstIndex(of: file) ?? Self.names.count)
  }
}
