internal import Diagnostics
internal import Wording

extension DiagnosticCode {
  static let lastKeyRetires = DiagnosticCode(
    3140, .error,
    title: .init(ja: "最後のDKIMの鍵をやめる", en: "the last DKIM key goes out of use"),
    explanation: .init(
      ja:
        "retire: true は、別の鍵で署名するようになってから、古い鍵を消すためのものです。ほかに鍵がなければ、署名のないメールが出ていき、DMARCはSPFだけが頼りになります。",
      en:
        "retire: true takes an old key away once another one signs. With no other, mail would go out without a signature, and DMARC would rest on SPF alone."
    ),
    example: "dkim: [{ selector: mg, publicKey: keys/mg.txt, retire: true }]",
    source: "RFC 6376 section 5.2")
  static let successorUnknown = DiagnosticCode(
    3141, .note,
    title: .init(ja: "代わりの鍵がまだない", en: "the key in its place is still to come"),
    explanation: .init(
      ja:
        "新しい鍵の公開鍵が分かるまで、署名の切替も古い鍵の削除も、手順に入りません。管理者画面で新しい鍵を作り、publicKeyに書きます。",
      en:
        "Until the new public key is known, neither the change of signing nor the removal of the old key is among the steps. Make the new key in the console, and write its publicKey."
    ),
    example: "dkim: [{ selector: mg2 }, { selector: mg, publicKey: keys/mg.txt, retire: true }]",
    source: "RFC 6376 section 5.2; article 12194730127897")
  static let retiredKeyGone = DiagnosticCode(
    3142, .warning,
    title: .init(ja: "ゾーンにない、使用をやめる鍵", en: "a key that goes out of use and is not there"),
    explanation: .init(
      ja:
        "消し終えた鍵の項目は、もう要りません。まだ消していないのなら、セレクターの綴りが違い、消すべき鍵がほかに残っているかもしれません。",
      en:
        "The entry of a key that has been removed is no longer needed. If nothing has been removed yet, the selector may be wrong, and the key that should go stays under another name."
    ),
    example: "dkim: [{ selector: mg2, publicKey: keys/mg2.txt }, { selector: mgg, retire: true }]")
  static let retiredAlias = DiagnosticCode(
    3143, .error,
    title: .init(ja: "使用をやめる鍵がCNAMEになっている", en: "a key that goes out of use is a CNAME"),
    explanation: .init(
      ja:
        "MailGatesの鍵はTXTレコードです。CNAMEの先の鍵はほかの人が管理していて、その鍵でまだ署名しているかもしれません。mgcはCNAMEを消しません。",
      en:
        "MailGates' keys are TXT records. The key behind a CNAME is somebody else's, who may still sign with it. mgc does not remove the CNAME."
    ),
    example:
      "mg._domainkey 3600 IN CNAME mg.keys.other.example.\ndkim: [{ selector: mg2, publicKey: keys/mg2.txt }, { selector: mg, retire: true }]",
    source: "RFC 6376 section 3.6.2")
  static let retiredOtherKey = DiagnosticCode(
    3144, .error,
    title: .init(ja: "使用をやめる鍵がゾーンの鍵と違う", en: "a key that goes out of use is not the zone's"),
    explanation: .init(
      ja:
        "ゾーンのセレクターにある鍵と、publicKeyのファイルの鍵が違います。どちらの鍵を消してよいのか分からないまま消すと、まだ使われている鍵を失うことがあります。",
      en:
        "The zone's key at the selector is not that of the file that publicKey names. Unless it is clear which of them goes, a key that is in use could be lost."
    ),
    example:
      #"mg._domainkey 3600 IN TXT "v=DKIM1; k=rsa; p=<別の鍵>""#
      + "\ndkim: [{ selector: mg2, publicKey: keys/mg2.txt }, { selector: mg, publicKey: keys/mg.txt, retire: true }]",
    source: "RFC 6376 section 3.6.2.2")
  static let hastySigning = DiagnosticCode(
    3145, .warning,
    title: .init(ja: "鍵が行き渡る前の署名の切替", en: "signing that changes before the key has spread"),
    explanation: .init(
      ja:
        "新しい名前は、「存在しない」という古い応答がリゾルバーから消えるまで、引けないことがあります。その前に新しい鍵で署名すると、受信側は検証できません。",
      en:
        "A new name may not be found until resolvers have forgotten that there was none. Receivers cannot verify what is signed before that."
    ),
    example:
      "dkim: [{ selector: mg2, publicKey: keys/mg2.txt }, { selector: mg, retire: true, signUntil: 2026-11-23T12:00:00+09:00 }]",
    source: "RFC 2308 section 5; RFC 6376 section 5.2")
  static let unnamedKey = DiagnosticCode(
    3146, .note,
    title: .init(
      ja: "tenant.yamlにないMailGatesらしい鍵", en: "a key like MailGates' that is not written"),
    explanation: .init(
      ja:
        "記事のセレクター mg か、それに数字を付けた名前に鍵があります。以前の交換で残った鍵なら、漏れたときに誰かがそれで署名できます。mgcは、tenant.yamlに書かれていない鍵を消しません。",
      en:
        "There is a key at the article's selector mg, or at mg with a number. If it was left by an earlier change, whoever gets hold of its private half can sign with it. mgc removes no key that tenant.yaml does not name."
    ),
    example: #"mg1._domainkey 3600 IN TXT "v=DKIM1; k=rsa; p=…""#
      + "\ndkim: [{ selector: mg2, publicKey: keys/mg2.txt }]",
    source: "article 12194730127897; RFC 6376 section 5.2")
  static let signUntilAlone = DiagnosticCode(
    3148, .warning,
    title: .init(ja: "retireのないsignUntil", en: "signUntil without retire"),
    explanation: .init(
      ja: "signUntilは、使用をやめる鍵で署名する最後の日時です。retire: true のない鍵は使い続けるので、日時に意味がありません。",
      en:
        "signUntil is when the last signature by a key that goes out of use is made. A key without retire: true stays in use, so the time means nothing."
    ),
    example: "dkim: [{ selector: mg, signUntil: 2027-02-15T22:00:00+09:00 }]")
}
