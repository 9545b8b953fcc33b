internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// The DMARC record that stays, or that tenant.yaml's takes the place of.
  static let dmarcToday = Rule([.removedTags, .faultyDMARC, .lostTags]) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    for zone in input.knownZones {
      let records = zone.contents.texts(at: "_dmarc").compactMap { DMARCRecord(parsing: $0) }
      guard records.count == 1, let record = records.first else { continue }
      let span = zone.span("_dmarc", .txt)
      if let dmarc = zone.domain.dmarc {
        let lost = record.tags(lostBy: dmarc)
        guard !lost.isEmpty else { continue }
        let list = lost.joined(separator: "; ").excerpt(limit: 300)
        bag.add(
          Diagnostic(
            .lostTags, at: dmarc.policy.span,
            .init(ja: "今のDMARCの「\(list)」がなくなる", en: "\"\(list)\" of today's DMARC goes away"),
            help: .init(
              ja: "残すものは dmarc のキーに書く。ほかのタグはmgcの形にない",
              en: "write what should stay with the keys of dmarc; mgc writes no other tags"
            ),
            labels: [.init(span, .init(ja: "今のDMARC", en: "the DMARC of today"))]))
        continue
      }
      let removed = record.removedTags
      if !removed.isEmpty {
        let list = removed.joined(separator: ", ").excerpt()
        bag.add(
          Diagnostic(
            .removedTags, at: span,
            .init(
              ja: "DMARCの「\(list)」は規格からなくなった", en: "the standard no longer has \"\(list)\" of DMARC"
            ),
            help: .init(
              ja: "dmarc を書いてmgcに任せるか、ゾーンから消す",
              en: "leave the record to mgc by dmarc, or take it out of the zone"),
            labels: [.domain(zone.domain.name.span)]))
      }
      let faults = record.faults
      guard let first = faults.first else { continue }
      bag.add(
        Diagnostic(
          .faultyDMARC, at: span,
          .init(
            ja: "DMARCレコードに誤りがある: \(first.ja)", en: "the DMARC record has a fault: \(first.en)"),
          help: .init(
            ja: "dmarc を書いてmgcに任せるか、ゾーンのレコードを直す",
            en: "leave the record to mgc by dmarc, or correct it in the zone"),
          labels: [.domain(zone.domain.name.span)]))
    }
  }

  /// How strict the policy is, beside what was before and what is below.
  static let dmarcStages = Rule(
    [.jumpToReject, .subdomainPolicyIgnored, .weakSubdomains, .parkedDMARC, .startBeyondPolicy]
  ) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    let parents = ParentDomains(input.tenant)
    for domain in input.tenant.domains {
      guard let dmarc = domain.dmarc else { continue }
      let policy = dmarc.policy
      if let start = dmarc.stages?.start, start.value > policy.value {
        bag.add(
          Diagnostic(
            .startBeyondPolicy, at: start.span,
            .init(
              ja: "start の \(start.value.rawValue) は policy の \(policy.value.rawValue) より厳しい",
              en:
                "start \(start.value.rawValue) is stricter than the policy \(policy.value.rawValue)"
            ),
            help: .init(
              ja: "start は policy と同じか、それより緩いものにする",
              en: "start is the policy or a looser one"),
            labels: [.init(policy.span, .init(ja: "policy", en: "the policy"))]))
      }
      if let own = dmarc.subdomainPolicy {
        if let parent = parents.above(domain.name.value) {
          bag.add(
            Diagnostic(
              .subdomainPolicyIgnored, at: own.span,
              .init(
                ja: "「\(domain.name.value.unicode.excerpt())」はサブドメインで、subdomainPolicy は読まれない",
                en:
                  "\"\(domain.name.value.unicode.excerpt())\" is a subdomain, where sp is not read"),
              help: .init(
                ja: "上のドメインの dmarc に書く", en: "write it in the dmarc of the domain above"),
              labels: [.init(parent.name.span, .init(ja: "上のドメイン", en: "the domain above"))]))
        } else if own.value < policy.value {
          bag.add(
            Diagnostic(
              .weakSubdomains, at: own.span,
              .init(
                ja: "サブドメインの \(own.value.rawValue) は、ドメインの \(policy.value.rawValue) より緩い",
                en:
                  "\(own.value.rawValue) for subdomains is looser than the domain's \(policy.value.rawValue)"
              ),
              help: .init(
                ja: "送信に使うサブドメインを調べたら、消すか同じにする",
                en: "once it is known which subdomains send, remove it or make it the same"),
              labels: [.init(policy.span, .init(ja: "ドメインのポリシー", en: "the domain's policy"))]))
        }
      }
      if domain.role == .parked {
        guard policy.value < .reject else { continue }
        bag.add(
          Diagnostic(
            .parkedDMARC, at: policy.span,
            .init(
              ja: "メールに使わないドメインは p=reject にできる",
              en: "a domain without mail can have p=reject"),
            help: .init(ja: "policy: reject と書く", en: "write policy: reject"),
            labels: [
              .init(domain.name.span, .init(ja: "このドメインはparked", en: "this domain is parked"))
            ]))
      } else if let start = dmarc.stages?.start, start.value == .reject, policy.value == .reject,
        !domain.dkim.isEmpty, let zone = KnownZone(domain, input)
      {
        let records = zone.contents.texts(at: "_dmarc").compactMap { DMARCRecord(parsing: $0) }
        guard zone.knows("_dmarc", .txt), records.count < 2,
          (records.first?.policy ?? DMARCPolicy.none) == DMARCPolicy.none
        else { continue }
        bag.add(
          Diagnostic(
            .jumpToReject, at: start.span,
            .init(
              ja: records.isEmpty ? "DMARCのない今から、いきなり p=reject になる" : "p=none から、いきなり p=reject になる",
              en: records.isEmpty
                ? "p=reject would come at once where there is no DMARC today"
                : "p=reject would follow p=none at once"),
            help: .init(
              ja: "start を消し、none から1段階ずつ進める",
              en: "remove start, and go one stage at a time from none"),
            labels: records.isEmpty
              ? []
              : [
                .init(
                  zone.span("_dmarc", .txt), .init(ja: "今のDMARC", en: "the DMARC of today"))
              ]))
      }
    }
  }

  /// A domain that sends and has no DMARC, today or in tenant.yaml. What an unknown zone has is
  /// not known, which is a finding already.
  static let noDMARC = Rule([.noDMARC], judgesAbsence: true) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    let parents = ParentDomains(input.tenant)
    for domain in input.tenant.domains where domain.role != .parked && domain.dmarc == nil {
      guard let zone = KnownZone(domain, input), zone.knows("_dmarc", .txt) else { continue }
      if zone.contents.texts(at: "_dmarc").contains(where: { $0.lowercased().hasPrefix("v=dmarc1") }
      ) {
        continue
      }
      guard parents.above(domain.name.value) == nil else { continue }
      let name = domain.name.value.unicode.excerpt()
      bag.add(
        Diagnostic(
          .noDMARC, at: domain.name.span,
          .init(ja: "「\(name)」にDMARCの設定がない", en: "\"\(name)\" has no DMARC"),
          help: .init(
            ja: "dmarc: { policy: none, aggregateReports: [mailto:…] } と書く",
            en: "write dmarc: { policy: none, aggregateReports: [mailto:…] }")))
    }
  }
}

