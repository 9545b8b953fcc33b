internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// What the articles say of self-approval: of the whole domain, and of exceptions two things.
  static let selfApproval = Rule([.selfApprovalExceptions, .groupSelfApproval]) { input, bag in
    let rules = input.tenant.settings.review?.value ?? []
    let allow = rules.firstIndex { $0.then.isAllow }
    for (index, rule) in rules.enumerated() where rule.then.isSelfApprove {
      if let allow, allow < index {
        bag.add(
          Diagnostic(
            .selfApprovalExceptions, at: rule.name.span,
            .init(
              ja: "自己承認の例外が働くかどうか、記事の説明が分かれている",
              en: "the articles are of two minds whether self-approval has exceptions"),
            help: .init(
              ja: "例外の送信者から1通送って確かめる", en: "send one mail from a sender that is excepted"),
            labels: [
              .init(
                rules[allow].name.span,
                .init(ja: "例外のつもりの許可のルール", en: "the rule that is to except"))
            ]))
      }
      if case .group(let path) = rule.scope {
        bag.add(
          Diagnostic(
            .groupSelfApproval, at: path.span,
            .init(
              ja: "自己承認はドメイン全体に効き、グループだけには効かない",
              en: "self-approval holds for the whole domain, not for a group"),
            help: .init(ja: "scope を all にするか、hold を使う", en: "make the scope all, or use hold")))
      }
    }
  }

  /// Conditions of review rules that are written in a form of their own, or whose effect is open.
  static let reviewConditions = Rule([.extensionForm, .exclusionEffect]) { input, bag in
    for rule in input.tenant.settings.review?.value ?? [] {
      let extensions = rule.when.attachmentExtensions
      let written = Set(extensions.map(\.value.text))
      for item in extensions where !item.value.text.isExtension {
        let meant = String(item.value.text.drop { $0 == "*" || $0 == "." })
        bag.add(
          Diagnostic(
            .extensionForm, at: item.span,
            .init(
              ja: "「\(item.value.text.excerpt())」は拡張子の形ではない",
              en: "\"\(item.value.text.excerpt())\" is not of the form of an extension"),
            help: .init(
              ja: "ドットや * を付けず、exe のように書く",
              en: "write it like exe, without a dot or an asterisk"),
            fixes: meant.isExtension && !written.contains(meant)
              ? [.write(meant, at: item.span)] : []))
      }
      if let dictionary = rule.when.exceptDictionary {
        bag.add(
          Diagnostic(
            .exclusionEffect, at: dictionary.span,
            .init(
              ja: "除外キーワード辞書がルールでどう働くかは公開されていない",
              en: "how an exclusion dictionary acts in a rule is not published"),
            help: .init(
              ja: "除外する語を含むメールと含まないメールで試す",
              en: "try it with mail that holds its words and mail that does not")))
      }
    }
  }

  /// Notices that leave the company.
  static let reviewNotices = Rule([.noticeOutside], judgesAbsence: true) { input, bag in
    let own = Set(input.tenant.domains.map(\.name.value))
    for rule in input.tenant.settings.review?.value ?? [] {
      for address in rule.then.notified where !own.contains(address.value.domain) {
        bag.add(
          Diagnostic(
            .noticeOutside, at: address.span,
            .init(
              ja: "通知先「\(address.value.description.excerpt())」は契約ドメインの外",
              en:
                "the notice goes to \"\(address.value.description.excerpt())\", outside the contract's domains"
            ),
            help: .init(ja: "社内のアドレスを書く", en: "write an address of the company"),
            labels: [.init(rule.name.span, .init(ja: "このルール", en: "of this rule"))]))
      }
    }
  }

  /// Delegation by managers that no group has.
  static let reviewDelegation = Rule([.nobodyDelegates], judgesAbsence: true) { input, bag in
    guard let setting = input.tenant.settings.reviewDelegation, let first = setting.value.first,
      input.tenant.groups.allSatisfy(\.managers.isEmpty)
    else { return }
    bag.add(
      Diagnostic(
        .nobodyDelegates, at: first.span,
        .init(
          ja: "審査を委譲できるグループ管理者がいない", en: "no group has a manager who could delegate"),
        help: .init(
          ja: "groups の managers を書くか、reviewDelegation を消す",
          en: "write managers of groups, or remove reviewDelegation")))
  }
}

