internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

/// `domains.md`: what is done for each domain, where a tenant has several. Domains on different
/// mail servers, aliases and parked domains each have steps of their own.
struct DomainOverview {
  static let path: ArtifactPath = "domains.md"

  private let procedure: Procedure
  private let paths: [ArtifactPath]
  private let phases: [Phase]
  private let timing: RunbookTiming

  static func isNeeded(_ procedure: Procedure) -> Bool { procedure.tenant.domains.count > 1 }

  /// - Parameter paths: the files that the emitters wrote.
  static func artifact(_ procedure: Procedure, paths: [ArtifactPath]) -> Artifact? {
    guard isNeeded(procedure) else { return nil }
    return Artifact(Self.path, DomainOverview(procedure, paths: paths).page)
  }

  private init(_ procedure: Procedure, paths: [ArtifactPath]) {
    self.procedure = procedure
    self.paths = paths
    phases = procedure.phases
    timing = RunbookTiming(procedure, phases: phases)
  }

  private var page: BilingualPage {
    var page = BilingualPage(procedure, ja: "ドメインごとの作業", en: "The work by domain")
    page.paragraph(
      ja: """
        ドメインごとに、手順書(\(code: "RUNBOOK.md"))のどの作業があるかをまとめています。行う順番は手順書のとおりです。
        """,
      en: """
        Which work of the runbook (\(code: "RUNBOOK.md")) each domain has. The runbook has the order.
        """)
    page.table(
      header: [
        .init(ja: "ドメイン", en: "Domain"), .init(ja: "役割", en: "Role"),
        .init(ja: "メールサーバー", en: "Mail server"), .init(ja: "MXの切替", en: "MX change"),
      ],
      rows: procedure.domains.map { changes in
        [
          name(changes.domain), role(changes.domain.role),
          connection(of: changes.domain).map { .value($0.name) } ?? Self.none,
          changes.cutover == nil
            ? Self.none : changes.domain.cutover?.value.words.markdown ?? Self.open,
        ]
      })
    for changes in procedure.domains { add(changes, to: &page) }
    return page
  }

  private static let none = MarkdownPhrase(ja: "なし", en: "none")
  private static let open = MarkdownPhrase(ja: "日時未定", en: "no date yet")

  private func name(_ domain: TenantDomain) -> MarkdownPhrase {
    .init(both: Markdown.domain(domain.name.value))
  }

  private func role(_ role: TenantDomain.Role) -> MarkdownPhrase {
    switch role {
    case .mail: .init(ja: "メールボックスがある", en: "has mailboxes")
    case .alias: .init(ja: "別名", en: "alias")
    case .parked: .init(ja: "メールに使わない", en: "parked")
    }
  }

  private func connection(of domain: TenantDomain) -> MailServerConnection? {
    procedure.connections.first { connection in
      connection.domains.contains { $0.name.value == domain.name.value }
    }
  }

  private func add(_ changes: DomainChanges, to page: inout BilingualPage) {
    let domain = changes.domain
    let title = name(domain)
    page.heading(2, ja: title.ja, en: title.en)
    switch domain.role {
    case .mail: break
    case .alias:
      page.paragraph(
        ja: """
          同じメールボックスの別の名前です。DNSのレコードは、別名のドメインにもそれぞれ要ります。\
          メールサーバーがこのドメイン宛てのメールを受け取ることを、先に確かめます。
          """,
        en: """
          A further name of the same mailboxes. It needs DNS records of its own. First see that the \
          mail server takes mail for this domain.
          """)
    case .parked:
      page.paragraph(
        ja: "メールの送受信をしません。ログイン、メールサーバー、MXの切替の作業はありません。",
        en: """
          It sends and receives no mail. There is nothing to do for logging in, for a mail server or \
          for the MX.
          """)
    }
    let rows = phases.compactMap { phase in row(phase.kind, changes) }
    if rows.isEmpty {
      page.paragraph(ja: "この契約では、行うことはありません。", en: "This contract asks for nothing here.")
    } else {
      page.table(
        header: [
          .init(ja: "作業", en: "Work"), .init(ja: "ファイルまたはフォルダー", en: "File or folder"),
          .init(ja: "内容", en: "What"),
        ], rows: rows)
    }
  }

