internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// What the runbook says of DMARC's stages (RFC 9989) and of those who take its reports (RFC 9990).
struct DMARCWording {
  private let procedure: Procedure

  init(_ procedure: Procedure) { self.procedure = procedure }

  /// For how long each domain is watched before a stage, the same only once.
  private func days(_ stage: DMARCStage) -> Int {
    procedure.dmarcStages(stage).map(\.stage.days).max() ?? DMARCChanges.usualDays
  }

  /// From when a stage may be published.
  ///
  /// - Parameters:
  ///   - former: the stage before, or else the start of the outbound route.
  func when(_ stage: DMARCStage, after former: MarkdownPhrase) -> MarkdownPhrase {
    let days = days(stage)
    return .init(
      ja: "\(former.ja)の\(days)日以上後", en: "\(days) days or more after \(former.en)")
  }

  /// The stage before a stage, where a domain comes to both.
  func former(_ stage: DMARCStage) -> DMARCStage? {
    procedure.dmarcStages(stage).map(\.stage.former).filter { former in
      !procedure.dmarcStages(former).isEmpty
    }.max()
  }

  /// The work of one stage: what to look at first, then the change.
  func work(_ stage: DMARCStage) -> [MarkdownPhrase] {
    let days = days(stage)
    let watch = MarkdownPhrase(
      ja:
        "前の段階の集計レポートを\(days)日以上見る(規格は1か月以上を勧めています。レポートはふつう1日1通なので、週の初めや月末にだけ送るシステムのメールが現れるまで待ちます)",
      en:
        "Watch the aggregate reports of the stage before for \(days) days or more. The standard advises a month or more; reports usually come once a day, so wait until the mail of what sends weekly or at the end of a month has shown"
    )
    return [watch] + unseen(stage) + looking + perStage(stage) + domains(stage)
  }

  /// Domains for which nobody gets reports.
  private func unseen(_ stage: DMARCStage) -> [MarkdownPhrase] {
    procedure.dmarcStages(stage).filter {
      $0.domain.domain.dmarc?.aggregateReports.isEmpty ?? false
    }.map { domain, _ in
      let name = Markdown.domain(domain.domain.name.value)
      return .init(
        ja: "\(name): 集計レポートの宛先がないので、先に \(code: "aggregateReports") を書く",
        en: "\(name): nobody gets its aggregate reports: write \(code: "aggregateReports") first")
    }
  }

  /// What to look for in the reports.
  private var looking: [MarkdownPhrase] {
    let gateway = procedure.services.outbound?.spf.ascii ?? ""
    return [
      .init(
        ja:
          "MailGatesから出たメール: 送信元アドレスが \(code: "include:" + gateway) のものの行で、DKIMとSPFの少なくとも一方が合格し、そのドメインがFromのドメインと一致している。DKIMは必ず合格していること(SPFだけでは、転送されたメールが失敗します)",
        en:
          "Mail from MailGates: in the rows whose source is among the addresses of \(code: "include:" + gateway), DKIM or SPF passes and its domain matches that of From. DKIM must be among those that pass: SPF alone fails when mail is forwarded"
      ),
      .init(
        ja:
          "ほかの正しい送信元(メール配信、業務システム、複合機など): すべて合格している。失敗していれば、SPFに加えるか、DKIMで署名させてから先に進む",
        en:
          "Other rightful sources (mailing services, business systems, printers and the like): all pass. Where one fails, add it to SPF or have it sign by DKIM before you go on"
      ),
      .init(
        ja:
          "転送とメーリングリスト: SPFは失敗しても、DKIMが合格していればよい。本文や件名を書き換えるメーリングリストでは両方失敗する。社員がよく投稿するなら、そのドメインをrejectにしない(RFC 9989 7.4節)",
        en:
          "Forwarders and mailing lists: SPF may fail where DKIM passes. Lists that change the text or subject fail both: where people of the domain post to such lists, do not bring it to reject (RFC 9989 section 7.4)"
      ),
      .init(
        ja: "残りの、心当たりのない送信元の失敗: なりすましであり、次の段階で止まる",
        en:
          "Failures of sources that are left and nobody knows: forged mail, which the next stage stops"
      ),
    ]
  }

