internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// How to see that a phase worked: a sentence, what it holds for each, and commands to run.
struct RunbookCheck {
  let sentence: Phrase
  var each: [Phrase] = []
  /// Commands after `dig +norecurse @server`.
  var questions: [String] = []
}

/// What the runbook says of seeing that a phase worked.
struct RunbookChecks {
  private let procedure: Procedure

  init(_ procedure: Procedure) { self.procedure = procedure }

  private static func questions(_ changes: [RecordChange]) -> [String] {
    changes.map { "\($0.type) \($0.owner.absolute.dropLast())" }
  }

  static func questions(_ type: String, _ owners: [OwnerName]) -> [String] {
    owners.map { type + " " + $0.absolute.dropLast() }
  }

  private static func exchangers(_ domains: [DomainChanges]) -> [String] {
    questions("MX", domains.map { OwnerName(apexOf: $0.domain.name.value) })
  }

  func check(_ kind: Phase.Kind) -> RunbookCheck? {
    switch kind {
    case .administratorLogin: .init(sentence: .init(ja: "管理者画面が開く。", en: "The console opens."))
    case .signIn, .accounts:
      .init(
        sentence: .init(
          ja: "MailGatesの利用者の数がメールボックスの数と同じになる。",
          en: "MailGates has as many users as there are mailboxes."))
    case .userLogin:
      .init(sentence: .init(ja: "一般利用者の画面が開く。", en: "The screen of ordinary users opens."))
    case .reportAuthorization: DMARCWording(procedure).authorized
    case .senderAuthentication: published
    case .connect:
      .init(
        sentence: .init(
          ja: "外部とのメールが今までどおり届く(この段階ではメールの流れは変わりません)。",
          en: "Mail flows as before: nothing changes its way yet."))
    case .ttl:
      .init(
        sentence: .init(
          ja: "権威サーバーが答えるTTLが\(Catalogue.loweredTTL.value)以下になる(リゾルバーが答えるのは残り時間なので使いません)。",
          en:
            "The authoritative server answers with a TTL of \(Catalogue.loweredTTL.value) or less. A resolver shows the time that remains, so do not ask one."
        ),
        questions: Self.exchangers(procedure.domains.filter { $0.lowerTTL != nil }))
    case .transportPolicyBefore: policies(\.before)
    case .transportPolicyAfter: policies(\.after)
    case .settings, .laterSettings:
      .init(
        sentence: .init(
          ja: "画面を開き直すと、保存した値が表示される。", en: "Opened again, each screen shows what was saved."))
    case .startInbound:
      .init(
        sentence: .init(
          ja: "外部からのメールが今までどおり届く(MXはまだ切り替わっていません)。",
          en: "Mail from outside arrives as before: the MX has not changed yet."))
    case .startOutbound:
      .init(
        sentence: .init(
          ja: "社外に送ったメールがMailGatesの送信ログに現れ、宛先のヘッダーでSPFとDKIMが合格している。",
          en:
            "Mail sent outside shows in MailGates' log, and its header at the receiver says that SPF and DKIM pass."
        ))
    case .archive:
      .init(
        sentence: .init(
          ja: "社内どうしと社外とのテストメールが1通ずつ、アーカイブに現れる。メッセージ追跡で、写しがMailGatesを通っていない。",
          en:
            "One test mail within the organization and one with the outside show in the archive, and the message trace shows that no copy went by MailGates."
        ))
    case .endPilot:
      .init(
        sentence: .init(
          ja: "受信コネクタの \(code: "EFUsers") と送信ルールの \(code: "From") が、どちらも空になる(あるものだけ)。",
          en:
            "\(code: "EFUsers") of the inbound connector and \(code: "From") of the outbound rule are empty, where there are these."
        ))
    case .cutover:
      .init(
        sentence: .init(
          ja: "権威サーバーがMailGatesのMXだけを答え、外部から送ったメールがMailGatesの送受信ログに現れる。",
          en:
            "The authoritative server answers with MailGates' MX alone, and mail from outside shows in MailGates' log."
        ), questions: Self.exchangers(procedure.movingDomains))
    case .deliveryTarget: deliveryTarget
    case .lockdown:
      .init(
        sentence: .init(
          ja: "サーバーごとに、外部から直接送って確かめる。", en: "Send from outside straight to each server."),
        each: procedure.connections.map(closed))
    case .restoreTTL: restored
    case .changeSigning: KeyRetirementWording(procedure).signingCheck
    case .retireKey: KeyRetirementWording(procedure).removalCheck
    case .dmarc(let stage): DMARCWording(procedure).check(stage)
    case .addressNotice: nil
    }
  }

