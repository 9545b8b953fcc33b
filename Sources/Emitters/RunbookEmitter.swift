internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

/// `RUNBOOK.md`: the whole procedure in the order of doing, with the file of each part.
struct Runbook {
  private let procedure: Procedure
  private let phases: [Phase]
  private let files: RunbookFiles
  private let timing: RunbookTiming
  private var page = MarkdownPage()

  /// - Parameter paths: the files that the other emitters wrote.
  init(_ procedure: Procedure, paths: [ArtifactPath]) {
    self.procedure = procedure
    phases = procedure.phases
    files = RunbookFiles(procedure, phases: phases, paths: paths)
    timing = RunbookTiming(procedure, phases: phases)
  }

  /// The page. Phases are numbered in the order of doing; the vendor's number stands beside.
  static func artifact(_ procedure: Procedure, paths: [ArtifactPath]) -> Artifact {
    var runbook = Runbook(procedure, paths: paths)
    runbook.write()
    return Artifact("RUNBOOK.md", runbook.page)
  }

  private func say(_ ja: Markdown, _ en: Markdown) -> Markdown {
    procedure.say(.init(ja: ja, en: en))
  }

  private func text(_ text: LocalizedText) -> Markdown {
    "\(text: text[procedure.tenant.language])"
  }

  private mutating func write() {
    let tenant = procedure.tenant
    let name: Markdown = "\(text: tenant.name.value.text)"
    page.heading(1, say("\(name) MailGates導入手順書", "\(name): putting MailGates in place"))
    page.paragraph(
      say(
        "この手順書はtenant.yamlからmgcが作成しました。上から順に進めます。番号は作業順、「手順」は提供元の案内の番号です。手順8はmgcが加えた仕上げです。",
        "mgc wrote this page from tenant.yaml. Work from the top. Numbers give the order of doing; \"step\" is the vendor's number, and step 8 is mgc's own."
      ))
    writeFacts()
    writeOverview()
    writeFlow()
    writeWaiting()
    for (index, phase) in phases.enumerated() { write(phase, number: index + 1) }
    writeBack()
    writeExpiry()
  }

  private mutating func writeFacts() {
    let tenant = procedure.tenant
    let services = tenant.contract.services.map { text($0.value.title) }
    var rows: [[Markdown]] = [[say("契約", "Contract"), services.joined(separator: say("、", ", "))]]
    for domain in tenant.domains {
      rows.append([say("ドメイン", "Domain"), .domain(domain.name.value)])
    }
    for contact in tenant.contacts {
      rows.append([
        role(contact.role),
        "\(text: contact.name.value.text) (\(text: contact.mail.value.description))",
      ])
    }
    page.table(header: [say("項目", "What"), say("内容", "Value")], rows: rows)
    if DomainOverview.isNeeded(procedure) {
      page.paragraph(
        say(
          "ドメインごとの作業は \(code: DomainOverview.path.description) にまとめています。",
          "\(code: DomainOverview.path.description) has the work by domain."))
    }
  }

  private func role(_ role: Contact.Role) -> Markdown {
    switch role {
    case .customer: say("お客様", "Customer")
    case .reseller: say("販売店", "Reseller")
    case .vendor: say("サービス提供元", "Vendor")
    }
  }

  private mutating func writeOverview() {
    page.heading(2, say("全体の流れ", "Overview"))
    let rows: [[Markdown]] = phases.enumerated().map { index, phase in
      [
        "\(index + 1)", say("手順\(phase.step.number)", "step \(phase.step.number)"),
        text(phase.kind.title), role(phase.role),
        procedure.say(timing.when(phase)),
      ]
    }
    page.table(
      header: [
        say("順", "No."), say("手順", "Step"), say("作業", "Work"), say("担当", "Who"), say("時期", "When"),
      ],
      rows: rows)
  }

  private mutating func writeFlow() {
    let diagram = MailFlowDiagram(procedure)
    page.heading(2, say("メールの流れ", "The mail flow"))
    page.paragraph(text(MailFlowDiagram.legend))
    for scene in diagram.scenes {
      page.heading(3, text(diagram.title(of: scene)))
      page.paragraph(text(diagram.caption(of: scene)))
      page.chart(diagram.chart(of: scene, language: procedure.tenant.language))
    }
  }

