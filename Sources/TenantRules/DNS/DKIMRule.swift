internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// The keys that MailGates signs with, and where they will stand.
  static let dkimKeys = Rule([.weakKey, .shortKey, .selectorAlias, .duplicateSelector]) {
    input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    for domain in input.tenant.domains {
      for (again, first) in domain.dkim.repetitions(of: \.selector.value) {
        bag.add(
          Diagnostic(
            .duplicateSelector, at: again.selector.span,
            .init(
              ja: "セレクター「\(again.selector.value)」が2回書かれている",
              en: "the selector \"\(again.selector.value)\" stands twice"),
            help: .init(
              ja: "鍵ごとに別のセレクターを使う", en: "give each key a selector of its own"),
            labels: [.first(first.selector.span)],
            fixes: [.removeRepetition(again.selector.span, of: first.selector.span)]))
      }
      let zone = KnownZone(domain, input)
      // Keys that go out of use are judged by rules of their own.
      for setting in domain.dkim where !setting.isRetiring {
        if let reference = setting.publicKey, let key = input.keys[reference.value],
          key.algorithm == .rsa, key.bits < 2048
        {
          let weak = key.bits < 1024
          bag.add(
            Diagnostic(
              weak ? .weakKey : .shortKey, at: reference.span,
              .init(
                ja: "「\(reference.value.path.excerpt())」のRSA鍵は\(key.bits)ビット",
                en: "the RSA key of \"\(reference.value.path.excerpt())\" has \(key.bits) bits"),
              help: .init(
                ja: "DKIM鍵設定の画面で2048ビットを選べるなら、作り直す",
                en: "make a new one of 2048 bits if the screen DKIM鍵設定 offers it")))
        }
        let owner = setting.selector.value.text + "._domainkey"
        if let zone, zone.set(owner, .cname) != nil {
          bag.add(
            Diagnostic(
              .selectorAlias, at: setting.selector.span,
              .init(
                ja: "「\(owner.excerpt())」にはCNAMEがあり、鍵を置けない",
                en: "\"\(owner.excerpt())\" has a CNAME, where no key can stand"),
              help: .init(
                ja: "別のセレクターを使うか、CNAMEをゾーンから消す",
                en: "use another selector, or take the CNAME out of the zone"),
              labels: [.init(zone.span(owner, .cname), .init(ja: "CNAMEはここ", en: "the CNAME"))]))
        }
      }
    }
  }
}

extension DiagnosticCode {
  static let weakKey = DiagnosticCode(
    3030, .error,
    title: .init(ja: "弱すぎるDKIMの鍵", en: "a DKIM key that is too weak"),
    explanation: .init(
      ja: "1024ビット未満のRSA鍵による署名を、受信側は有効と認めません。管理者画面で2048ビットの鍵を作り直します。",
      en:
        "Receivers must not take a signature by an RSA key of less than 1024 bits as valid. Make a key of 2048 bits in the console."
    ),
    example: "dkim: [{ selector: mg, publicKey: keys/rsa512.txt }]",
    source: "RFC 8301 section 3.2")
  static let shortKey = DiagnosticCode(
    3031, .warning,
    title: .init(ja: "短いDKIMの鍵", en: "a short DKIM key"),
    explanation: .init(
      ja: "署名には2048ビット以上のRSA鍵を使うことが勧められています。1024ビットもまだ有効と認められます。作り直せるときに、2048ビットの鍵に替えます。",
      en:
        "Signers should use RSA keys of 2048 bits or more. Those of 1024 are still accepted. Change to 2048 bits when the key is made anew."
    ),
    example: "dkim: [{ selector: mg, publicKey: keys/rsa1024.txt }]",
    source: "RFC 8301 section 3.2")
  static let selectorAlias = DiagnosticCode(
    3032, .error,
    title: .init(ja: "セレクターの名前にあるCNAME", en: "a CNAME at the selector's name"),
    explanation: .init(
      ja: "CNAMEのある名前には、ほかのレコードを置けません。ネームサーバーはゾーンの読み込みを拒みます。CNAMEを消してから公開します。",
      en:
        "A name with a CNAME has no other record: name servers refuse the zone. Remove the CNAME before the key is published."
    ),
    example: "mg._domainkey 3600 IN CNAME selector1.old-sender.example.",
    source: "RFC 1034 section 3.6.2")
  static let duplicateSelector = DiagnosticCode(
    3033, .error,
    title: .init(ja: "2回書かれたセレクター", en: "a selector that stands twice"),
    explanation: .init(
      ja: "1つのセレクターに公開鍵は1つだけです。2つあると、受信側がどちらで確かめるか決まりません。",
      en:
        "A selector has one public key. With two, it is open by which a receiver verifies a signature."
    ),
    example: "dkim: [{ selector: mg }, { selector: mg }]", source: "RFC 6376 section 3.6.2.2")
}
