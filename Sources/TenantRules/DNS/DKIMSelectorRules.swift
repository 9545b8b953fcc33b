internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Selectors and keys beside what stands in the zone and what the mail server uses.
  static let dkimSelectors = Rule(
    [.replacedKey, .reservedSelector, .onlyEd25519, .sameKeyTwice, .otherSelector]
  ) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    let usual = Catalogue.dkimSelector.value
    for domain in input.tenant.domains where domain.role != .parked {
      let zone = KnownZone(domain, input)
      let server = input.server(of: domain)
      for setting in domain.dkim where !setting.isRetiring {
        bag.add(contentsOf: setting.judge(zone, server, input))
      }
      let keys = domain.dkim.compactMap { setting in
        setting.publicKey.flatMap { reference in
          input.keys[reference.value].map { (setting: setting, span: reference.span, key: $0) }
        }
      }
      for (again, first) in keys.repetitions(of: \.key.base64)
      where again.setting.selector.value != first.setting.selector.value {
        bag.add(
          Diagnostic(
            .sameKeyTwice, at: again.span,
            .init(
              ja: "セレクター「\(first.setting.selector.value)」と「\(again.setting.selector.value)」の鍵が同じ",
              en:
                "the selectors \"\(first.setting.selector.value)\" and \"\(again.setting.selector.value)\" have the same key"
            ),
            help: .init(
              ja: "鍵のファイルを取り違えていないか確かめる", en: "see whether one names the wrong file"),
            labels: [.first(first.span)]))
      }
      let staying = keys.filter { !$0.setting.isRetiring }
      if let first = staying.first, staying.count == domain.dkim.count(where: { !$0.isRetiring }),
        staying.allSatisfy({ $0.key.algorithm == .ed25519 })
      {
        bag.add(
          Diagnostic(
            .onlyEd25519, at: first.span,
            .init(
              ja: "鍵がEd25519だけで、確かめられない受信側がある",
              en: "the only key is Ed25519, by which some receivers cannot verify"),
            help: .init(
              ja: "RSA(2048ビット)の鍵も、別のセレクターで公開する",
              en: "publish an RSA key of 2048 bits as well, under another selector")))
      }
      if let first = domain.dkim.first,
        !domain.dkim.contains(where: { $0.selector.value.text == usual })
      {
        bag.add(
          Diagnostic(
            .otherSelector, at: first.selector.span,
            .init(
              ja: "セレクター「\(first.selector.value)」は、記事にある「\(usual)」と違う",
              en:
                "the selector \"\(first.selector.value)\" is not the article's \"\(usual)\""),
            help: .init(
              ja: "DKIM鍵設定の画面の「セレクター設定」と同じか確かめる",
              en: "see that the screen DKIM鍵設定 has the same in セレクター設定")))
      }
    }
  }
}

extension DKIMSettings {
  fileprivate func judge(
    _ zone: KnownZone?, _ server: MailServer?, _ input: RuleInput
  ) -> [Diagnostic] {
    let owner = selector.value.text + "._domainkey"
    // A CNAME there is a finding already.
    guard zone?.set(owner, .cname) == nil else { return [] }
    if let server, let user = server.user(of: selector.value.text) {
      return [
        Diagnostic(
          .reservedSelector, at: selector.span,
          .init(
            ja: "セレクター「\(selector.value)」は\(user)が自分の署名に使う",
            en: "\(user) signs with the selector \"\(selector.value)\" itself"),
          help: .init(
            ja: "MailGatesの鍵には \(Catalogue.dkimSelector.value) を使う",
            en: "use \(Catalogue.dkimSelector.value) for MailGates' key"),
          labels: [.init(server.name.span, .init(ja: "メールサーバーはここ", en: "the mail server"))])
      ]
    }
    guard let zone, let reference = publicKey, let key = input.keys[reference.value] else {
      return []
    }
    let others = zone.contents.texts(at: owner).filter { text in
      (try? DKIMKey(parsing: text))?.base64 != key.base64
    }
    guard !others.isEmpty else { return [] }
    return [
      Diagnostic(
        .replacedKey, at: selector.span,
        .init(
          ja: "「\(owner.excerpt())」には別の鍵があり、置き換わる",
          en: "\"\(owner.excerpt())\" has another key, which would be replaced"),
        help: .init(
          ja: "その鍵で署名しているものがあれば、MailGatesには別のセレクターを使う",
          en: "if anything still signs with it, use another selector for MailGates"),
        labels: [.init(zone.span(owner, .txt), .init(ja: "今の鍵", en: "the key of today"))])
    ]
  }
}

