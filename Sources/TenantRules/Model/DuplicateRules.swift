internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Names that stand twice.
  static let duplicateNames = Rule(
    [
      .duplicateMailServer, .duplicateDomain, .duplicateGroup, .duplicateDictionary,
      .duplicateReviewRule,
    ]
  ) { input, bag in
    let tenant = input.tenant
    func judge(_ code: DiagnosticCode, _ what: LocalizedText, _ names: [Located<String>]) {
      for (again, first) in names.repetitions(of: \.value) {
        let name = again.value.excerpt()
        bag.add(
          Diagnostic(
            code, at: again.span,
            .init(
              ja: "\(what.ja)「\(name)」が2回書かれている", en: "the \(what.en) \"\(name)\" stands twice"),
            help: .init(ja: "1つにまとめるか、別の名前にする", en: "make them one, or give one another name"),
            labels: [.first(first.span)],
            fixes: [.removeRepetition(again.span, of: first.span)]))
      }
    }
    judge(
      .duplicateMailServer, .init(ja: "メールサーバー", en: "mail server"),
      tenant.mailServers.map { $0.name.map(\.text) })
    judge(
      .duplicateDomain, .init(ja: "ドメイン", en: "domain"),
      tenant.domains.map { $0.name.map(\.unicode) })
    judge(
      .duplicateGroup, .init(ja: "グループ", en: "group"),
      tenant.groups.map { $0.path.map(\.description) })
    judge(
      .duplicateDictionary, .init(ja: "キーワード辞書", en: "dictionary"),
      (tenant.settings.dictionaries?.value ?? []).map { $0.name.map(\.text) })
    judge(
      .duplicateDictionary, .init(ja: "除外キーワード辞書", en: "exclusion dictionary"),
      (tenant.settings.exclusionDictionaries?.value ?? []).map { $0.name.map(\.text) })
    judge(
      .duplicateReviewRule, .init(ja: "審査ルール", en: "review rule"),
      (tenant.settings.review?.value ?? []).map { $0.name.map(\.text) })
  }

  /// Two lists for the same people.
  static let duplicateScope = Rule([.duplicateScope]) { input, bag in
    let lists = input.tenant.settings.lists?.value ?? []
    for (again, first) in lists.repetitions(of: { $0.scope.target }) {
      let name = again.scope.target.title
      bag.add(
        Diagnostic(
          .duplicateScope, at: again.place,
          .init(
            ja: "適用範囲「\(name.ja.excerpt())」の一覧が2つある",
            en: "there are two lists for \"\(name.en.excerpt())\""),
          help: .init(ja: "1つの一覧にまとめる", en: "make them one list"),
          labels: [.first(first.place)],
          fixes: [.removeRepetition(again.place, of: first.place)]))
    }
  }

  /// A service or option that is named twice.
  static let duplicateService = Rule([.duplicateService]) { input, bag in
    let contract = input.tenant.contract
    let names =
      contract.services.map { $0.map(\.rawValue) } + contract.options.map { $0.map(\.rawValue) }
    for (again, first) in names.repetitions(of: \.value) {
      bag.add(
        Diagnostic(
          .duplicateService, at: again.span,
          .init(
            ja: "「\(again.value)」が2回書かれている", en: "\"\(again.value)\" stands twice"),
          help: .init(ja: "一方を消す", en: "remove one of the two"), labels: [.first(first.span)],
          fixes: [.remove(again.span, isSafe: true)]))
    }
  }
}

/// A scope for comparing.
enum ScopeTarget: Hashable {
  case all
  case domain(DomainName)
  case group(GroupPath)
  case user(EmailAddress)

  var title: LocalizedText {
    switch self {
    case .all: .init(ja: "すべて", en: "all")
    case .domain(let domain): .init(both: domain.unicode)
    case .group(let path): .init(both: path.description)
    case .user(let address): .init(both: address.description)
    }
  }
}

extension Scope {
  var target: ScopeTarget {
    switch self {
    case .all: .all
    case .domain(let domain): .domain(domain.value)
    case .group(let path): .group(path.value)
    case .user(let address): .user(address.value)
    }
  }