/// Which domains of the contract lie beneath others.
struct ParentDomains {
  private let domains: [String: TenantDomain]

  init(_ tenant: Tenant) {
    domains = Dictionary(
      tenant.domains.map { ($0.name.value.ascii, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The nearest domain of the contract above a name.
  func above(_ name: DomainName) -> TenantDomain? {
    var rest = name.ascii[...]
    while let dot = rest.firstIndex(of: ".") {
      rest = rest[rest.index(after: dot)...]
      if let domain = domains[String(rest)] { return domain }
    }
    return nil
  }
}

extension DMARCRecord {
  /// What the record says that tenant.yaml's does not, as tags. Not `t=y`: step 2 keeps it, and a
  /// stage of its own takes it away.
  fileprivate func tags(lostBy settings: DMARCSettings) -> [String] {
    var lost: [String] = []
    if let subdomainPolicy, settings.subdomainPolicy == nil,
      subdomainPolicy != settings.policy.value
    {
      lost.append("sp=" + subdomainPolicy.rawValue)
    }
    if let nonexistentPolicy, settings.nonexistentPolicy == nil {
      lost.append("np=" + nonexistentPolicy.rawValue)
    }
    if dkimAlignment == .strict, settings.dkimAlignment == nil { lost.append("adkim=s") }
    if spfAlignment == .strict, settings.spfAlignment == nil { lost.append("aspf=s") }
    let new = Set(settings.aggregateReports.map(\.value))
    lost += aggregateReports.filter { !new.contains($0) }.map { "rua=" + $0.description }
    let failures = Set(settings.failureReports.map(\.value))
    lost += failureReports.filter { !failures.contains($0) }.map { "ruf=" + $0.description }
    if !failureOptions.isEmpty, failureOptions != [.allFail] {
      lost.append("fo=" + failureOptions.map(\.rawValue).joined(separator: ":"))
    }
    return lost
  }

  fileprivate var removedTags: [String] {
    problems.compactMap { problem in
      switch problem {
      case .removedTag(let name): name
      case .badURI(_, _, .sizeLimit): "!size"
      default: nil
      }
    }
  }

  fileprivate var faults: [LocalizedText] {
    problems.compactMap { problem in
      switch problem {
      case .missingPolicy:
        .init(ja: "p がない(ゾーンファイルで ; が引用符の外にないか)", en: "there is no p; is a ; outside quotes?")
      case .policyNotFirst:
        .init(ja: "p が v=DMARC1 の次にない", en: "p does not come right after v=DMARC1")
      case .duplicateTag(let name):
        .init(ja: "\(name.excerpt()) が2つある", en: "\(name.excerpt()) stands twice")
      case .badValue(let tag, let value):
        .init(
          ja: "\(tag.excerpt()) の値「\(value.excerpt())」",
          en: "the value \"\(value.excerpt())\" of \(tag.excerpt())")
      case .notATag(let text):
        .init(ja: "「\(text.excerpt())」はタグではない", en: "\"\(text.excerpt())\" is not a tag")
      case .badURI(_, _, .sizeLimit), .removedTag, .unknownTag: nil
      case .badURI(let tag, let uri, .scheme):
        .init(
          ja: "\(tag.excerpt()) の「\(uri.excerpt())」に mailto: がない",
          en: "\"\(uri.excerpt())\" of \(tag.excerpt()) lacks mailto:")
      case .badURI(let tag, let uri, _):
        .init(
          ja: "\(tag.excerpt()) の宛先「\(uri.excerpt())」",
          en: "the address \"\(uri.excerpt())\" of \(tag.excerpt())")
      }
    }
  }
}
