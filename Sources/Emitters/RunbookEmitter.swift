internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

/// `RUNBOOK.md`: the whole procedure in the order of doing, with the file of each part.
struct Runbook {
  private let procedure: Procedure
  /// The files that the other emitters wrote.
  private let paths: [ArtifactPath]
  private var page = MarkdownPage()

  init(_ procedure: Procedure, paths: [ArtifactPath]) {
    self.procedure = procedure
    self.paths = paths
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
        "この手順書はtenant.yamlからmgcが作成しました。上から順に進めます。番号は作業順、「手順」は提供元の案内の番号です。8はmgcが加えた仕上げです。",
        "mgc wrote this page from tenant.yaml. Work from the top. Numbers give the order of doing; \"step\" is the vendor's number, and 8 is mgc's own."
      ))
    writeFacts()
    writeOverview()
    writeWaiting()
    for (index, phase) in procedure.phases.enumerated() { write(phase, number: index + 1) }
    writeBack()
    writeExpiry()
  }

  private mutating func writeFacts() {
    let tenant = procedure.tenant
    let services = tenant.contract.services.map { text($0.value.title) }
    var rows: [[Markdown]] = [[say("契約", "Contract"), services.joined(separator: say("、", ", "))]]
    for domain in tenant.domains {
      rows.append([say("ドメイン", "Domain"), Self.name(domain.name.value)])
    }
    for contact in tenant.contacts {
      rows.append([
        role(contact.role),
        "\(text: contact.name.value.text) (\(text: contact.mail.value.description))",
      ])
    }
    page.table(header: [say("項目", "What"), say("内容", "Value")], rows: rows)
  }

  /// Both forms of a name that is not ASCII.
  private static func name(_ domain: DomainName) -> Markdown {
    domain.isInternationalized
      ? "\(text: domain.unicode) (\(code: domain.ascii))" : "\(code: domain.ascii)"
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
    let rows: [[Markdown]] = procedure.phases.enumerated().map { index, phase in
      [
        "\(index + 1)", "\(phase.step.number)", text(phase.kind.title), role(phase.role),
        when(phase.window) ?? say("随時", "any time"),
      ]
    }
    page.table(
      header: [
        say("順", "No."), say("手順", "Step"), say("作業", "Work"), say("担当", "Who"), say("時期", "When"),
      ],
      rows: rows)
  }

  private func when(_ window: Plan.Window?) -> Markdown? {
    guard let window else { return nil }
    var parts: [Markdown] = []
    if let time = window.notBefore {
      parts.append(say("\(text: time.description) 以降", "from \(text: time.description)"))
    }
    if let time = window.notAfter {
      parts.append(say("\(text: time.description) まで", "until \(text: time.description)"))
    }
    return parts.joined(separator: say("、", ", "))
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
    var facts: [Markdown] = [say("担当: \(role(phase.role))", "Who: \(role(phase.role))")]
    if let window = phase.window, let when = when(window) {
      facts.append(
        say("時期: \(when)(\(text(window.reason)))", "When: \(when) (\(text(window.reason)))"))
    }
    page.bullets(facts)
    let work = RunbookWording(procedure).work(phase.kind)
    let files = paths.filter { phase.kind.owns($0) }
    page.checkboxes(
      work.map { procedure.say($0) }
        + files.map { say("ファイル: \(code: $0.description)", "File: \(code: $0.description)") })
    if let seen = RunbookWording(procedure).evidence(phase.kind) {
      page.paragraph(say("確かめ方: ", "How to see that it worked: ") + procedure.say(seen))
    }
    if let back = RunbookWording(procedure).wayBack(phase.kind) {
      page.paragraph(say("戻し方: ", "The way back: ") + procedure.say(back))
    }
  }

  private mutating func writeBack() {
    let back = paths.filter { $0.components.first == "rollback" }
    guard !back.isEmpty else { return }
    page.heading(2, say("元に戻すとき", "Going back"))
    page.paragraph(
      say(
        "作業と逆の順に戻します。MXを戻す前に、直接配送の遮断を必ず解除してください。解除しないとメールが拒否されます。",
        "Go back in the reverse order. Lift the lockdown before the MX goes back: else mail is refused."
      ))
    page.bullets(back.map { "\(code: $0.description)" })
  }

  private mutating func writeExpiry() {
    let secrets = procedure.tenant.mailServers.compactMap { server -> [Markdown]? in
      guard case .oauth(let expires?) = server.signIn?.value else { return nil }
      let renewal = expires.value.adding(months: -Catalogue.secretRenewalMonths.value)
      return [
        "\(text: server.name.value.text)", "\(text: expires.value.description)",
        "\(text: renewal.description)",
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

extension Phase.Kind {
  /// Whether a file is worked with in this phase.
  fileprivate func owns(_ path: ArtifactPath) -> Bool {
    guard let folder = path.components.first, let file = path.components.last else { return false }
    let isSignIn = ["oauth.md", "saml-request.md"].contains(file)
    let isStart = file.hasPrefix("start-")
    switch self {
    case .addressNotice: return false
    case .administratorLogin, .userLogin: return folder == "1-login"
    case .senderAuthentication: return folder == "2-sender-authentication"
    case .signIn: return folder == "3-mail-server" && isSignIn
    case .connect: return folder == "3-mail-server" && !isSignIn && !isStart
    case .startInbound: return folder == "3-mail-server" && file == "start-inbound.ps1"
    case .startOutbound: return folder == "3-mail-server" && file == "start-outbound.ps1"
    case .ttl: return folder == "4-ttl"
    case .settings: return folder == "5-settings"
    case .cutover: return folder == "6-mx-cutover"
    case .deliveryTarget: return folder == "7-delivery-target"
    case .restoreTTL: return folder == "8-afterwards" && file.hasSuffix("-ttl.zone")
    case .nextPolicy: return folder == "8-afterwards" && file.hasSuffix("-dmarc.zone")
    case .lockdown: return folder == "8-afterwards" && !file.hasSuffix(".zone")
    }
  }
}