  private mutating func writeWaiting() {
    let waiting = procedure.waiting
    guard !waiting.isEmpty else { return }
    page.heading(2, say("まだ決まっていない値", "Values that are not known yet"))
    page.paragraph(
      say(
        "次の値は作業の途中で決まります。分かったらtenant.yamlに書き、もう一度 `mgc apply` を実行してください。",
        "These values come into being on the way. Write each into tenant.yaml and run `mgc apply` again."
      ))
    page.table(
      header: [
        say("値", "Value"), say("確かめる場所", "Where it is shown"), say("書く場所", "Where it is written"),
      ],
      rows: waiting.map { [text($0.input.what), text($0.input.source), "\(code: $0.input.key)"] })
  }

  private mutating func write(_ phase: Phase, number: Int) {
    page.heading(
      2,
      say(
        "\(number). \(text(phase.kind.title))(手順\(phase.step.number))",
        "\(number). \(text(phase.kind.title)) (step \(phase.step.number))"))
    let when = procedure.say(timing.when(phase))
    let reason = phase.window.map { text($0.reason) }
    page.bullets([
      say("担当: \(role(phase.role))", "Who: \(role(phase.role))"),
      reason.map { say("時期: \(when)(\($0))", "When: \(when) (\($0))") }
        ?? say("時期: \(when)", "When: \(when)"),
    ])
    let wording = RunbookWording(procedure)
    page.checkboxes(
      wording.work(phase.kind).map { procedure.say($0) }
        + files.files(phase.kind).map {
          say("ファイル: \(code: $0.description)", "File: \(code: $0.description)")
        } + wording.closing(phase.kind).map { procedure.say($0) })
    writeCheck(phase.kind)
    if let back = wayBack(phase.kind) {
      page.paragraph(say("戻し方: ", "The way back: ") + back)
    }
  }

  private mutating func writeCheck(_ kind: Phase.Kind) {
    guard let check = RunbookChecks(procedure).check(kind) else { return }
    page.paragraph(say("確かめ方: ", "How to see that it worked: ") + procedure.say(check.sentence))
    if !check.each.isEmpty { page.bullets(check.each.map { procedure.say($0) }) }
    guard !check.questions.isEmpty else { return }
    page.paragraph(
      say(
        "権威サーバーの名前は \(code: "dig NS ドメイン名") で分かります。",
        "\(code: "dig NS DOMAIN") names the authoritative servers."))
    let server =
      switch procedure.tenant.language {
      case .ja: "権威サーバー"
      case .en: "SERVER"
      }
    page.codeBlock(
      language: "text",
      check.questions.map { "dig +norecurse @\(server) \($0)" }.joined(separator: "\n"))
  }

  private func wayBack(_ kind: Phase.Kind) -> Markdown? {
    switch kind {
    case .endPilot:
      return say(
        "\(code: "pilot") を書き戻して \(code: "mgc apply") を実行し、connect.ps1をもう一度実行する。",
        "Write \(code: "pilot") again, run \(code: "mgc apply"), and run connect.ps1 once more.")
    case .changeSigning: return procedure.say(KeyRetirementWording(procedure).signingBack)
    default:
      return files.backNumber(kind).map { number in
        say(
          "この手順書の最後の「元に戻すとき」の\(number)番を行う。",
          "Do number \(number) under \"Going back\" at the end of this page.")
      }
    }
  }

  private mutating func writeBack() {
    guard !files.back.isEmpty else { return }
    page.heading(2, say("元に戻すとき", "Going back"))
    page.paragraph(
      say(
        "上から順に戻します。作業と逆の順です。行っていない作業は飛ばします。",
        "Go back from the top: this is the reverse order of doing. Skip what was not done."))
    page.numbers(
      files.back.map { part, files in
        let paths = files.map { "\(code: $0.description)" as Markdown }
        return say(
          "\(backTitle(part).ja): \(paths.joined(separator: "、"))",
          "\(backTitle(part).en): \(paths.joined(separator: ", "))")
      })
  }

