internal import Diagnostics
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Settings that the vendor's articles ask to take care with.
  static let cautions = Rule(
    [.bccMeaning, .bccForAll, .longDelay, .headerNeedsRule, .authenticationOff]
  ) { input, bag in
    let settings = input.tenant.settings
    if let above = settings.bcc?.value.above {
      bag.add(
        Diagnostic(
          .bccMeaning, at: above.span,
          .init(
            ja: "BCC変換がちょうど\(above.value)人で働くかどうか、記事の説明が分かれている",
            en:
              "the article is of two minds whether exactly \(above.value) recipients are converted"),
          help: .init(
            ja: "\(above.value)人と\(above.value + 1)人に送って確かめる",
            en: "try it with \(above.value) and with \(above.value + 1) recipients")))
    }
    if let above = settings.bcc?.value.above, above.value == 0 {
      bag.add(
        Diagnostic(
          .bccForAll, at: above.span,
          .init(ja: "社外へのすべてのメールがBCCになる", en: "all mail to the outside becomes Bcc"),
          help: .init(
            ja: "宛先が多いと言える人数を書く", en: "write a number of recipients that is many")))
    }
    if let minutes = settings.delay?.value.minutes, minutes.value > 60 {
      bag.add(
        Diagnostic(
          .longDelay, at: minutes.span,
          .init(
            ja: "社外へのすべてのメールが\(minutes.value)分遅れる",
            en: "all mail to the outside would be \(minutes.value) minutes late"),
          help: .init(ja: "数分から始める", en: "begin with a few minutes")))
    }
    if let spam = settings.mailProcessing?.value.spam, case .changeHeader = spam.value {
      bag.add(
        Diagnostic(
          .headerNeedsRule, at: spam.span,
          .init(
            ja: "ヘッダーを付けて通したスパムメールを、受信側で振り分けるルールが要る",
            en: "spam that passes with a header needs a rule at the receiving side"),
          help: .init(
            ja: "メールサーバーかメールソフトに、このヘッダーのルールを作る",
            en: "make a rule for this header in the mail server or the mail program")))
    }
    if let authentication = settings.senderAuthentication,
      !authentication.value.spf || !authentication.value.dkim
    {
      bag.add(
        Diagnostic(
          .authenticationOff, at: authentication.span,
          .init(
            ja: "受信メールのSPF 認証かDKIM 認証が無効になる",
            en: "SPF or DKIM is not checked for received mail"),
          help: .init(
            ja: "前段に別のセキュリティサービスがあるときのほかは、有効のままにする",
            en: "leave both on, unless another security service stands in front")))
    }
  }
}

extension DiagnosticCode {
  static let bccMeaning = DiagnosticCode(
    7024, .note,
    title: .init(ja: "BCC変換の人数の数え方", en: "how BCC conversion counts"),
    explanation: .init(
      ja: "記事の設定欄は「合計がN人を超えた場合」、冒頭の説明は「N件以上」で、ちょうどN人のときがわかりません。除外の設定はなく、全員に効くので、先に試します。",
      en:
        "The article's screen says more than N recipients, its introduction N or more. As there are no exceptions and everybody is affected, try it first."
    ),
    example: "bcc: { above: 10 }", source: "article 900002040203")
  static let bccForAll = DiagnosticCode(
    7105, .warning,
    title: .init(ja: "すべてのメールのBCC変換", en: "BCC conversion of all mail"),
    explanation: .init(
      ja:
        "BCC変換は、ToとCcの合計がこの人数を超えたメールに働きます。0ではすべてのメールが対象になり、相手には宛先が見えず、全員に返信できなくなります。除外の設定はありません。",
      en:
        "Conversion acts on mail with more than this many recipients in To and Cc together. With 0 that is all mail: receivers see no recipients and cannot reply to all. There are no exceptions."
    ),
    example: "bcc: { above: 0 }", source: "article 900002040203")
  static let longDelay = DiagnosticCode(
    7026, .warning,
    title: .init(ja: "長すぎる遅延送信", en: "a long delay"),
    explanation: .init(
      ja: "遅延送信はドメインの全員に効き、除外できません。長い遅延では、急ぎの連絡や多要素認証のメールも遅れます。選べる分数は公開されていません。60分という目安はmgcのものです。",
      en:
        "Delayed sending holds up everybody's mail and has no exceptions, so urgent mail and sign-in codes are late too. Which minutes can be chosen is not published; the bound of 60 is mgc's own."
    ),
    example: "delay: { minutes: 600 }", source: "article 360041002711")
  static let headerNeedsRule = DiagnosticCode(
    7030, .note,
    title: .init(ja: "振り分けの要るスパムメール", en: "spam that has to be sorted at the receiving side"),
    explanation: .init(
      ja: "「メールヘッダーを変更して通過させる」では、スパムメールも受信トレイに届きます。受信側に、このヘッダーで振り分けるルールがなければ、何も変わりません。",
      en:
        "With メールヘッダーを変更して通過させる spam reaches the inbox as well. Nothing is gained unless the receiving side has a rule for the header."
    ),
    example: "mailProcessing: { spam: { changeHeader: 'X-Spam: yes' } }",
    source: "article 360041000051")
  static let authenticationOff = DiagnosticCode(
    7031, .note,
    title: .init(ja: "無効にした送信ドメイン認証", en: "sender authentication that is off"),
    explanation: .init(
      ja: "特別な理由がなければ初期値(有効)のまま使うよう案内されています。前段に別のゲートウェイがあるときは、送信元がすべてそのゲートウェイになるため、無効にします。",
      en:
        "The vendor advises to leave the defaults (on) without a special reason. One is another gateway in front: then all mail comes from its addresses."
    ),
    example: "senderAuthentication: { spf: false }",
    source: "article 900004492326; article 4402688732569")
}
