internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Review rules that never act: the first match wins.
  static let reviewOrder = Rule([.unconditionalRule, .repeatedCondition, .lateExemption]) {
    input, bag in
    let rules = input.tenant.settings.review?.value ?? []
    let catchAll = rules.firstIndex { $0.when.isUnconditional && $0.isForAll }
    // What is below a rule that matches everything has that one finding.
    let judged = Array(rules.prefix(min((catchAll ?? rules.count) + 1, ReviewImplication.limit)))
    let implication = ReviewImplication(input.tenant.settings)
    // Those that some rule above keeps from acting; they keep none below that it does not.
    var idle: Set<Int> = []
    for (index, rule) in judged.enumerated() {
      let above = judged[..<index].enumerated().first { place, other in
        !idle.contains(place) && implication.holds(from: rule, to: other)
      }?.element
      if let above {
        idle.insert(index)
        bag.add(.neverActs(rule, below: above, same: implication.holds(from: above, to: rule)))
      } else if rule.then.isAllow,
        let above = judged[..<index].first(where: {
          !$0.then.isAllow && ($0.isForAll || $0.scope.target == rule.scope.target)
        })
      {
        bag.add(.lateExemption(rule, above))
      }
    }
    guard let index = catchAll, index + 1 < rules.count else { return }
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
    let settings = input.tenant.settings
    let rules = settings.review?.value ?? []
    let used = Set(rules.compactMap { $0.when.dictionary?.value.text })
    let excluded = Set(rules.compactMap { $0.when.exceptDictionary?.value.text })
    let dictionaries = settings.dictionaries?.value ?? []
    let exclusions = settings.exclusionDictionaries?.value ?? []
    // A misspelled name is a finding already, and explains what is not used.
    guard used.isSubset(of: dictionaries.map(\.name.value.text)),
      excluded.isSubset(of: exclusions.map(\.name.value.text))
    else { return }
    for dictionary in dictionaries.filter({ !used.contains($0.name.value.text) })
      + exclusions.filter({ !excluded.contains($0.name.value.text) })
    {
      bag.add(
        Diagnostic(
          .unusedDictionary, at: dictionary.name.span,
          .init(
            ja: "キーワード辞書「\(dictionary.name.value.text.excerpt())」はどの審査ルールにも使われていない",
            en: "no review rule uses the dictionary \"\(dictionary.name.value.text.excerpt())\""),
          help: .init(
            ja: "ルールの条件に書くか、辞書を消す", en: "name it in a rule's conditions, or remove it"),
          fixes: [.removeItem(of: dictionary.name.span)]))
    }
  }

  /// Groups that something applies to, or that go first, and nobody is in.
  static let emptyGroup = Rule([.emptyGroup], judgesAbsence: true) { input, bag in
    var empty: [GroupPath: Group] = [:]
    for group in input.tenant.groups
    where group.members.isEmpty && group.managers.isEmpty && group.membersFrom == nil {
      empty[group.path.value] = group
    }
    var uses = input.tenant.pilot.map { [$0] } ?? []
    for case .group(let path) in input.tenant.scopes { uses.append(path) }
    for use in uses {
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

extension Diagnostic {
  fileprivate static func neverActs(
    _ rule: ReviewRule, below first: ReviewRule, same: Bool
  ) -> Diagnostic {
    let name = rule.name.value.text.excerpt()
    return Diagnostic(
      .repeatedCondition, at: rule.name.span,
      same
        ? .init(
          ja: "審査ルール「\(name)」は、上に同じ条件のルールがあり働かない",
          en: "the review rule \"\(name)\" never acts: one above has its conditions")
        : .init(
          ja: "審査ルール「\(name)」は、上にもっと広い条件のルールがあり働かない",
          en: "the review rule \"\(name)\" never acts: one above matches all that it does"),
      help: same
        ? .init(ja: "条件を変えるか、一方を消す", en: "change its conditions, or remove one of the two")
        : .init(ja: "上に移すか、消す", en: "move it up, or remove it"),
      labels: [.init(first.name.span, .init(ja: "先に一致するルール", en: "this one matches first"))],
      fixes: same ? [.removeItem(of: rule.name.span)] : [])
  }

  fileprivate static func lateExemption(_ rule: ReviewRule, _ above: ReviewRule) -> Diagnostic {
    let name = rule.name.value.text.excerpt()
    return Diagnostic(
      .lateExemption, at: rule.name.span,
      .init(
        ja: "許可のルール「\(name)」より上に、許可しないルールがある",
        en: "rules that do not allow stand above \"\(name)\", which does"),
      help: .init(
        ja: "例外にしたいのなら、いちばん上に移す", en: "if it is meant as an exception, move it to the top"),
      labels: [
        .init(above.name.span, .init(ja: "先に調べられるルール", en: "this one is tried first"))
      ])
  }
}

extension ReviewRule {
  fileprivate var isForAll: Bool { scope.target == .all }
}

extension ReviewRule.Condition {
  /// Whether every mail matches: nothing is asked, or only that somebody sent it.
  fileprivate var isUnconditional: Bool {
    guard header == nil, dictionary == nil, recipients == nil, attachmentExtensions.isEmpty,
      exceptDictionary == nil
    else { return false }
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
      ja:
        "条件はすべてを満たすときに一致します。適用範囲と条件が同じか、条件の少ないルールが上にあると、いつもそちらが先に一致し、下のルールまで届きません。順序を変えるか、消します。",
      en:
        "A rule matches when all its conditions hold. One above with the same scope and conditions, or with fewer of them, always matches first. Move it up, or remove it."
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
  static let lateExemption = DiagnosticCode(
    7021, .note,
    title: .init(ja: "下にある例外のルール", en: "an exception below what it excepts from"),
    explanation: .init(
      ja:
        "審査ルールは上から順に調べ、最初に一致した1つだけが働きます。例外の許可を下に書くと、上のルールに一致したメールは例外になりません。提供元の設定例でも、許可のルールを上に置きます。",
      en:
        "Rules are tried from the top and the first match acts. Mail that a rule above matches never comes to an exception below. The vendor's examples have the allowing rule on top."
    ),
    example:
      "review:\n  - { name: 社外は保留, scope: all, when: { recipients: external }, then: hold }\n  - { name: 役員は許可, scope: all, when: { sender: ceo@kaede.example }, then: allow }",
    source: "article 360039832351; article 900002040643")
}
