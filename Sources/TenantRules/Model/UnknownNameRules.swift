internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// A domain whose mail server is not declared, or not chosen among several.
  static let unknownMailServer = Rule(
    [.unknownMailServer, .mailServerNotChosen], judgesAbsence: true
  ) { input, bag in
    let names = input.tenant.mailServers.map(\.name.value.text)
    let known = Set(names)
    for domain in input.tenant.domains {
      if let server = domain.mailServer {
        guard !known.contains(server.value.text) else { continue }
        let name = server.value.text
        let advice = NameAdvice(name, at: server.span, known: names, for: bag)
        bag.add(
          Diagnostic(
            .unknownMailServer, at: server.span,
            .init(
              ja: "メールサーバー「\(name.excerpt())」は宣言されていない",
              en: "there is no mail server \"\(name.excerpt())\""),
            help: advice.help, fixes: advice.fixes))
      } else if domain.role != .parked, known.count > 1 {
        let name = domain.name.value.unicode.excerpt()
        bag.add(
          Diagnostic(
            .mailServerNotChosen, at: domain.name.span,
            .init(
              ja: "「\(name)」のメールサーバーが選ばれていない", en: "\"\(name)\" does not say its mail server"),
            help: .init(
              ja: "mailServer に次のどれかを書く: " + names.sorted().joined(separator: "、"),
              en: "write mailServer with one of: " + names.sorted().joined(separator: ", "))))
      }
    }
  }

  /// A group that is not declared.
  static let unknownGroup = Rule([.unknownGroup], judgesAbsence: true) { input, bag in
    let names = input.tenant.groups.map(\.path.value.description)
    let known = Set(input.tenant.groups.map(\.path.value))
    var uses: [Located<GroupPath>] = []
    if let pilot = input.tenant.pilot { uses.append(pilot) }
    for case .group(let path) in input.tenant.scopes { uses.append(path) }
    for use in uses where !known.contains(use.value) {
      let name = use.value.description
      let advice = NameAdvice(name, at: use.span, known: names, for: bag)
      bag.add(
        Diagnostic(
          .unknownGroup, at: use.span,
          .init(
            ja: "グループ「\(name.excerpt())」は宣言されていない",
            en: "there is no group \"\(name.excerpt())\""), help: advice.help, fixes: advice.fixes))
    }
  }

  /// A scope of a domain that is not of the contract.
  static let unknownScopeDomain = Rule([.unknownScopeDomain], judgesAbsence: true) { input, bag in
    let names = input.tenant.domains.map(\.name.value.unicode)
    let known = Set(input.tenant.domains.map(\.name.value))
    for scope in input.tenant.scopes {
      let domain: Located<DomainName>
      switch scope {
      case .domain(let name): domain = name
      case .user(let address): domain = address.map(\.domain)
      case .all, .group: continue
      }
      if known.contains(domain.value) { continue }
      let name = domain.value.unicode
      let advice =
        if case .user = scope {
          NameAdvice(help: .init(ja: "契約ドメインの利用者を書く", en: "write a user of the contract's domains"))
        } else {
          NameAdvice(name, at: domain.span, known: names, for: bag)
        }
      bag.add(
        Diagnostic(
          .unknownScopeDomain, at: domain.span,
          .init(
            ja: "「\(name.excerpt())」は契約ドメインではない",
            en: "\"\(name.excerpt())\" is not a domain of this contract"),
          help: advice.help, fixes: advice.fixes))
    }
  }

  /// A dictionary that is not declared.
  static let unknownDictionary = Rule([.unknownDictionary], judgesAbsence: true) { input, bag in
    let settings = input.tenant.settings
    func judge(_ use: Located<TextLine>?, _ names: [String], _ known: Set<String>) {
      guard let use, !known.contains(use.value.text) else { return }
      let name = use.value.text
      let advice = NameAdvice(name, at: use.span, known: names, for: bag)
      bag.add(
        Diagnostic(
          .unknownDictionary, at: use.span,
          .init(
            ja: "キーワード辞書「\(name.excerpt())」は宣言されていない",
            en: "there is no dictionary \"\(name.excerpt())\""),
          help: advice.help, fixes: advice.fixes))
    }
    let names = (settings.dictionaries?.value ?? []).map(\.name.value.text)
    let exclusions = (settings.exclusionDictionaries?.value ?? []).map(\.name.value.text)
    let known = (Set(names), Set(exclusions))
    for rule in settings.review?.value ?? [] {
      judge(rule.when.dictionary, names, known.0)
      judge(rule.when.exceptDictionary, exclusions, known.1)
    }
  }
}

