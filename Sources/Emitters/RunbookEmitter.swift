internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Runbook {
  /// - Parameter documents: what the other emitters wrote.
  init(_ procedure: Procedure, documents: [Artifact]) {
    let paths = documents.map(\.path)
    let phases = procedure.phases
    let builder = RunbookBuilder(
      procedure, files: RunbookFiles(procedure, phases: phases, paths: paths),
      timing: RunbookTiming(procedure, phases: phases))
    let name: Prose = "\(text: procedure.tenant.name.value.text)"
    title = .init(ja: "\(name) MailGates導入手順書", en: "\(name): putting MailGates in place")
    introduction = .init(
      ja:
        "この手順書はtenant.yamlからmgcが作成しました。上から順に進めます。番号は作業順、「手順」は提供元の案内の番号です。手順8はmgcが加えた仕上げです。",
      en:
        "mgc wrote this page from tenant.yaml. Work from the top. Numbers give the order of doing; \"step\" is the vendor's number, and step 8 is mgc's own."
    )
    facts = builder.facts
    steps = phases.enumerated().map { builder.step($1, number: $0 + 1) }
    let diagram = MailFlowDiagram(procedure)
    flow = diagram.scenes.map { scene in
      Scene(
        number: scene.rawValue, title: .init(diagram.title(of: scene)),
        caption: .init(diagram.caption(of: scene)), ja: diagram.chart(of: scene, language: .ja),
        en: diagram.chart(of: scene, language: .en))
    }
    waiting = procedure.waiting.map {
      .init(what: .init($0.input.what), source: .init($0.input.source), key: $0.input.key)
    }
    wayBack = builder.wayBack
    dates = RunbookDates(procedure, steps: steps).entries
    terms = Glossary.terms.filter { term in
      switch term.need {
      case .nothing: true
      case .cutover: phases.contains { $0.kind == .cutover }
      case .lockdown: phases.contains { $0.kind == .lockdown }
      }
    }
    var fingerprint = Fingerprint()
    for document in documents {
      fingerprint.add(document.path.description.utf8)
      fingerprint.add(document.bytes)
    }
    self.fingerprint = fingerprint.text
  }
}

/// Takes the parts of the runbook together.
private struct RunbookBuilder {
  private let procedure: Procedure
  private let files: RunbookFiles
  private let timing: RunbookTiming

  init(_ procedure: Procedure, files: RunbookFiles, timing: RunbookTiming) {
    self.procedure = procedure
    self.files = files
    self.timing = timing
  }

  var facts: [Runbook.Fact] {
    let tenant = procedure.tenant
    let services = tenant.contract.services.map { Phrase($0.value.title) }
    let contract = Phrase(
      ja: services.map(\.ja).joined(separator: "、"), en: services.map(\.en).joined(separator: ", "))
    return [.init(name: .init(ja: "契約", en: "Contract"), value: contract)]
      + tenant.domains.map {
        .init(name: .init(ja: "ドメイン", en: "Domain"), value: .init(both: .domain($0.name.value)))
      }
      + tenant.contacts.map { contact in
        .init(
          name: RunbookWords.role(contact.role),
          value: .init(
            both: "\(text: contact.name.value.text) (\(text: contact.mail.value.description))"))
      }
      + (DomainOverview.isNeeded(procedure)
        ? [
          .init(
            name: .init(ja: "ドメインごとの作業", en: "The work by domain"),
            value: .init(both: "\(code: DomainOverview.path.description)"))
        ] : [])
  }

  func step(_ phase: Phase, number: Int) -> Runbook.Step {
    let wording = RunbookWording(procedure)
    let places = RunbookPlaces(procedure)
    let tasks =
      wording.work(phase.kind).map { Runbook.Task(text: $0) }
      + files.files(phase.kind).map { file in
        .init(
          text: RunbookWords.labelled(
            RunbookWords.file, .init(both: "\(code: file.description)")),
          file: file)
      } + wording.closing(phase.kind).map { .init(text: $0) }
    return Runbook.Step(
      number: number, kind: phase.kind, vendorNumber: phase.step.number,
      title: .init(phase.kind.title), who: RunbookWords.role(phase.role),
      place: places.place(phase.kind), call: places.call(phase.role), when: timing.when(phase),
      reason: phase.window.map { .init($0.reason) }, notBefore: phase.window?.notBefore,
      notAfter: phase.window?.notAfter, relative: relative(phase),
      tasks: tasks, values: RunbookValues(procedure).groups(phase.kind),
      notes: RunbookNotes(procedure).notes(phase.kind),
      check: RunbookChecks(procedure).check(phase.kind), back: wayBack(phase.kind))
  }

  /// "切替の10日前まで"
  private func relative(_ phase: Phase) -> Phrase? {
    guard let window = phase.window, let moment = window.notBefore ?? window.notAfter,
      let cutover = procedure.cutover
    else { return nil }
    let days = moment.date.dayNumber - cutover.value.date.dayNumber
    let isDeadline = window.notBefore == nil
    let some = abs(days)
    let unit: Prose = some == 1 ? "day" : "days"
    switch days {
    case 0 where phase.kind == .cutover: return .init(ja: "切替の日", en: "the cutover")
    case 0:
      return isDeadline
        ? .init(ja: "切替まで", en: "until the cutover") : .init(ja: "切替から", en: "from the cutover")
    case ..<0:
      let day = Phrase(ja: "切替の\(some)日前", en: "\(some) \(unit) before the cutover")
      return isDeadline
        ? .init(ja: "\(day.ja)まで", en: "until \(day.en)")
        : .init(ja: "\(day.ja)から", en: "from \(day.en)")
    default:
      let day = Phrase(ja: "切替の\(some)日後", en: "\(some) \(unit) after the cutover")
      return isDeadline
        ? .init(ja: "\(day.ja)まで", en: "until \(day.en)")
        : .init(ja: "\(day.ja)から", en: "from \(day.en)")
    }
  }

  private func wayBack(_ kind: Phase.Kind) -> Phrase? {
    switch kind {
    case .endPilot:
      return .init(
        ja: "\(code: "pilot") を書き戻して \(code: "mgc apply") を実行し、connect.ps1をもう一度実行する。",
        en: "Write \(code: "pilot") again, run \(code: "mgc apply"), and run connect.ps1 once more."
      )
    case .changeSigning: return KeyRetirementWording(procedure).signingBack
    default:
      return files.backNumber(kind).map { number in
        .init(
          ja: "この手順書の最後の「元に戻すとき」の\(number)番を行う。",
          en: "Do number \(number) under \"Going back\" at the end of this page.")
      }
    }
  }

  var wayBack: [Runbook.WayBack] {
    files.back.map { .init(title: title($0.part), files: $0.files) }
  }

  private func title(_ part: RunbookFiles.Back) -> Phrase {
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
    case .dmarc(let stage):
      .init(
        ja: "DMARCを \(code: stage.tags) の前の段階に戻す",
        en: "Put DMARC back to the stage before \(code: stage.tags)")
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
  private var connectionBack: Phrase {
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
}
