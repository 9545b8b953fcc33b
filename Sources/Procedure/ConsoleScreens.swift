internal import MailRecords
package import SourceText
package import TenantModel
package import Wording

/// One screen of the console with all that is set on it.
package struct ConsoleScreen: Sendable {
  package let screen: ConsoleScreenName
  package let setting: ContractMatrix.Setting
  /// Where the screen is, in the console's own words.
  package let path: ConsoleScreenName.Path
  package let source: String
  package let entries: [Entry]
  /// What a person should know before saving.
  package let notes: [LocalizedText]

  /// A heading on the screen and the fields below it.
  package struct Entry: Sendable {
    /// What the entry is for, such as the name of a rule; nil where the screen has one form only.
    package let title: String?
    package let fields: [Field]
    package let span: SourceSpan
    /// What holds for this entry only.
    package let note: LocalizedText?

    init(title: String?, fields: [Field], span: SourceSpan, note: LocalizedText? = nil) {
      self.title = title
      self.fields = fields
      self.span = span
      self.note = note
    }
  }

  /// A field and what goes into it, in the console's own words where they are known.
  package struct Field: Sendable {
    package let label: String
    package let value: Value

    package init(_ label: String, _ value: Value) {
      self.label = label
      self.value = value
    }
  }

  package enum Value: Sendable {
    /// Typed in as it is.
    case text(String)
    /// One an entry or line.
    case list([String])
    /// Chosen among what the console offers, by its words.
    case option(String)
    /// Chosen among what the tenant has made, such as a dictionary.
    case choice(String)
    /// A box that is ticked.
    case ticked

    /// All values, for comparison.
    package var all: [String] {
      switch self {
      case .text(let text), .option(let text), .choice(let text): [text]
      case .list(let texts): texts
      case .ticked: ["✓"]
      }
    }
  }

  /// Whether the vendor's articles show a word of this screen; other names are mgc's own.
  package func isConfirmed(_ word: String) -> Bool { screen.shows(word) }
}

/// Turns the settings of tenant.yaml into screens, in the order of the article's table.
struct ConsoleScreens {
  private let tenant: Tenant
  private(set) var screens: [ConsoleScreen] = []

  init(_ tenant: Tenant) {
    self.tenant = tenant
    addGroups()
    addProcessing()
    addLists()
    addAuthentication()
    addBEC()
    addDictionaries()
    addReview()
    addSending()
    addAttachments()
  }

  private mutating func add(
    _ screen: ConsoleScreenName, _ setting: ContractMatrix.Setting,
    _ entries: [ConsoleScreen.Entry], notes: [LocalizedText] = []
  ) {
    guard !entries.isEmpty, ContractMatrix.row(of: setting).isAsked(by: tenant.contract) else {
      return
    }
    let fact = screen.path(in: tenant.gateway.console.value)
    screens.append(
      ConsoleScreen(
        screen: screen, setting: setting, path: fact.value, source: fact.source,
        entries: entries, notes: notes))
  }

  private mutating func addGroups() {
    let entries = tenant.groups.map { group in
      let managers = group.managers.map(\.value.description)
      let members = group.members.map(\.value.description)
      let others = Set(managers)
      return ConsoleScreen.Entry(
        title: group.path.value.description,
        fields: [
          .init("サブグループ名", .text(group.path.value.components.last ?? "")),
          .init("メンバー追加", .list(managers + members.filter { !others.contains($0) })),
        ] + (managers.isEmpty ? [] : [.init("グループ管理者", .list(managers))]),
        span: group.span)
    }
    add(
      .groups, .groups, entries,
      notes: [
        .init(
          ja: "グループ管理は、審査ルールや許可・拒否設定をグループに適用するときだけ使います。「最上層」から順に、上のグループを先に作ります。",
          en:
            "Groups are used only where review rules or lists apply to them. Create upper groups first, from 最上層 down."
        )
      ])
  }