  private func backTitle(_ part: RunbookFiles.Back) -> MarkdownPhrase {
    switch part {
    case .lockdown:
      .init(
        ja: "直接配送の遮断を解除する(解除せずにMXを戻すと、メールが拒否されます)",
        en: "Lift the lockdown (else mail is refused once the MX goes back)")
    case .transportPolicyAfter:
      .init(
        ja: "MTA-STSのポリシーを、新旧のMXを並べたものに戻し、新しい方の max_age だけ待つ(待たずにMXを戻すと、送信側が配送しません)",
        en:
          "Put back the MTA-STS policy that names both the old and the new MX, and wait for the max_age of the newer one (else senders do not deliver once the MX goes back)"
      )
    case .transportPolicyBefore:
      .init(
        ja: "MTA-STSのポリシーを元に戻す(MXを戻し、そのTTLが過ぎてから)",
        en: "Put the MTA-STS policy back, when the MX is back and its TTL has passed")
    case .restoreTTL:
      .init(
        ja: "MXのTTLをもう一度下げ、戻していたTTLの時間だけ待つ",
        en: "Lower the TTL of the MX again, and wait for the TTL that it had")
    case .retireKey:
      .init(
        ja: "消したDKIMの古い鍵をもう一度公開する",
        en: "Publish the old DKIM key again that was removed")
    case .nextPolicy: .init(ja: "DMARCを前の段階に戻す", en: "Put DMARC back by a stage")
    case .deliveryTarget: .init(ja: "元のメール配送先を選び直す", en: "Choose the former delivery target")
    case .cutover: .init(ja: "MXを元に戻す", en: "Put the MX back")
    case .ttl: .init(ja: "下げたMXのTTLを元に戻す", en: "Put the lowered TTL of the MX back")
    case .settings: .init(ja: "管理者画面の設定を戻す", en: "Undo the settings in the console")
    case .route:
      .init(ja: "送信の経路を元に戻す", en: "Put the outbound route back")
    case .connection: connectionBack
    case .archive: .init(ja: "アーカイブへの写しを止める", en: "Stop the copies to the archive")
    case .signIn:
      procedure.services.inbound == nil
        ? .init(ja: "サインイン方式の設定を戻す", en: "Undo the sign-in")
        : .init(
          ja: "サインイン方式の設定を戻す(MXを戻し、そのTTLが過ぎてから)",
          en: "Undo the sign-in, when the MX is back and its TTL has passed")
    case .senderAuthentication:
      .init(
        ja: "SPF・DKIM・DMARCを元に戻す(MailGatesから出るメールがなくなってから)",
        en: "Put SPF, DKIM and DMARC back, when no mail leaves by MailGates any more")
    }
  }

  /// One file a server brings back both ways.
  private var connectionBack: MarkdownPhrase {
    procedure.services.outbound == nil
      ? .init(
        ja: "受信の接続を元に戻す(MXを戻し、そのTTLが過ぎてから)",
        en: "Undo the inbound connection, when the MX is back and its TTL has passed")
      : procedure.services.inbound == nil
        ? .init(
          ja: "送信の経路を元に戻し、接続を無効にする", en: "Put the outbound route back, then undo the connection")
        : .init(
          ja: "送信の経路を元に戻し、送受信の接続を無効にする(MXを戻し、そのTTLが過ぎてから)",
          en:
            "Put the outbound route back, then undo the connection both ways, when the MX is back and its TTL has passed"
        )
  }

  private mutating func writeExpiry() {
    let secrets = procedure.tenant.mailServers.compactMap { server -> [Markdown]? in
      guard case .oauth(let expires?) = server.signIn?.value else { return nil }
      let renewal = expires.value.adding(months: -Catalogue.secretRenewalMonths.value)
      return [
        "\(text: server.name.value.text)", procedure.say(expires.value.words),
        procedure.say(renewal.words),
      ]
    }
    guard !secrets.isEmpty else { return }
    page.heading(2, say("期限のあるもの", "What expires"))
    page.paragraph(
      say(
        "クライアントシークレットの期限が切れると、メールが止まるおそれがあります。更新する日を予定に入れてください。",
        "When a client secret expires, mail may stop. Put the renewal into the calendar."))
    page.table(
      header: [say("メールサーバー", "Mail server"), say("期限", "Expires"), say("更新を始める日", "Renew from")],
      rows: secrets)
  }
}
