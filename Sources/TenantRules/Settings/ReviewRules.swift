internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Review rules that never act: the first match wins.
  static let reviewOrder = Rule([.unconditionalRule, .repeatedCondition]) { input, bag in
    let rules = input.tenant.settings.review?.value ?? []
    for (again, first) in rules.repetitions(of: { ConditionKey($0) })
    where !again.when.isUnconditional {
      bag.add(
        Diagnostic(
          .repeatedCondition, at: again.name.span,
          .init(
            ja: "審査ルール「\(again.name.value.text.excerpt())」は、上に同じ条件のルールがあり働かない",
            en:
              "the review rule \"\(again.name.value.text.excerpt())\" never acts: one above has its conditions"
          ),
          help: .init(ja: "条件を変えるか、一方を消す", en: "change its conditions, or remove one of the two"),
          labels: [
            .init(first.name.span, .init(ja: "先に一致するルール", en: "this one matches first"))
          ]))
    }
    guard let index = rules.firstIndex(where: { $0.when.isUnconditional && $0.isForAll }),
      index + 1 < rules.count
    else { return }
    let name = rules[index].name.value.text.excerpt()
    bag.add(
      Diagnostic(
        .unconditionalRule, at: rules[index].name.span,
        .init(
          ja: "審査ルール「\(name)」に条件がなく、その下のルールは働かない",
          en: "the review rule \"\(name)\" has no condition, so none below it acts"),
        help: .init(ja: "最後に移すか、条件を書く", en: "move it to the end, or give it a condition"),
        labels: [
          .init(
            rules[index + 1].name.span, .init(ja: "ここから下は働かない", en: "from here on nothing acts"))
        ]))
  }

  /// Dictionaries that no rule looks into.
  static let unusedDictionary = Rule([.unusedDictionary], judgesAbsence: true) { input, bag in
    let used = Set(
      (input.tenant.settings.review?.value ?? []).compactMap { $0.when.dictionary?.value.text })
    for dictionary in input.tenant.settings.dictionaries?.value ?? []
    where !used.contains(dictionary.name.value.text) {
      bag.add(
        Diagnostic(
          .unusedDictionary, at: dictionary.name.span,
          .init(
            ja: "キーワード辞書「\(dictionary.name.value.text.excerpt())」はどの審査ルールにも使われていない",
            en: "no review rule uses the dictionary \"\(dictionary.name.value.text.excerpt())\""),
          help: .init(
            ja: "ルールの条件に書くか、辞書を消す", en: "name it in a rule's conditions, or remove it")))
    }
  }

  /// Groups that something applies to, and nobody is in.
  static let emptyGroup = Rule([.emptyGroup], judgesAbsence: true) { input, bag in
    var empty: [GroupPath: Group] = [:]
    for group in input.tenant.groups
    where group.members.isEmpty && group.managers.isEmpty && group.membersFrom == nil {
      empty[group.path.value] = group
    }
    for case .group(let use) in input.tenant.scopes {
      guard let group = empty[use.value] else { continue }
      let name = use.value.description.excerpt()
      bag.add(
        Diagnostic(
          .emptyGroup, at: use.span,
          .init(ja: "グループ「\(name)」には誰もいない", en: "nobody is in the group \"\(name)\""),
          help: .init(
            ja: "members か membersFrom を書く", en: "write members or membersFrom"),
          labels: [.init(group.path.span, .init(ja: "グループの宣言", en: "the group is declared here"))]))
    }
  }
}

/// What a rule matches, for comparing.
private struct ConditionKey: Hashable {
  let scope: ScopeTarget
  let header: String?
  let dictionary: String?
  let recipients: ReviewRule.Recipients?
  let sender: AddressPattern?

  init(_ rule: ReviewRule) {
    scope = rule.scope.target
    header = rule.when.header?.value.text
    dictionary = rule.when.dictionary?.value.text
    recipients = rule.when.recipients
    sender = rule.when.sender?.value
  }
}

extension ReviewRule {
  fileprivate var isForAll: Bool { scope.target == .all }
}

extension ReviewRule.Condition {
  /// Whether every mail matches: nothing is asked, or only that somebody sent it.
  fileprivate var isUnconditional: Bool {
    guard header == nil, dictionary == nil, recipients == nil else { return false }
    return sender == nil || sender?.value == .everyone
  }
}

extension DiagnosticCode {
  static let unconditionalRule = DiagnosticCode(
    7003, .warning,
    title: .init(ja: "条件のない審査ルール", en: "a review rule without conditions"),
    explanation: .init(
      ja: "審査ルールは上から順に調べ、最初に一致した1つだけが働きます。条件のないルールはすべてに一致するので、その下は働きません。",
      en:
        "Rules are tried from the top and the first match acts. One without conditions matches everything, and what is below it never acts."
    ),
    example:
      "review: [{ name: すべて自己承認, scope: all, when: {}, then: self-approve }, { name: 機密, … }]",
    source: "article 900002040643")
  static let repeatedCondition = DiagnosticCode(
    7004, .warning,
    title: .init(ja: "働かない審査ルール", en: "a review rule that never acts"),
    explanation: .init(
      ja: "同じ適用範囲で同じ条件のルールが上にあると、下のルールまで届きません。順序を変えるか、消します。",
      en:
        "A rule above with the same scope and conditions always matches first. Move it up, or remove it."
    ),
    example:
      "review: [{ name: a, scope: all, when: { recipients: external }, then: hold }, { name: b, scope: all, when: { recipients: external }, then: forbid }]",
    source: "article 900002040643")
  static let unusedDictionary = DiagnosticCode(
    7005, .warning,
    title: .init(ja: "使われないキーワード辞書", en: "a dictionary that is not used"),
    explanation: .init(
      ja: "キーワード辞書は、審査ルールの条件にして初めて働きます。登録できる数にも上限があります。",
      en:
        "A dictionary does something only as a condition of a review rule, and the console holds only so many."
    ),
    example: "dictionaries: [{ name: 機密, phrases: [社外秘] }]", source: "article 900005108503")
  static let emptyGroup = DiagnosticCode(
    7006, .warning,
    title: .init(ja: "誰もいないグループ", en: "a group with nobody in it"),
    explanation: .init(
      ja: "メンバーのいないグループに適用した設定は、誰にも効きません。",
      en: "What applies to a group without members applies to nobody."),
    example:
      "groups: [{ path: /営業部 }]\nlists: [{ scope: { group: /営業部 }, allowIPs: [203.0.113.9] }]",
    source: "article 12011864025753")
}