extension MailServer {
  /// The service whose own signatures use a selector.
  fileprivate func user(of selector: String) -> String? {
    switch (kind, selector) {
    case (.microsoft365, "selector1"), (.microsoft365, "selector2"): "Microsoft 365"
    case (.googleWorkspace, "google"): "Google Workspace"
    default: nil
    }
  }
}

extension DiagnosticCode {
  static let replacedKey = DiagnosticCode(
    3061, .warning,
    title: .init(ja: "置き換わるDKIMの鍵", en: "a DKIM key that is replaced"),
    explanation: .init(
      ja: "1つのセレクターに置ける鍵は1つです。今の鍵を置き換えると、その鍵で署名したメールは、届く途中のものも含めて検証に失敗します。",
      en:
        "A selector has one key. Once it is replaced, mail signed by the old one fails, including what is still on its way."
    ),
    example: #"mg._domainkey 3600 IN TXT "v=DKIM1; k=rsa; p=<別の鍵>""#
      + "\ndkim: [{ selector: mg, publicKey: keys/mg.txt }]",
    source: "RFC 6376 section 3.6.2.2")
  static let reservedSelector = DiagnosticCode(
    3062, .warning,
    title: .init(ja: "メールサーバーが使うセレクター", en: "a selector that the mail server uses"),
    explanation: .init(
      ja:
        "Microsoft 365は selector1 と selector2 のCNAMEで、Google Workspaceは普通 google のTXTで署名します。MailGatesの鍵を同じ名前に置くと、どちらかの署名が検証できなくなります。",
      en:
        "Microsoft 365 signs by CNAMEs at selector1 and selector2, Google Workspace usually by a TXT at google. With MailGates' key at the same name, one of the two signatures cannot be verified."
    ),
    example: "mailServers: [{ name: workspace, googleWorkspace: … }]\ndkim: [{ selector: google }]",
    source: "New-DkimSigningConfig; Gmail, DKIM; RFC 6376 section 3.6.2")
  static let onlyEd25519 = DiagnosticCode(
    3063, .warning,
    title: .init(ja: "Ed25519だけの鍵", en: "Ed25519 keys only"),
    explanation: .init(
      ja: "Ed25519の署名を確かめられない受信側がまだあります。RSAの署名も付けるよう、規格は求めています。",
      en:
        "Some receivers cannot verify Ed25519 signatures yet; the standard asks for RSA ones beside them."
    ),
    example: "dkim: [{ selector: mg, publicKey: keys/ed25519.txt }]", source: "RFC 8463 section 6")
  static let sameKeyTwice = DiagnosticCode(
    3064, .warning,
    title: .init(ja: "2つのセレクターの同じ鍵", en: "one key under two selectors"),
    explanation: .init(
      ja: "セレクターを分けるのは、鍵を入れ替えられるようにするためです。同じ鍵なら、ファイルの取り違えのはずです。",
      en:
        "There are several selectors so that keys can be exchanged. With the same key under both, one must name the wrong file."
    ),
    example:
      "dkim: [{ selector: mg, publicKey: keys/a.txt }, { selector: mg2, publicKey: keys/a.txt }]",
    source: "RFC 6376 section 3.1")
  static let otherSelector = DiagnosticCode(
    3065, .note,
    title: .init(ja: "記事と違うセレクター", en: "a selector other than the article's"),
    explanation: .init(
      ja: "提供元の記事では、セレクター設定に mg と入力します。管理者画面と違うセレクターで公開した鍵は、署名の検証に使われません。",
      en:
        "The vendor's article has mg entered as the selector. A key under another selector than the console's verifies nothing."
    ),
    example: "dkim: [{ selector: mailgates }]", source: "article 12194730127897")
}