  private mutating func addProcessing() {
    guard let processing = tenant.settings.mailProcessing, let spam = processing.value.spam else {
      return
    }
    let fields: [ConsoleScreen.Field] =
      switch spam.value {
      case .systemDefault: [.init("スパムメール", .option("システムデフォルト値"))]
      case .delete: [.init("スパムメール", .option("削除"))]
      case .changeHeader(let text):
        [.init("スパムメール", .option("メールヘッダーを変更して通過させる")), .init("メールヘッダー", .text(text.text))]
      case .changeSubject(let text):
        [.init("スパムメール", .option("メール件名を変更して通過させる")), .init("メール件名", .text(text.text))]
      case .personalQuarantine: [.init("スパムメール", .option("個人隔離フォルダへ残す"))]
      case .domainQuarantine: [.init("スパムメール", .option("ドメイン隔離フォルダへ残す"))]
      }
    add(.mailProcessing, .mailProcessing, [.init(title: nil, fields: fields, span: spam.span)])
  }

  private mutating func addLists() {
    let lists = tenant.settings.lists?.value ?? []
    func entries(
      group: Bool, _ fields: (FilterList) -> [ConsoleScreen.Field]
    ) -> [ConsoleScreen.Entry] {
      lists.compactMap { list in
        if case .group = list.scope, !group { return nil }
        if case .group = list.scope {} else if group { return nil }
        let fields = fields(list)
        guard !fields.isEmpty else { return nil }
        return .init(title: list.scope.title, fields: fields, span: list.span)
      }
    }
    func field(_ label: String, _ values: [String]) -> [ConsoleScreen.Field] {
      values.isEmpty ? [] : [.init(label, .list(values))]
    }
    // The generations of the console have lists of other names (article 900005450123).
    let isNew = tenant.gateway.console.value == .mailSecurity
    func senders(_ list: FilterList) -> [ConsoleScreen.Field] {
      field(isNew ? "許可する送信者" : "許可送信者", list.allowSenders.map(\.value.description))
        + field("拒否する送信者", list.denySenders.map(\.value.description))
    }
    func addresses(_ list: FilterList) -> [ConsoleScreen.Field] {
      field(isNew ? "IP許可リスト" : "IPホワイトリスト", list.allowIPs.map(\.value.description))
        + field(isNew ? "IP拒否リスト" : "拒否するIPアドレス", list.denyIPs.map(\.value.description))
    }
    add(.senderLists, .lists, entries(group: false, senders))
    add(.addressLists, .lists, entries(group: false, addresses))
    add(.groupSenderLists, .lists, entries(group: true, senders))
    add(.groupAddressLists, .lists, entries(group: true, addresses))
  }

  private mutating func addAuthentication() {
    guard let setting = tenant.settings.senderAuthentication else { return }
    func field(_ label: String, _ flag: Bool?) -> [ConsoleScreen.Field] {
      flag.map { [.init(label, .option($0 ? "有効" : "無効"))] } ?? []
    }
    let value = setting.value
    add(
      .senderAuthentication, .filtering,
      [
        .init(
          title: nil,
          fields: field("SPF 認証", value.spf) + field("DKIM 認証", value.dkim)
            + field("DMARC 認証", value.dmarc) + field("イメージスパムフィルタ", value.imageSpam),
          span: setting.span)
      ],
      notes: [
        .init(
          ja: "特別な理由がなければ初期値のままとします(提供元の案内)。DKIM 認証の結果はスパム判定に影響しません。",
          en:
            "The vendor advises to leave the defaults unless there is a reason. The result of DKIM does not affect the verdict."
        )
      ])
  }

  private mutating func addBEC() {
    guard let setting = tenant.settings.bec else { return }
    var fields: [ConsoleScreen.Field] = []
    if setting.value.similarInternalDomain != nil {
      fields.append(.init("類似内部ドメイン", .option("隔離")))
    }
    let domains = setting.value.similarExternalDomains
    if !domains.isEmpty {
      fields.append(.init("類似外部ドメイン", .list(domains.map(\.value.ascii))))
    }
    guard !fields.isEmpty else { return }
    add(
      .bec, .bec, [.init(title: nil, fields: fields, span: setting.span)],
      notes: [
        .init(
          ja: "運用開始後、届くスパムを見てから設定します(提供元の案内)。",
          en: "The vendor advises to set this after the start, by the spam that arrives.")
      ])
  }

