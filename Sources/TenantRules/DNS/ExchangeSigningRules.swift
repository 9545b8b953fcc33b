internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// What the tenant's own export says of Exchange Online's signatures, beside the domains and
  /// their zones.
  static let exchangeSigning = Rule([
    .signingElsewhere, .signingCollision, .replacedAlias, .strangeTarget, .signingUnsaid,
    .swappedTargets,
  ]) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    for domain in input.tenant.domains where domain.role != .parked {
      guard let server = input.server(of: domain), case .microsoft365(let settings) = server.kind,
        let reference = settings.dkimExport, let all = input.keys.signings(reference.value)
      else { continue }
      let name = domain.name.value.unicode.excerpt()
      guard let signing = all.first(where: { $0.domain == domain.name.value }) else {
        bag.add(
          Diagnostic(
            .signingElsewhere, at: reference.span,
            .init(
              ja: "「\(reference.value.path.excerpt())」に「\(name)」がない",
              en: "\"\(reference.value.path.excerpt())\" says nothing of \"\(name)\""),
            help: .init(
              ja: "このテナントで出力したファイルか、ドメインがExchange Onlineに登録済みかを確かめる",
              en:
                "see whether it is this tenant's export, and whether Exchange Online has the domain"
            ),
            labels: [.domain(domain.name.span)]))
        continue
      }
      guard let targets = signing.targets else {
        bag.add(
          Diagnostic(
            .signingUnsaid, at: reference.span,
            .init(
              ja: "「\(name)」のCNAMEの先が、出力にまだない",
              en: "the export does not say yet where the CNAMEs of \"\(name)\" lead"),
            help: .init(
              ja:
                "New-DkimSigningConfig -DomainName \(domain.name.value.ascii.excerpt()) -Enabled $false を実行してから出力し直す",
              en:
                "run New-DkimSigningConfig -DomainName \(domain.name.value.ascii.excerpt()) -Enabled $false, and export it again"
            ), labels: [.domain(domain.name.span)]))
        continue
      }
      targets.judge(domain, reference, into: &bag)
      for (selector, target) in targets.all {
        judge("\(selector)", target, domain, reference, input, into: &bag)
      }
    }
  }

  /// One CNAME against what is, or will be, at its name.
  private static func judge(
    _ selector: String, _ target: AliasTarget, _ domain: TenantDomain,
    _ reference: Located<FileReference>, _ input: RuleInput, into bag: inout DiagnosticBag
  ) {
    let owner = selector + "._domainkey"
    func collide(_ label: Diagnostic.Label) {
      bag.add(
        Diagnostic(
          .signingCollision, at: reference.span,
          .init(
            ja: "「\(owner.excerpt())」にはTXTレコードがあり、CNAMEを置けない",
            en: "\"\(owner.excerpt())\" has a TXT record, beside which no CNAME can stand"),
          help: .init(
            ja: "MailGatesの鍵は別のセレクターにする。古い鍵なら、TXTをゾーンから消してから公開する",
            en:
              "use another selector for MailGates' key; where it is an old one, take the TXT out of the zone first"
          ), labels: [label]))
    }
    if let setting = domain.dkim.first(where: { $0.selector.value.text == selector }) {
      collide(
        .init(
          setting.selector.span,
          .init(ja: "MailGatesの鍵のセレクター", en: "the selector of MailGates' key")))
      return
    }
    guard let zone = KnownZone(domain, input) else { return }
    if zone.set(owner, .txt) != nil {
      collide(.init(zone.span(owner, .txt), .init(ja: "TXTはここ", en: "the TXT record")))
    } else if let held = zone.set(owner, .cname), !held.data.contains(target.data) {
      bag.add(
        Diagnostic(
          .replacedAlias, at: zone.span(owner, .cname),
          .init(
            ja: "「\(owner.excerpt())」のCNAMEは、Exchange Onlineの出力と違う",
            en: "the CNAME at \"\(owner.excerpt())\" is not what Exchange Online asks for"),
          help: .init(
            ja: "別のテナントや別のサービスのものでないか確かめる。手順2で、出力にある名前に置き換わる",
            en:
              "see whether it is another tenant's or another service's; step 2 replaces it by the name of the export"
          ), labels: [.init(reference.span, .init(ja: "出力はここ", en: "the export"))]))
    }
  }
}

extension ExchangeSigning.Targets {
  /// Whether the names are such as Microsoft documents.
  fileprivate func judge(
    _ domain: TenantDomain, _ reference: Located<FileReference>, into bag: inout DiagnosticBag
  ) {
    let name = domain.name.value.unicode.excerpt()
    for (_, target) in all
    where !ExchangeSigning.knownDomains.contains(where: { target.isBelow($0) }) {
      bag.add(
        Diagnostic(
          .strangeTarget, at: reference.span,
          .init(
            ja: "「\(name)」のCNAMEの先「\(target.text.excerpt())」は、Microsoftの文書にある名前でない",
            en:
              "the CNAME of \"\(name)\" leads to \"\(target.text.excerpt())\", which is no name that Microsoft documents"
          ),
          help: .init(
            ja: "Exchange Onlineで Get-DkimSigningConfig をもう一度実行し、同じ値か確かめる",
            en:
              "run Get-DkimSigningConfig in Exchange Online once more, and see that it says the same"
          ), labels: [.domain(domain.name.span)]))
    }
    if first == second || first.text.hasPrefix("selector2-") || second.text.hasPrefix("selector1-")
    {
      bag.add(
        Diagnostic(
          .swappedTargets, at: reference.span,
          .init(
            ja: "「\(name)」の2つのCNAMEの先が、入れ替わっているか同じ",
            en: "the two CNAMEs of \"\(name)\" are swapped, or lead to the same name"),
          help: .init(
            ja: "手で直さず、Get-DkimSigningConfig の出力をそのまま保存し直す",
            en: "mend nothing by hand; save what Get-DkimSigningConfig prints once more"),
          labels: [.domain(domain.name.span)]))
    }
  }
}

