internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

// The screens of mail that is sent.
extension ConsoleScreens {
  mutating func addDictionaries() {
    func entry(_ dictionary: KeywordDictionary, excludes: Bool) -> ConsoleScreen.Entry {
      let field: ConsoleScreen.Field =
        switch dictionary.content.value {
        case .phrases(let phrases): .init("テキスト / フレーズ", .list(phrases.map(\.value.text)))
        case .regex(let regex): .init("正規表現", .text(regex.text))
        }
      let name = dictionary.name.value.text
      return .init(
        title: excludes ? "除外キーワード辞書: " + name : name, fields: [field],
        span: dictionary.name.span, notes: excludes ? [Self.exclusion] : [])
    }
    add(
      .dictionaries, .review,
      (tenant.settings.dictionaries?.value ?? []).map { entry($0, excludes: false) }
        + (tenant.settings.exclusionDictionaries?.value ?? []).map { entry($0, excludes: true) })
  }

  private static let exclusion = LocalizedText(
    ja: "「除外キーワード辞書」として作ります。",
    en: "Make it a 「除外キーワード辞書」, an exclusion dictionary.")

  mutating func addReview() {
    let entries = (tenant.settings.review?.value ?? []).map { rule in
      var fields: [ConsoleScreen.Field] = []
      var notes: [LocalizedText] = []
      switch rule.scope {
      case .all, .user: break
      case .domain(let domain): fields.append(.init("適用範囲", .choice(domain.value.ascii)))
      case .group(let path):
        fields.append(.init("適用範囲", .choice(path.value.description)))
        notes.append(Self.groupRule)
      }
      if let header = rule.when.header {
        fields.append(.init("メールヘッダー内容", .text(header.value.text)))
      }
      if let dictionary = rule.when.dictionary {
        fields.append(.init("キーワード辞書", .choice(dictionary.value.text)))
      }
      if let dictionary = rule.when.exceptDictionary {
        fields.append(.init("除外キーワード辞書", .choice(dictionary.value.text)))
      }
      switch rule.when.recipients {
      case .external: fields.append(.init("受信者", .option("社外")))
      case .matching(let patterns): fields += field("受信者", patterns.map(\.value.description))
      case nil: break
      }
      if let sender = rule.when.sender {
        fields.append(.init("送信者", .text(sender.value.description)))
      }
      fields += field("添付ファイルの拡張子", rule.when.attachmentExtensions.map(\.value.text))
      fields.append(.init("処理", .option(rule.then.words)))
      fields += field("通知先", rule.then.notified.map(\.value.description))
      if rule.then.isSelfApprove { notes.append(Self.selfApproval) }
      return ConsoleScreen.Entry(
        title: rule.name.value.text, fields: fields, span: rule.span, notes: notes)
    }
    let days = Catalogue.reviewHoldDays.value
    add(
      .review, .review, entries,
      notes: [
        .init(
          ja: "ルールは上から順に調べられ、最初に一致した1つだけが働きます。この順のとおりに並べてください。",
          en: "Rules are tried from the top and only the first match acts. Keep this order."),
        .init(
          ja: "保留は\(days)日までです。", en: "Mail is held for \(days) days at most."),
      ])
  }

  private static let groupRule = LocalizedText(
    ja:
      "「ドメイン審査ポリシー」はドメイン全体に効くため、ここには入力しません。このルールは、このグループ自身の審査の画面で設定します。画面の場所と、ドメインのルールとの順序は未確認のため、サポート窓口に確認してください。",
    en:
      "「ドメイン審査ポリシー」 holds for the whole domain: do not enter this rule there, but on this group's own review screen. Where that is, and which of the group's and the domain's rules come first, is not confirmed: ask the vendor's support."
  )

  private static let selfApproval = LocalizedText(
    ja:
      "自己承認について、提供元の記事は2つに分かれています。記事\(Catalogue.selfApproval.value)は「ドメイン全体に効き、除外はできない」とし、記事\(Catalogue.reviewExamples.value)の設定例8は、上に置いた許可のルールで除外しています。例外にしたい送信者があれば、運用の前に1通送って確かめてください。",
    en:
      "The vendor's articles are of two minds on self-approval. Article \(Catalogue.selfApproval.value) says that it holds for the whole domain and has no exceptions; example 8 of article \(Catalogue.reviewExamples.value) excepts senders by an allowing rule above. If somebody is to be excepted, send one mail to see, before users start."
  )

