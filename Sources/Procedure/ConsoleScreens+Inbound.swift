internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

// The screens of groups and of received mail.
extension ConsoleScreens {
  mutating func addGroups() {
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

  mutating func addProcessing() {
    guard let processing = tenant.settings.mailProcessing else { return }
    let value = processing.value
    let fields = normal(value.normal?.value) + spam(value.spam?.value)
    var entries: [ConsoleScreen.Entry] = []
    if !fields.isEmpty {
      let span = value.spam?.span ?? value.normal?.span ?? processing.span
      entries.append(.init(title: nil, fields: fields, span: span))
    }
    for (title, shownFields) in [
      ("ウイルスメール", value.virus), ("暗号化ZIPメール", value.encryptedZip), ("通知メール設定", value.notices),
    ] {
      guard let first = shownFields.first else { continue }
      entries.append(.init(title: title, fields: shown(shownFields), span: first.field.span))
    }
    let days = Catalogue.quarantineDays.value
    let hours = Catalogue.spamNoticeHours.value
    var notes = [
      LocalizedText(
        ja: "隔離されたスパムメールは\(days)日間残り、通知は\(hours)時間ごとに届きます。",
        en: "Spam stays in quarantine for \(days) days, and its notice comes every \(hours) hours.")
    ]
    if tenant.contract.options.contains(where: { $0.value == .sandbox }) {
      let size = Catalogue.sandboxMegabytes.value
      notes.append(
        .init(
          ja: "サンドボックスが調べるファイルは\(size)MBまでです。",
          en: "The sandbox takes files of up to \(size) MB."))
    }
    add(.mailProcessing, .mailProcessing, entries, notes: notes)
  }

  private func normal(_ action: MailProcessing.NormalAction?) -> [ConsoleScreen.Field] {
    guard case .deliver(let warning) = action else { return [] }
    func text(_ label: String, _ line: TextLine?) -> [ConsoleScreen.Field] {
      line.map { [.init(label, .text($0.text))] } ?? []
    }
    return [.init("正常メール", .option("送信"))] + text("警告タグ", warning.header)
      + text("警告メッセージ(件名)", warning.subject) + text("警告メッセージ(本文)", warning.body)
      + (warning.utf8 ? [.init("UTF-8にエンコード", .ticked)] : [])
  }

  private func spam(_ action: MailProcessing.SpamAction?) -> [ConsoleScreen.Field] {
    switch action {
    case .systemDefault, nil: []
    case .delete: [.init("スパムメール", .option("削除"))]
    case .changeHeader(let text):
      [.init("スパムメール", .option("メールヘッダーを変更して通過させる")), .init("メールヘッダー", .text(text.text))]
    case .changeSubject(let text):
      [.init("スパムメール", .option("メール件名を変更して通過させる")), .init("メール件名", .text(text.text))]
    case .personalQuarantine: [.init("スパムメール", .option("個人隔離フォルダへ残す"))]
    case .domainQuarantine: [.init("スパムメール", .option("ドメイン隔離フォルダへ残す"))]
    }
  }

  mutating func addLists() {
    let lists = tenant.settings.lists?.value ?? []
    func entries(
      of kind: FilterList.Owner, notes: [LocalizedText] = [],
      _ fields: (FilterList) -> [ConsoleScreen.Field]
    ) -> [ConsoleScreen.Entry] {
      lists.compactMap { list in
        let fields = fields(list)
        guard list.owner == kind, !fields.isEmpty else { return nil }
        return .init(title: list.scope.title, fields: fields, span: list.span, notes: notes)
      }
    }
    // The generations of the console have lists of other names (article 900005450123).
    let isNew = isNew
    func senders(_ list: FilterList) -> [ConsoleScreen.Field] {
      field(isNew ? "許可する送信者" : "許可送信者", list.allowSenders.map(\.value.description))
        + field("拒否する送信者", list.denySenders.map(\.value.description))
    }
    func addresses(_ list: FilterList) -> [ConsoleScreen.Field] {
      field(isNew ? "IP許可リスト" : "IPホワイトリスト", list.allowIPs.map(\.value.description))
        + field(isNew ? "IP拒否リスト" : "拒否するIPアドレス", list.denyIPs.map(\.value.description))
    }
    func content(_ list: FilterList) -> [ConsoleScreen.Field] {
      field(isNew ? "許可する条件" : "許可条件式", list.allowContent.map(\.value.text))
        + field("拒否する条件", list.denyContent.map(\.value.text))
    }
    func all(_ list: FilterList) -> [ConsoleScreen.Field] {
      senders(list) + addresses(list) + content(list)
    }
    if isNew {
      add(.senderLists, .lists, entries(of: .domain, senders))
      add(.addressLists, .lists, entries(of: .domain, addresses))
      add(.contentLists, .lists, entries(of: .domain, content))
      add(.groupSenderLists, .lists, entries(of: .group, senders), notes: [Self.manager])
      add(.groupAddressLists, .lists, entries(of: .group, addresses), notes: [Self.manager])
      add(.groupContentLists, .lists, entries(of: .group, content), notes: [Self.manager])
    } else {
      // All lists are on one screen.
      add(
        .filterLists, .lists,
        entries(of: .domain, all) + entries(of: .group, notes: [Self.groupList], all))
    }
    add(.userLists, .lists, entries(of: .user, all), notes: [Self.userList])
  }

  private static let manager = LocalizedText(
    ja: "グループの一覧は、そのグループのグループ管理者がログインして設定します。",
    en: "A group's list is set by the group's manager, who logs in for it.")

  private static let groupList = LocalizedText(
    ja: "グループの一覧は、グループ管理者が設定します。この世代の管理者画面での場所は未確認です。",
    en:
      "A group's list is set by the group's manager. Where it is in this generation of the console is not confirmed."
  )

  private static let userList = LocalizedText(
    ja: "利用者の一覧は、管理者画面ではなく、利用者本人の画面にあります。その場所と項目の名前は未確認です。",
    en:
      "A user's list is not in the administrator's mode but on the user's own screen. Where it is and how its fields are called is not confirmed."
  )

  mutating func addAuthentication() {
    guard let setting = tenant.settings.senderAuthentication else { return }
    func field(_ label: String, _ flag: Bool?) -> [ConsoleScreen.Field] {
      flag.map { [.init(label, .option($0 ? "有効" : "無効"))] } ?? []
    }
    let value = setting.value
    // SPF and DKIM are on by default; the defaults of the others are not published.
    let fields =
      (value.spf ? [] : field("SPF 認証", false)) + (value.dkim ? [] : field("DKIM 認証", false))
      + field("DMARC 認証", value.dmarc) + field("イメージスパムフィルタ", value.imageSpam)
      + self.field("SPFの除外", value.spfExceptions.map(\.value.text))
      + self.field("DMARCの除外", value.dmarcExceptions.map(\.value.text))
    guard !fields.isEmpty else { return }
    add(
      .senderAuthentication, .filtering, [.init(title: nil, fields: fields, span: setting.span)],
      notes: [
        .init(
          ja: "特別な理由がなければ初期値のままとします(提供元の案内)。DKIM 認証の結果はスパム判定に影響しません。",
          en:
            "The vendor advises to leave the defaults unless there is a reason. The result of DKIM does not affect the verdict."
        )
      ])
  }

  mutating func addFiltering() {
    guard let setting = tenant.settings.filtering, !setting.value.isEmpty else { return }
    add(
      .filtering, .filtering,
      [.init(title: nil, fields: shown(setting.value), span: setting.span)])
  }

  mutating func addBEC() {
    guard let setting = tenant.settings.bec else { return }
    var fields: [ConsoleScreen.Field] = []
    if setting.value.similarInternalDomain != nil {
      fields.append(.init("類似内部ドメイン", .option("隔離")))
    }
    if setting.value.similarToHeaderPolicy {
      fields.append(.init("類似外部ドメイン", .option("メールヘッダーセキュリティポリシーのドメインを適用")))
    }
    fields += field("類似外部ドメイン", setting.value.similarExternalDomains.map(\.value.ascii))
    guard !fields.isEmpty else { return }
    add(
      .bec, .bec, [.init(title: nil, fields: fields, span: setting.span)],
      notes: [
        .init(
          ja: "運用開始後、届くスパムを見てから設定します(提供元の案内)。どのレベルを編集するかは公開されていません。自社と同じドメインは検出されません。",
          en:
            "The vendor advises to set this after the start, by the spam that arrives. Which level to edit is not published. A domain that is the same as one's own is not detected."
        )
      ])
  }

  mutating func addSocialEngineering() {
    guard let setting = tenant.settings.socialEngineering else { return }
    let value = setting.value
    let fields: [ConsoleScreen.Field] =
      value.rewriteURLs.map {
        .init("URL書き換え設定", .option($0.value == .body ? "本文" : "添付ファイル内"))
      } + (value.bypassPolicy.map { [.init("バイパスポリシーを適用", $0 ? .ticked : .option("無効"))] } ?? [])
      + shown(value.shown)
    guard !fields.isEmpty else { return }
    add(
      .socialEngineering, .bec, [.init(title: nil, fields: fields, span: setting.span)],
      notes: [
        .init(
          ja: "この画面がどの契約に含まれるかは公開されていません。なければサポート窓口に確認してください。",
          en:
            "Which contract includes this screen is not published. Where it is not there, ask the vendor's support."
        )
      ])
  }
}

extension FilterList {
  /// Who sets the list.
  enum Owner { case domain, group, user }

  var owner: Owner {
    switch scope {
    case .all, .domain: .domain
    case .group: .group
    case .user: .user
    }
  }
}
