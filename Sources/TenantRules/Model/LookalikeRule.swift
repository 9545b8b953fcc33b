internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Domain names that are written in other letters than they seem to be. What is denied may well
  /// be such a name.
  static let lookalikes = Rule([.lookalike]) { input, bag in
    var seen: Set<DomainName> = []
    var lookalikes: [(domain: Located<DomainName>, latin: String)] = []
    var plain: [String: SourceSpan] = [:]
    var last: DomainName?
    for domain in domains(of: input.tenant) where domain.value != last {
      last = domain.value
      guard seen.insert(domain.value).inserted else { continue }
      if let latin = domain.value.latinLookalike {
        lookalikes.append((domain, latin))
      } else {
        plain[domain.value.unicode] = domain.span
      }
    }
    for (domain, latin) in lookalikes {
      bag.add(.lookalike(domain, latin: latin, other: plain[latin]))
    }
  }

  /// The names that mail goes to or may come from, in the order of the keys.
  private static func domains(of tenant: Tenant) -> [Located<DomainName>] {
    var result = tenant.domains.flatMap { [$0.name] + [$0.deliveryHost].compactMap { $0 } }
    let gateway = tenant.gateway
    result += gateway.mx.map(\.host)
    result += [gateway.relay?.host, gateway.spf].compactMap { $0 }
    for group in tenant.groups {
      for address in [group.managers, group.members].joined() {
        if let last = result.last, last.value == address.value.domain { continue }
        result.append(address.map(\.domain))
      }
    }
    let settings = tenant.settings
    result += settings.bec?.value.similarExternalDomains ?? []
    var patterns = (settings.lists?.value ?? []).flatMap(\.allowSenders)
    patterns += settings.zip?.value.exceptRecipients ?? []
    for pattern in patterns {
      if let domain = pattern.value.domain { result.append(Located(domain, at: pattern.span)) }
    }
    for address in (settings.review?.value ?? []).flatMap(\.then.notified) {
      result.append(address.map(\.domain))
    }
    return result
  }
}

extension Diagnostic {
  fileprivate static func lookalike(
    _ domain: Located<DomainName>, latin: String, other: SourceSpan?
  ) -> Diagnostic {
    let name = domain.value.unicode.excerpt()
    return Diagnostic(
      .lookalike, at: domain.span,
      .init(
        ja: "「\(name)」は英字の「\(latin.excerpt())」に見えるが、別の名前",
        en: "\"\(name)\" looks like \"\(latin.excerpt())\" in Latin letters, and is another name"),
      help: .init(
        ja: "DNSでの名前は \(domain.value.ascii.excerpt())。英字のつもりなら打ち直す",
        en: "in the DNS it is \(domain.value.ascii.excerpt()); if Latin was meant, type it again"),
      labels: other.map {
        [Label($0, .init(ja: "英字の名前はここ", en: "the name in Latin letters"))]
      } ?? [])
  }
}

extension DiagnosticCode {
  static let lookalike = DiagnosticCode(
    2061, .warning,
    title: .init(ja: "英字に見える別のドメイン名", en: "a domain name that looks like another in Latin letters"),
    explanation: .init(
      ja: """
        ラベル全体が、英字と見分けのつかないキリル文字やギリシャ文字などで書かれています。実在するロシア語などの\
        名前かもしれないため警告にとどめます。英字の名前を意図したなら、打ち直してください。
        """,
      en: """
        A whole label is in Cyrillic, Greek or other letters that cannot be told from Latin ones. It \
        may be a word of such a language, so this is a warning. If the Latin name was meant, type \
        it again.
        """),
    example: "allowSenders: [\"*@хсе.example\"]",
    source: "Unicode TR39 section 4")
}