  mutating func addDelegation() {
    guard let setting = tenant.settings.reviewDelegation, !setting.value.isEmpty else { return }
    let fields: [ConsoleScreen.Field] = setting.value.map { delegate in
      switch delegate.value {
      case .childGroups: .init("委譲先", .option("子グループ"))
      case .parentGroups: .init("委譲先", .option("親グループ"))
      case .asShown(let words): .init("委譲先", .shown(words.text))
      }
    }
    add(
      .reviewDelegation, .review, [.init(title: nil, fields: fields, span: setting.span)],
      notes: [
        .init(
          ja: "グループ管理者は、このあと「メール審査」の「審査権限委譲設定」で委譲します。記事では委譲先のすべての選択肢を確認できていません。",
          en:
            "Managers of groups then delegate at 「審査権限委譲設定」 of 「メール審査」. The article's choices could not all be seen."
        )
      ])
  }

  mutating func addSending() {
    if let delay = tenant.settings.delay {
      add(
        .delay, .delay,
        [
          .init(
            title: nil, fields: [.init("遅延送信", .text("\(delay.value.minutes.value)分"))],
            span: delay.span)
        ],
        notes: [
          .init(
            ja: "ドメイン全体に効き、例外は作れません。前後1分の誤差があります。選べる分数は公開されていません。",
            en:
              "It holds for the whole domain without exceptions, give or take a minute. Which minutes can be chosen is not published."
          )
        ])
    }
    if let bcc = tenant.settings.bcc {
      let above = bcc.value.above.value
      add(
        .bcc, .bcc,
        [
          .init(
            title: nil, fields: [.init("受信者とCcの合計が", .text(String(above)))], span: bcc.span)
        ],
        notes: [
          .init(
            ja:
              "ToとCcの合計が\(above)人を超えた(\(above + 1)人以上の)メールを、社外への配送でBCCに変えます。人数には社内の宛先も数えます。ドメイン全体に効き、例外は作れません。",
            en:
              "Mail with more than \(above) recipients in To and Cc together (\(above + 1) or more) is converted to Bcc for delivery outside. Recipients inside count too. It holds for the whole domain without exceptions."
          )
        ])
    }
  }

  mutating func addAttachments() {
    func fields(
      _ trigger: AttachmentTrigger
    ) -> [ConsoleScreen.Field] {
      switch trigger {
      case .subjectPrefix(let prefix):
        [.init("特定文字列が件名の最初に一致する", .text(prefix.value.text))]
      case .senders(let patterns):
        [
          .init("特定の送信者・受信者のメールアドレス", .ticked),
          .init("送信者メールアドレス", .list(patterns.map(\.value.description))),
        ]
      }
    }
    if let zip = tenant.settings.zip {
      let except = zip.value.exceptRecipients.map(\.value.description)
      add(
        .zip, .zip,
        [
          .init(
            title: nil,
            fields: [.init("ZIP 暗号化設定", .option("有効"))] + fields(zip.value.trigger)
              + field("受信者メールアドレス(暗号化しない)", except) + shown(zip.value.shown),
            span: zip.span)
        ],
        notes: [
          Self.order,
          .init(
            ja: "「ZIP 暗号化設定」を有効にするだけでは、何も暗号化されません。条件も設定してください。",
            en: "Turning ZIP 暗号化設定 on encrypts nothing by itself: set the condition too."),
        ])
    }
    if let link = tenant.settings.attachmentLink {
      let days = Catalogue.linkDefaultDays.value
      add(
        .attachmentLink, .attachmentLink,
        [
          .init(
            title: nil,
            fields: fields(link.value.trigger)
              + (link.value.days == days
                ? [] : [.init("ダウンロード期間", .text("\(link.value.days)日"))]),
            span: link.span)
        ],
        notes: [
          Self.order,
          .init(
            ja: "ダウンロードできるのは\(link.value.days)日間です(初期値は\(days)日)。案内のメールとパスワードのメールの文面は変えられません。",
            en:
              "Files can be fetched for \(link.value.days) days; the default is \(days). The wording of the mail that is delivered, and of that with the password, cannot be changed."
          ),
        ])
    }
  }

  private static let order = LocalizedText(
    ja:
      "機能はメール審査(自己承認)、ZIP暗号化、添付ファイルリンクの順に働きます。送れるメールは\(Catalogue.mailMegabytes.value)MBまでです。",
    en:
      "Features act in the order review (self-approval), ZIP encryption, attachment link. Mail may have \(Catalogue.mailMegabytes.value) MB at most."
  )
}