  /// What the stage does.
  private func perStage(_ stage: DMARCStage) -> [MarkdownPhrase] {
    switch stage {
    case .none: []
    case .quarantineTrial:
      [
        .init(
          ja: "\(code: stage.tags) を公開する。受信側の扱いはまだ変わらず、差出人を書き換えるメーリングリストなどの動きだけが変わる",
          en:
            "Publish \(code: stage.tags). Receivers go on as before; only mailing lists that rewrite the sender and the like begin to do so"
        )
      ]
    case .quarantine:
      [
        .init(
          ja: "\(code: stage.tags) を公開する。失敗したメールは、受信側で迷惑メールなどに隔離される",
          en:
            "Publish \(code: stage.tags). Receivers put mail that fails into quarantine, such as spam"
        )
      ]
    case .rejectTrial:
      [
        .init(
          ja: "\(code: stage.tags) を公開する。失敗したメールは、まだ拒否されず隔離される",
          en: "Publish \(code: stage.tags). Mail that fails is still quarantined and not refused")
      ]
    case .reject:
      [
        .init(
          ja: "\(code: stage.tags) を公開する。失敗したメールは拒否され、送信者に戻る",
          en: "Publish \(code: stage.tags). Mail that fails is refused and comes back to its sender"
        )
      ]
    }
  }

  private func domains(_ stage: DMARCStage) -> [MarkdownPhrase] {
    let all = procedure.dmarcStages(stage)
    guard procedure.domains.count > 1 else { return [] }
    return all.map { domain, step in
      let name = Markdown.domain(domain.domain.name.value)
      return .init(
        ja: "\(name): \(code: step.former.tags) から \(code: step.stage.tags) へ",
        en: "\(name): from \(code: step.former.tags) to \(code: step.stage.tags)")
    }
  }

  /// How to see that a stage stands.
  func check(_ stage: DMARCStage) -> RunbookCheck {
    let all = procedure.dmarcStages(stage)
    return .init(
      sentence: .init(
        ja:
          "権威サーバーがその段階のDMARCだけを答え、その後の集計レポートの \(code: "policy_published") に現れる。正しいメールが届かなくなったら、すぐ前の段階に戻す。",
        en:
          "The authoritative server answers with the DMARC of that stage alone, and later aggregate reports show it as \(code: "policy_published"). If rightful mail is lost, go back to the stage before at once."
      ),
      questions: RunbookChecks.questions("TXT", all.map(\.stage.change.owner)))
  }

  /// What the zone file of a stage says.
  static func advice(_ stage: DMARCChanges.Stage) -> [String] {
    [
      "From \(stage.former.tags) to \(stage.stage.tags).",
      "Do this when the aggregate reports of \(stage.days) days or more show that all rightful mail",
      "passes with a domain that matches: see RUNBOOK.md for what to look at.",
    ]
  }

  /// What the zone file of its way back says.
  static func adviceBack(_ stage: DMARCChanges.Stage) -> [String] {
    [
      "Back to \(stage.former.tags). Where later stages of DMARC were done, go back from them first."
    ]
  }

  // MARK: Who takes reports

  static let authorizationFile = "report-authorization.md"

  private var asked: [ReportAuthorization] { procedure.reportAuthorizations.filter(\.isAsked) }

  /// The work of asking.
  var asking: [MarkdownPhrase] {
    var seen: Set<DomainName> = []
    let receivers = asked.map(\.receiver).filter { seen.insert($0).inserted }
    return receivers.map { receiver in
      let name = Markdown.domain(receiver)
      return .init(
        ja: "\(name): このページのレコードがすでにあるか確かめ、なければ公開を頼む",
        en: "\(name): see whether the records of the page are there already; if not, ask for them")
    } + [
      .init(
        ja: "許可がないまま公開してもメールには影響しない。ただし、その宛先にはレポートが届かない",
        en: "Without leave no mail suffers, but no report comes to that address")
    ]
  }

  /// How to see that leave was given.
  var authorized: RunbookCheck {
    .init(
      sentence: .init(
        ja: "次の名前のTXTが、\(code: "v=DMARC1") で始まる値を答える。",
        en: "TXT at these names answers with a value that begins with \(code: "v=DMARC1")."),
      each: asked.map { .init(both: "\(code: "dig TXT \($0.owner)")") })
  }
}