extension DiagnosticCode {
  static let signingElsewhere = DiagnosticCode(
    3164, .warning,
    title: .init(ja: "ドメインのないMicrosoft 365の出力", en: "an export without the domain"),
    explanation: .init(
      ja:
        "dkimExportのファイルは、ほかのドメインのことしか言っていません。このドメインのCNAMEは公開されません。別のテナントの出力を入れたのかもしれません。",
      en:
        "The file that dkimExport names speaks of other domains only. No CNAME is published for this one. It may be another tenant's export."
    ),
    example: "microsoft365: { …, dkimExport: exports/other-tenant.json }",
    source: "Get-DkimSigningConfig")
  static let signingCollision = DiagnosticCode(
    3165, .error,
    title: .init(ja: "CNAMEと同じ名前のTXT", en: "a TXT record where the CNAME must be"),
    explanation: .init(
      ja:
        "CNAMEのある名前には、ほかのレコードを置けません。ネームサーバーはゾーンの読み込みを拒みます。selector1とselector2は、Exchange Onlineが自分の署名に使う名前です。",
      en:
        "A name with a CNAME has no other record: name servers refuse the zone. selector1 and selector2 are the names that Exchange Online uses for its own signatures."
    ),
    example: #"selector1._domainkey 3600 IN TXT "v=DKIM1; k=rsa; p=…""#
      + "\nmicrosoft365: { …, dkimExport: exports/dkim.json }",
    source: "RFC 1034 section 3.6.2")
  static let replacedAlias = DiagnosticCode(
    3166, .warning,
    title: .init(ja: "置き換わるMicrosoft 365のCNAME", en: "a CNAME of Microsoft 365 that is replaced"),
    explanation: .init(
      ja:
        "ゾーンのCNAMEの先が、テナントの出力と違います。2025年5月以降に有効にしたドメインでは、先の名前に推測できない部分があり、以前の形の名前では署名が検証できません。",
      en:
        "The zone's CNAME leads to another name than the tenant's export says. For domains that were enabled since May 2025 the name has a part that nobody can guess; with a name of the old form no signature verifies."
    ),
    example:
      "selector1._domainkey 3600 IN CNAME selector1-kaede-example._domainkey.old.onmicrosoft.com.",
    source: "MicrosoftDocs/defender-docs, email-authentication-dkim-configure")
  static let strangeTarget = DiagnosticCode(
    3167, .warning,
    title: .init(ja: "Microsoftの文書にないCNAMEの先", en: "a CNAME that leads to no name of Microsoft's"),
    explanation: .init(
      ja:
        "CNAMEの先の鍵を持つ人は、このドメインの名前で署名できます。Microsoftの文書にあるのは、dkim.mail.microsoft と onmicrosoft.com の下の名前です。ほかの国のクラウドでは違うこともあります。",
      en:
        "Whoever holds the key behind the CNAME can sign in the name of the domain. Microsoft documents names below dkim.mail.microsoft and onmicrosoft.com. National clouds may have others."
    ),
    example: #""Selector1CNAME": "selector1.keys.stranger.example""#,
    source: "MicrosoftDocs/defender-docs, email-authentication-dkim-configure")
  static let signingUnsaid = DiagnosticCode(
    3168, .note,
    title: .init(ja: "まだ決まっていないCNAMEの先", en: "CNAMEs that lead nowhere yet"),
    explanation: .init(
      ja:
        "Exchange Onlineは、ドメインの署名の設定を作って初めて、CNAMEの先を示します。設定を無効の状態で作り、出力し、CNAMEを公開してから有効にします。",
      en:
        "Exchange Online says where the CNAMEs lead only once the domain has a signing configuration. Make it disabled, export it, publish the CNAMEs, and enable it then."
    ),
    example: #"{ "Domain": "kaede.example", "Selector1CNAME": "", "Selector2CNAME": "" }"#,
    source: "New-DkimSigningConfig")
  static let swappedTargets = DiagnosticCode(
    3169, .warning,
    title: .init(ja: "入れ替わったCNAMEの先", en: "CNAMEs that are swapped"),
    explanation: .init(
      ja:
        "selector1のCNAMEはselector1-で始まる名前へ、selector2のCNAMEはselector2-で始まる名前へ向けます。逆や同じ先では、鍵が替わったときに署名が検証できません。",
      en:
        "The CNAME of selector1 leads to a name that begins with selector1-, that of selector2 to one that begins with selector2-. Swapped or equal, signatures fail once the keys are rotated."
    ),
    example:
      #""Selector1CNAME": "selector2-kaede-example._domainkey.kaede.onmicrosoft.com""#,
    source: "MicrosoftDocs/defender-docs, email-authentication-dkim-configure")
}
