internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Entries of allow and deny lists that do nothing, or more than was meant.
  static let listEntries = Rule(
    [
      .denyInsideAllow, .deniesOwnDomain, .deniesEveryone, .privateListAddress, .coveredEntry,
      .unconfirmedIPv6, .freeMailAllowed,
    ]
  ) { input, bag in
    let own = Set(input.tenant.domains.map(\.name.value))
    for list in input.tenant.settings.lists?.value ?? [] {
      // An own domain that is allowed is a finding already, and rather the one to remove.
      let allowed = list.allowSenders.filter { sender in
        sender.value.domain.map { !own.contains($0) } ?? true
      }
      bag.add(contentsOf: allowed.covered(by: allowed, .coveredEntry))
      bag.add(contentsOf: list.denySenders.covered(by: list.denySenders, .coveredEntry))
      bag.add(contentsOf: list.denySenders.covered(by: list.allowSenders, .denyInsideAllow))
      bag.add(contentsOf: list.allowIPs.covered(by: list.allowIPs, .coveredEntry))
      bag.add(contentsOf: list.denyIPs.covered(by: list.denyIPs, .coveredEntry))
      bag.add(contentsOf: list.denyIPs.covered(by: list.allowIPs, .denyInsideAllow))
      for sender in list.denySenders { bag.add(contentsOf: sender.judgeDenial(own)) }
      for sender in list.allowSenders { bag.add(contentsOf: sender.judgeFreeMail()) }
      for address in list.allowIPs + list.denyIPs { bag.add(contentsOf: address.judgeListed()) }
    }
  }
}

extension Rule {
  /// Lists that say for whom they are, and nothing else.
  static let emptyLists = Rule([.emptyList], judgesAbsence: true) { input, bag in
    for list in input.tenant.settings.lists?.value ?? [] {
      if list.allowSenders.isEmpty, list.denySenders.isEmpty, list.allowIPs.isEmpty,
        list.denyIPs.isEmpty, list.allowContent.isEmpty, list.denyContent.isEmpty
      {
        bag.add(
          Diagnostic(
            .emptyList, at: list.place,
            .init(ja: "この一覧には許可も拒否もない", en: "this list neither allows nor denies anything"),
            help: .init(
              ja: "allowSenders などを書くか、消す", en: "write allowSenders or the like, or remove it")))
      }
    }
  }
}

extension [Located<AddressPattern>] {
  /// The entries that a wider one among others covers, as findings. The bare `@domain` and
  /// `*@domain` are the same.
  fileprivate func covered(
    by others: [Located<AddressPattern>], _ code: DiagnosticCode
  ) -> [Diagnostic] {
    var domains: [DomainName: SourceSpan] = [:]
    for other in others {
      switch other.value {
      case .anyone(let domain), .bareDomain(let domain):
        domains[domain] = domains[domain] ?? other.span
      case .address, .everyone: break
      }
    }
    guard !domains.isEmpty else { return [] }
    return compactMap { entry in
      guard case .address(let address) = entry.value, let wider = domains[address.domain] else {
        return nil
      }
      return .covered(entry.value.description, at: entry.span, by: wider, code)
    }
  }
}

extension [Located<IPPrefix>] {
  /// The entries that a wider one among others holds, as findings.
  fileprivate func covered(
    by others: [Located<IPPrefix>], _ code: DiagnosticCode
  ) -> [Diagnostic] {
    guard !isEmpty, !others.isEmpty else { return [] }
    // In order, a network comes right before what it holds.
    let all =
      (others.map { (entry: $0, isOther: true) } + map { (entry: $0, isOther: false) })
      .sorted { ($0.entry.value, $1.isOther ? 1 : 0) < ($1.entry.value, $0.isOther ? 1 : 0) }
    var widest: Located<IPPrefix>?
    var result: [Diagnostic] = []
    for (entry, isOther) in all {
      if let outer = widest, outer.value.contains(entry.value) {
        if !isOther, outer.value != entry.value {
          result.append(
            .covered(entry.value.description, at: entry.span, by: outer.span, code))
        }
      } else if isOther {
        widest = entry
      }
    }
    return result
  }
}