extension Tenant {
  /// The scopes of all lists and rules, in the order of the file's keys.
  var scopes: [Scope] {
    (settings.lists?.value ?? []).map(\.scope) + (settings.review?.value ?? []).map(\.scope)
  }
}

extension DiagnosticCode {
  static let unknownMailServer = DiagnosticCode(
    2101, .error,
    title: .init(ja: "宣言されていないメールサーバー", en: "a mail server that is not declared"),
    explanation: .init(
      ja: "domains の mailServer には、mailServers に書いた name のどれかを書きます。",
      en: "The key mailServer of a domain is one of the names of mailServers."),
    example:
      "mailServers: [{ name: m365, microsoft365: … }]\ndomains: [{ name: kaede.example, mailServer: m356 }]"
  )
  static let mailServerNotChosen = DiagnosticCode(
    2102, .error,
    title: .init(ja: "選ばれていないメールサーバー", en: "a domain that does not say its mail server"),
    explanation: .init(
      ja: "メールサーバーが2つ以上あるとき、mgcはどのドメインがどこにあるかを推測しません。各ドメインに mailServer を書きます。",
      en:
        "With more than one mail server, mgc does not guess where a domain's mailboxes are. Each domain says it by mailServer."
    ),
    example:
      "mailServers: [{ name: m365, … }, { name: factory, … }]\ndomains: [{ name: kaede.example }]")
  static let unknownGroup = DiagnosticCode(
    2103, .error,
    title: .init(ja: "宣言されていないグループ", en: "a group that is not declared"),
    explanation: .init(
      ja: "pilot や適用範囲のグループは、groups に同じパスで宣言します。宣言のないグループには、設定を適用できません。",
      en:
        "The group of pilot or of a scope is declared in groups by the same path. Nothing can apply to a group that the console does not have."
    ),
    example: "pilot: /情シス\ngroups: [{ path: /情報システム部, members: [it@kaede.example] }]",
    source: "article 12011864025753")
  static let unknownScopeDomain = DiagnosticCode(
    2104, .error,
    title: .init(ja: "適用範囲が契約ドメインでない", en: "a scope that is not a domain of the contract"),
    explanation: .init(
      ja: "適用範囲のドメインは、domains に書いた契約ドメインのどれかです。相手先のドメインは、許可や拒否の一覧に書きます。",
      en:
        "The domain of a scope is one of domains. A partner's domain belongs in a list of senders, not in its scope."
    ),
    example: "lists: [{ scope: { domain: partner.example }, allowIPs: [203.0.113.9] }]",
    source: "article 900005450123")
  static let unknownDictionary = DiagnosticCode(
    2105, .error,
    title: .init(ja: "宣言されていないキーワード辞書", en: "a dictionary that is not declared"),
    explanation: .init(
      ja: "審査ルールの辞書は、dictionaries に同じ名前で宣言します。exceptDictionary は exclusionDictionaries に宣言します。",
      en:
        "The dictionary of a review rule is declared in dictionaries by the same name; that of exceptDictionary in exclusionDictionaries."
    ),
    example:
      "dictionaries: [{ name: 機密, phrases: [社外秘] }]\nreview: [{ …, when: { dictionary: 機密語 }, then: hold }]",
    source: "article 900005108503")
}