  /// The phase with its place and what it means for the domain; nil where it has no part in it.
  private func row(_ kind: Phase.Kind, _ changes: DomainChanges) -> [MarkdownPhrase]? {
    let connection = connection(of: changes.domain)
    let server = connection.map { folder($0, .mailServer) }
    switch kind {
    case .administratorLogin, .userLogin:
      guard let connection else { return nil }
      return cells(
        kind, ["1-login/login.md"],
        procedure.tenant.loginAddress(of: connection.server).map { .value($0) })
    case .signIn:
      return connection?.server.signIn.map { signIn in
        switch signIn.value {
        case .oauth: cells(kind, [server], .init(both: "OAuth 2.0"))
        case .saml: cells(kind, [server], .init(both: "SAML"))
        }
      }
    case .accounts:
      guard let connection, connection.server.signIn == nil else { return nil }
      return cells(
        kind, [],
        .init(ja: "方法は提供元のサポート窓口に確かめる", en: "ask the vendor's support how"))
    case .addressNotice:
      return connection == nil ? nil : cells(kind, ["3-mail-server/vendor-notice.md"])
    case .connect, .startOutbound:
      return connection.map {
        cells(kind, [server], .init(both: "\(text: $0.server.kindName)"))
      }
    case .archive: return connection?.isArchived == true ? cells(kind, [server]) : nil
    case .startInbound, .endPilot:
      return connection?.server.family == .microsoft365 ? cells(kind, [server]) : nil
    case .senderAuthentication:
      guard !changes.senderAuthentication.isEmpty || !changes.waitingKeys.isEmpty else {
        return nil
      }
      return cells(kind, zones(changes, .senderAuthentication, ".zone"))
    case .transportPolicyBefore:
      return changes.transportPolicy?.before == nil
        ? nil : cells(kind, zones(changes, .ttl, "-mta-sts.zone"))
    case .ttl: return changes.lowerTTL == nil ? nil : cells(kind, zones(changes, .ttl, ".zone"))
    case .cutover:
      guard changes.cutover != nil else { return nil }
      return cells(
        kind, zones(changes, .mxCutover, ".zone"),
        changes.domain.cutover?.value.words.markdown ?? Self.open)
    case .lockdown:
      return connection.map { connection in
        procedure.isClosed(connection)
          ? cells(kind, [folder(connection, .afterwards)])
          : cells(
            kind, [],
            .init(
              ja: "遮断しない。直接送られたメールも届き続ける",
              en: "not closed: mail that is sent to the server directly still arrives"))
      }
    case .transportPolicyAfter:
      return changes.transportPolicy?.after == nil
        ? nil : cells(kind, zones(changes, .afterwards, "-mta-sts.zone"))
    case .restoreTTL:
      return changes.restoreTTL == nil
        ? nil : cells(kind, zones(changes, .afterwards, "-ttl.zone"))
    case .changeSigning:
      return changes.keyRetirement == nil
        ? nil : cells(kind, ["2-sender-authentication/dkim.md"])
    case .retireKey:
      return changes.keyRetirement == nil
        ? nil : cells(kind, zones(changes, .afterwards, "-dkim.zone"))
    case .reportAuthorization:
      return procedure.reportAuthorizations.contains {
        $0.isAsked && $0.domain == changes.domain.name.value
      }
        ? cells(
          kind, [Step.senderAuthentication.path + "\(name: DMARCWording.authorizationFile)"]) : nil
    case .dmarc(let stage):
      return changes.dmarc?.stages.contains { $0.stage == stage } ?? false
        ? cells(kind, zones(changes, .afterwards, "-dmarc-\(stage.word).zone")) : nil
    // These are for the whole tenant.
    case .settings, .laterSettings, .deliveryTarget: return nil
    }
  }

  private func cells(
    _ kind: Phase.Kind, _ places: [ArtifactPath?], _ what: MarkdownPhrase? = nil
  ) -> [MarkdownPhrase] {
    let places = places.compactMap { $0.map { "\(code: $0.description)" as Markdown } }
    return [
      timing.name(kind).markdown, .init(both: places.joined(separator: ", ")),
      what ?? .init(both: ""),
    ]
  }

  /// The zone file of the domain, where the step has one.
  private func zones(_ changes: DomainChanges, _ step: Step, _ suffix: String)
    -> [ArtifactPath]
  {
    let name: ArtifactPath = "\(name: changes.domain.name.value.ascii)"
    let wanted = (step.path + name).description + suffix
    return paths.filter { $0.description == wanted }
  }

  private func folder(_ connection: MailServerConnection, _ step: Step) -> ArtifactPath {
    connection.folder(of: step)
  }
}