extension String {
  /// Letters and digits of ASCII, and what stands between them in extensions.
  fileprivate var isExtension: Bool {
    !isEmpty
      && utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D
          || byte == 0x5F
      }
  }
}

extension DiagnosticCode {
  static let extensionForm = DiagnosticCode(
    7100, .warning,
    title: .init(ja: "形の違う拡張子", en: "an extension in another form"),
    explanation: .init(
      ja: "拡張子は、ドットや * を付けずに書きます。管理者画面の項目の書式は公開されていないため、手順書には拡張子だけを載せます。",
      en:
        "An extension is written without a dot or an asterisk. As the form of the console's field is not published, the sheet names the bare extension."
    ),
    example: "when: { attachmentExtensions: ['*.exe'] }", source: "article 360039832351")
  static let selfApprovalExceptions = DiagnosticCode(
    7103, .note,
    title: .init(ja: "自己承認の例外", en: "exceptions from self-approval"),
    explanation: .init(
      ja:
        "自己承認の記事は「ドメイン全体に効き、除外はできない」とし、審査ルール設定例の8番は、上に置いた許可のルールで送信者を除外しています。どちらが正しいかは公開されていないので、運用の前に試します。",
      en:
        "The article on self-approval says that it holds for the whole domain and has no exceptions; example 8 of the article on review rules excepts senders by a rule above that allows. Which holds is not published: try it before users start."
    ),
    example:
      "review:\n  - { name: 役員は許可, scope: all, when: { sender: ceo@kaede.example }, then: allow }\n  - { name: 自己承認, scope: all, when: {}, then: self-approve }",
    source: "article 900003437366; article 360039832351")
  static let groupSelfApproval = DiagnosticCode(
    7104, .warning,
    title: .init(ja: "グループだけの自己承認", en: "self-approval of a group only"),
    explanation: .init(
      ja: "提供元の記事では、自己承認はドメイン全体に効きます。グループを適用範囲にしても、そのグループだけに働くとは限りません。",
      en:
        "By the vendor's article self-approval holds for the whole domain. With a group as the scope of the rule, it may not be for that group alone."
    ),
    example:
      "review: [{ name: 営業, scope: { group: /営業部 }, when: { recipients: external }, then: self-approve }]",
    source: "article 900003437366")
  static let noticeOutside = DiagnosticCode(
    7115, .warning,
    title: .init(ja: "社外への通知", en: "a notice that goes outside"),
    explanation: .init(
      ja: "通知には、メールの件名や宛先が含まれることがあります。契約ドメインの外へ送ると、それが社外に出ます。書き間違いでないか確かめます。",
      en:
        "A notice may hold the subject and recipients of a mail. To send it outside the contract's domains gives them away. Perhaps the address is a slip."
    ),
    example:
      "review: [{ name: 社外は通知, scope: all, when: { recipients: external }, then: { notify: [it@partner.example] } }]"
  )
  static let nobodyDelegates = DiagnosticCode(
    7116, .warning,
    title: .init(ja: "委譲する人のいない審査権限委譲", en: "delegation with nobody to delegate"),
    explanation: .init(
      ja: "グループ審査権限委譲設定は、グループ管理者が審査を誰に任せられるかを決めます。管理者のいるグループがなければ、何も起きません。",
      en:
        "グループ審査権限委譲設定 says to whom group managers may leave the review. Where no group has a manager, it does nothing."
    ),
    example: "settings: { reviewDelegation: [child-groups] }", source: "article 19602419385369")
  static let exclusionEffect = DiagnosticCode(
    7119, .note,
    title: .init(ja: "働き方のわからない除外キーワード辞書", en: "an exclusion dictionary of unknown effect"),
    explanation: .init(
      ja: "除外キーワード辞書にはアドレスも書けますが、どの条件で使えるか、除外の語があるメールをどう扱うかは、提供元の記事で確認できていません。",
      en:
        "An exclusion dictionary may hold addresses too. In which conditions it can be used, and what becomes of mail that holds its words, could not be seen in the vendor's article."
    ),
    example:
      "review: [{ name: 機密, scope: all, when: { dictionary: 機密, exceptDictionary: 社内用語 }, then: hold }]",
    source: "article 900005108503")
}