  private func policies(
    _ stage: (TransportPolicyChanges) -> TransportPolicyChanges.Stage?
  ) -> RunbookCheck {
    let stages = procedure.transportPolicies(stage)
    return .init(
      sentence: .init(
        ja:
          "ポリシーのアドレスが、転送なし、証明書の誤りなしで、\(code: "text/plain") のファイルと同じ内容を返し、権威サーバーがそのポリシーの \(code: "id") だけを答える。",
        en:
          "The address of the policy answers with the file as \(code: "text/plain"), without a redirect and without an error of the certificate; the authoritative server answers with the \(code: "id") of that policy alone."
      ),
      each: stages.map { domain, stage in
        let name = Prose.domain(domain.domain.name.value)
        return .init(both: "\(name): \(code: MTASTSRecord(of: stage.policy).description)")
      }, questions: Self.questions("TXT", stages.map(\.stage.record.owner)))
  }

  private var published: RunbookCheck {
    let questions = procedure.domains.flatMap { domain in
      Self.questions(domain.senderAuthentication)
        + Self.questions(
          "TXT", domain.waitingKeys.map { $0.selector.owner(in: domain.domain.name.value) })
    }
    return .init(
      sentence: .init(
        ja: "権威サーバーの答えが、ファイルのレコードと同じになる。",
        en: "The authoritative server answers with the records of the files."),
      questions: questions)
  }

  /// Without inbound-security, mail from outside does not pass MailGates.
  private var deliveryTarget: RunbookCheck {
    guard procedure.services.inbound != nil else {
      return .init(
        sentence: .init(
          ja: "画面を開き直すと、保存したメール配送先サーバーが表示される。",
          en: "Opened again, the screen shows the メール配送先サーバー that was saved."))
    }
    return .init(
      sentence: .init(
        ja: "存在する利用者へのメールが届き、存在しない宛先へのメールが届かない。",
        en: "Mail to existing users arrives; mail to others does not."))
  }

  private func closed(_ connection: MailServerConnection) -> Phrase {
    let name = connection.name
    guard procedure.isClosed(connection) else {
      return .init(
        ja: "\(text: name): 遮断しません。このサーバーは、直接送られたメールも受け取り続けます。",
        en: "\(text: name): stays open, and goes on taking mail that is sent straight to it.")
    }
    var seen: Set<String> = []
    let hosts = connection.domains.compactMap { $0.deliveryHost?.value.ascii }
      .filter { seen.insert($0).inserted }
    let shown = hosts.map { "\(code: $0)" as Prose }.joined(separator: ", ")
    return .init(
      ja:
        "\(text: name): \(hosts.isEmpty ? "配送先ホスト" : "\(shown) ")に外部から直接送ったメールが拒否され、MailGates経由のメールは届く。",
      en:
        "\(text: name): mail sent from outside straight to \(hosts.isEmpty ? "the delivery host" : shown) is refused; mail by MailGates arrives."
    )
  }

  private var restored: RunbookCheck {
    let domains = procedure.domains.filter { $0.restoreTTL != nil }
    return .init(
      sentence: .init(
        ja: "権威サーバーが答えるTTLが、戻した値になる。",
        en: "The authoritative server answers with the TTL that was put back."),
      each: domains.compactMap { domain in
        guard domain.oldTTL != nil, let ttl = domain.restoreTTL?.ttl else { return nil }
        let name = Prose.domain(domain.domain.name.value)
        return .init(
          ja: "\(name): \(Int(ttl.seconds))秒", en: "\(name): \(Int(ttl.seconds)) seconds")
      }, questions: Self.exchangers(domains))
  }
}