  private mutating func addDictionaries() {
    let entries = (tenant.settings.dictionaries?.value ?? []).map { dictionary in
      let field: ConsoleScreen.Field =
        switch dictionary.content.value {
        case .phrases(let phrases): .init("テキスト / フレーズ", .list(phrases.map(\.value.text)))
        case .regex(let regex): .init("正規表現", .text(regex.text))
        }
      return ConsoleScreen.Entry(
        title: dictionary.name.value.text, fields: [field], span: dictionary.name.span)
    }
    add(.dictionaries, .review, entries)
  }

  private mutating func addReview() {
    let entries = (tenant.settings.review?.value ?? []).map { rule in
      var fields: [ConsoleScreen.Field] = []
      var note: LocalizedText?
      switch rule.scope {
      case .all: break
      case .domain(let domain): fields.append(.init("適用範囲", .choice(domain.value.ascii)))
      case .group(let path):
        fields.append(.init("適用範囲", .choice(path.value.description)))
        note = Self.groupRule
      }
      if let header = rule.when.header {
        fields.append(.init("メールヘッダー内容", .text(header.value.text)))
      }
      if let dictionary = rule.when.dictionary {
        fields.append(.init("キーワード辞書", .choice(dictionary.value.text)))
      }
      if rule.when.recipients != nil { fields.append(.init("受信者", .option("社外"))) }
      if let sender = rule.when.sender {
        fields.append(.init("送信者", .text(sender.value.description)))
      }
      fields.append(.init("処理", .option(rule.then.words)))
      return ConsoleScreen.Entry(
        title: rule.name.value.text, fields: fields, span: rule.span, note: note)
    }
    add(
      .review, .review, entries,
      notes: [
        .init(
          ja: "ルールは上から順に調べられ、最初に一致した1つだけが働きます。この順のとおりに並べてください。",
          en: "Rules are tried from the top and only the first match acts. Keep this order.")
      ])
  }

  private static let groupRule = LocalizedText(
    ja:
      "「ドメイン審査ポリシー」はドメイン全体に効くため、ここには入力しません。このルールは、このグループ自身の審査の画面で設定します。画面の場所と、ドメインのルールとの順序は未確認のため、サポート窓口に確認してください。",
    en:
      "「ドメイン審査ポリシー」 holds for the whole domain: do not enter this rule there, but on this group's own review screen. Where that is, and which of the group's and the domain's rules come first, is not confirmed: ask the vendor's support."
  )

  private mutating func addSending() {
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
            ja: "ToとCcの合計が\(above)人を超えた(\(above + 1)人以上の)メールを、社外への配送でBCCに変えます。",
            en:
              "Mail with more than \(above) recipients in To and Cc together (\(above + 1) or more) is converted to Bcc for delivery outside."
          )
        ])
    }
  }

  private mutating func addAttachments() {
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
              + (except.isEmpty ? [] : [.init("受信者メールアドレス(暗号化しない)", .list(except))]),
            span: zip.span)
        ],
        notes: [
          .init(
            ja: "「ZIP 暗号化設定」を有効にするだけでは、何も暗号化されません。条件も設定してください。",
            en: "Turning ZIP 暗号化設定 on encrypts nothing by itself: set the condition too.")
        ])
    }
    if let link = tenant.settings.attachmentLink {
      add(
        .attachmentLink, .attachmentLink,
        [
          .init(
            title: nil,
            fields: fields(link.value.trigger)
              + [.init("ダウンロード期間", .text("\(link.value.days)日"))], span: link.span)
        ])
    }
  }
}

extension Scope {
  /// How a screen's entry for the scope is called.
  package var title: String {
    switch self {
    case .all: "すべて"
    case .domain(let domain): domain.value.ascii
    case .group(let path): path.value.description
    }
  }
}

extension ReviewRule.Action {
  /// The verb in the console.
  package var words: String {
    switch self {
    case .allow: "許可する"
    case .hold: "保留する"
    case .forbid: "禁止する"
    case .selfApprove: "自己承認させる"
    }
  }
}