  /// Where the domain or group is written.
  var place: SourceSpan? {
    switch self {
    case .all: nil
    case .domain(let domain): domain.span
    case .group(let path): path.span
    case .user(let address): address.span
    }
  }
}

extension FilterList {
  /// Where the list says for whom it is, else the whole of it.
  var place: SourceSpan { scope.place ?? span }
}

extension DiagnosticCode {
  static let duplicateMailServer = DiagnosticCode(
    2110, .error,
    title: .init(ja: "同じ名前のメールサーバー", en: "two mail servers of one name"),
    explanation: .init(
      ja: "メールサーバーの名前は、ドメインからの参照と、コネクタやファイルの名前に使います。1つずつ違う名前にします。",
      en:
        "The name of a mail server is what domains refer to, and part of connector and file names. Each needs its own."
    ),
    example: "mailServers: [{ name: m365, … }, { name: m365, … }]")
  static let duplicateDomain = DiagnosticCode(
    2111, .error,
    title: .init(ja: "2回書かれたドメイン", en: "a domain that stands twice"),
    explanation: .init(
      ja: "同じドメインに2つの書き方があると、どちらのとおりにDNSを変えるのか決まりません。日本語とAラベルは同じドメインです。",
      en:
        "Two entries for one domain would ask for two different DNS changes. A name in Japanese and its A-label are the same domain."
    ),
    example: "domains: [{ name: kaede.example }, { name: KAEDE.example, role: parked }]")
  static let duplicateGroup = DiagnosticCode(
    2112, .error,
    title: .init(ja: "2回書かれたグループ", en: "a group that stands twice"),
    explanation: .init(
      ja: "グループ管理では、同じパスのグループは1つしか作れません。メンバーを1つにまとめます。",
      en: "The console has one group a path. Put the members together."),
    example: "groups: [{ path: /営業部, … }, { path: /営業部, … }]", source: "article 12011864025753")
  static let duplicateDictionary = DiagnosticCode(
    2113, .error,
    title: .init(ja: "同じ名前のキーワード辞書", en: "two dictionaries of one name"),
    explanation: .init(
      ja: "審査ルールは辞書を名前で選びます。同じ名前が2つあると、どちらを選んだのかわかりません。",
      en: "Review rules choose a dictionary by its name, which therefore stands for one only."),
    example: "dictionaries: [{ name: 機密, … }, { name: 機密, … }]", source: "article 900005108503")
  static let duplicateReviewRule = DiagnosticCode(
    2114, .error,
    title: .init(ja: "同じ名前の審査ルール", en: "two review rules of one name"),
    explanation: .init(
      ja: "ログにはルールの名前が残ります。同じ名前が2つあると、どちらが働いたのかわかりません。",
      en: "Logs name the rule that acted. With two of one name nobody can tell which it was."),
    example: "review: [{ name: 社外は保留, … }, { name: 社外は保留, … }]", source: "article 900002040643")
  static let duplicateScope = DiagnosticCode(
    2115, .error,
    title: .init(ja: "同じ適用範囲の2つの一覧", en: "two lists for the same scope"),
    explanation: .init(
      ja: "管理者画面の許可・拒否設定は、適用範囲ごとに1つです。2つに分けて書くと、あとの一覧で上書きするのか足すのか決まりません。",
      en:
        "The console has one allow and deny list a scope. With two in tenant.yaml it would be open whether the second adds or replaces."
    ),
    example:
      "lists: [{ scope: all, allowIPs: [203.0.113.9] }, { scope: all, denyIPs: [203.0.113.10] }]",
    source: "article 900005450123")
  static let duplicateService = DiagnosticCode(
    2116, .warning,
    title: .init(ja: "2回書かれたサービス", en: "a service that stands twice"),
    explanation: .init(
      ja: "同じサービスやオプションを2回書いても、意味は変わりません。別のサービスの書き間違いかもしれません。",
      en:
        "To name a service or an option twice changes nothing. Perhaps the other service was meant."
    ),
    example: "contract: { services: [leak-prevention, leak-prevention] }")
}