extension Diagnostic {
  fileprivate static func covered(
    _ entry: String, at span: SourceSpan, by wider: SourceSpan, _ code: DiagnosticCode
  ) -> Diagnostic {
    let name = entry.excerpt()
    let denied = code.number == DiagnosticCode.denyInsideAllow.number
    return Diagnostic(
      code, at: span,
      denied
        ? .init(
          ja: "「\(name)」の拒否は、もっと広い許可があるので働かないはず",
          en: "the denial of \"\(name)\" should not act, as a wider entry allows it")
        : .init(ja: "「\(name)」は、もっと広い項目に含まれている", en: "a wider entry covers \"\(name)\""),
      help: denied
        ? .init(
          ja: "許可を1人ずつに狭めるか、拒否を消す", en: "allow single senders only, or remove the denial")
        : .init(ja: "一方を消す", en: "remove one of the two"),
      labels: [.init(wider, .init(ja: "広い項目はここ", en: "the wider entry"))])
  }
}

extension Located<AddressPattern> {
  fileprivate func judgeDenial(_ own: Set<DomainName>) -> [Diagnostic] {
    switch value {
    case .everyone:
      return [
        Diagnostic(
          .deniesEveryone, at: span,
          .init(
            ja: "「*@*」の拒否は、すべてのメールをスパムにする", en: "to deny \"*@*\" makes all mail spam"),
          help: .init(ja: "拒否する送信者を1つずつ書く", en: "name the senders to deny"))
      ]
    case .anyone(let domain), .bareDomain(let domain):
      guard own.contains(domain) else { return [] }
      return [
        Diagnostic(
          .deniesOwnDomain, at: span,
          .init(
            ja: "自社のドメイン「\(domain.unicode.excerpt())」の拒否は、外部サービスから送る自社のメールもスパムにする",
            en:
              "to deny one's own domain \"\(domain.unicode.excerpt())\" makes spam of what services send for one"
          ),
          help: .init(
            ja: "なりすましは bec の similarInternalDomain とDMARC 認証で防ぐ",
            en: "against spoofing use similarInternalDomain of bec and DMARC"))
      ]
    case .address: return []
    }
  }

  fileprivate func judgeFreeMail() -> [Diagnostic] {
    let free = [
      "gmail.com", "yahoo.co.jp", "yahoo.com", "outlook.com", "outlook.jp", "hotmail.com",
      "hotmail.co.jp", "icloud.com", "aol.com", "docomo.ne.jp", "ezweb.ne.jp", "au.com",
      "softbank.ne.jp", "i.softbank.jp",
    ]
    switch value {
    case .anyone(let domain), .bareDomain(let domain):
      guard free.contains(domain.ascii) else { return [] }
      return [
        Diagnostic(
          .freeMailAllowed, at: span,
          .init(
            ja: "「\(domain.ascii)」は誰でも使え、許可するとその迷惑メールも通る",
            en: "anybody can have \"\(domain.ascii)\", so that its spam passes too"),
          help: .init(ja: "許可する相手のアドレスを書く", en: "name the addresses of those to allow"))
      ]
    case .address, .everyone: return []
    }
  }
}

extension Located<IPPrefix> {
  fileprivate func judgeListed() -> [Diagnostic] {
    if let use = value.isPrivateOrSpecial, value.length > 0 {
      return [
        Diagnostic(
          .privateListAddress, at: span,
          .init(
            ja: "「\(value)」は\(use.wording.ja)で、インターネットからの送信元にならない",
            en: "\"\(value)\" is \(use.wording.en), from which no mail of the internet comes"),
          help: .init(ja: "相手の公開アドレスを書く", en: "write the sender's public address"))
      ]
    }
    guard !value.isIPv4 else { return [] }
    return [
      Diagnostic(
        .unconfirmedIPv6, at: span,
        .init(
          ja: "IPフィルタがIPv6の「\(value)」を受け付けるかは確かめられていない",
          en: "whether the IP filter takes \"\(value)\", which is IPv6, is not known"),
        help: .init(
          ja: "画面には「サブネットマスク」の欄があり、IPv4向けに見える。サポート窓口で確かめる",
          en: "its screen has a field for a subnet mask, as for IPv4; ask the vendor's support"))
    ]
  }
}
