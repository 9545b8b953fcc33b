internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// The MX that the zone has today, which mail depends on until the cutover and after a rollback.
  static let currentMX = Rule(
    [.mxAddress, .mxAlias, .nullMXBesideOthers, .mxNoAddress, .mxBadName]
  ) { input, bag in
    guard input.tenant.contract.includes(.inboundSecurity) else { return }
    for zone in input.knownZones {
      let span = zone.span("@", .mx)
      let labels: [Diagnostic.Label] = [.domain(zone.domain.name.span)]
      let data = zone.set("@", .mx)?.data ?? []
      for case .mx(_, let host) in data {
        let name = host.excerpt()
        if host == "." {
          guard data.count > 1 else { continue }
          bag.add(
            Diagnostic(
              .nullMXBesideOthers, at: span,
              .init(
                ja: "「MX 0 .」がほかのMXと並んでいる", en: "\"MX 0 .\" stands beside another MX"),
              help: .init(
                ja: "メールを受け取るなら「MX 0 .」を消す",
                en: "where mail is received, remove \"MX 0 .\""), labels: labels))
        } else if let address = zone.address(in: host) {
          bag.add(
            Diagnostic(
              .mxAddress, at: span,
              .init(
                ja: "MXがアドレス「\(address)」を指している", en: "the MX names the address \"\(address)\""),
              help: .init(
                ja: "アドレスを持つホスト名を指すようにする", en: "name a host that has the address"),
              labels: labels))
        } else {
          switch zone.host(host) {
          case .alias(let alias):
            bag.add(
              Diagnostic(
                .mxAlias, at: span,
                .init(ja: "MXの「\(name)」はCNAME", en: "\"\(name)\" of the MX is a CNAME"),
                help: .init(
                  ja: "CNAMEの先の名前を直接指すようにする", en: "name what the CNAME points at"),
                labels: labels + [.init(alias, .init(ja: "CNAMEはここ", en: "the CNAME"))]))
          case .nothing where zone.hasRepeated(host): break
          case .nothing:
            bag.add(
              Diagnostic(
                .mxNoAddress, at: span,
                .init(
                  ja: "MXの「\(name)」のアドレスがゾーンにない",
                  en: "the zone has no address for \"\(name)\" of the MX"),
                help: .init(
                  ja: "ゾーンの外のホストなら、名前の最後に . を付ける",
                  en: "if the host lies outside the zone, its name ends in a dot"), labels: labels))
          case .addresses, .elsewhere:
            guard host.utf8.contains(0x5F) else { continue }
            bag.add(
              Diagnostic(
                .mxBadName, at: span,
                .init(
                  ja: "MXの「\(name)」には、ホスト名に使えない _ がある",
                  en: "\"\(name)\" of the MX has a _, which no host name has"),
                help: .init(
                  ja: "_ のない名前のホストを指すようにする", en: "name a host without a _"),
                labels: labels))
          }
        }
      }
    }
  }

  /// The mail exchangers to be.
  static let gatewayMX = Rule([.gatewayHostUnusable, .duplicateExchanger]) { input, bag in
    let hosts = input.tenant.gateway.mx.map(\.host)
    for (again, first) in hosts.repetitions(of: \.value) {
      let name = again.value.ascii.excerpt()
      bag.add(
        Diagnostic(
          .duplicateExchanger, at: again.span,
          .init(ja: "MXのホスト「\(name)」が2回書かれている", en: "the host \"\(name)\" stands twice"),
          help: .init(ja: "一方を消す", en: "remove one of the two"), labels: [.first(first.span)],
          fixes: [.removeRepetition(again.span, of: first.span)]))
    }
    guard input.tenant.contract.includes(.inboundSecurity) else { return }
    let zones = input.knownZones
    for host in hosts {
      let name = host.value.ascii.excerpt()
      for zone in zones {
        switch zone.host(host.value.ascii + ".") {
        case .alias(let alias):
          bag.add(
            Diagnostic(
              .gatewayHostUnusable, at: host.span,
              .init(
                ja: "「\(name)」はCNAMEで、MXの先にできない",
                en: "\"\(name)\" is a CNAME, which an MX must not name"),
              help: .init(
                ja: "開通通知書のホスト名をそのまま書く", en: "write the host as the opening notice has it"),
              labels: [.init(alias, .init(ja: "CNAMEはここ", en: "the CNAME"))]))
        case .nothing:
          bag.add(
            Diagnostic(
              .gatewayHostUnusable, at: host.span,
              .init(
                ja: "「\(name)」のアドレスがゾーンにない", en: "the zone has no address for \"\(name)\""),
              help: .init(
                ja: "開通通知書のホスト名をそのまま書く", en: "write the host as the opening notice has it"),
              labels: [.init(zone.domain.name.span, .init(ja: "このゾーン", en: "this zone"))]))
        case .addresses, .elsewhere: break
        }
      }
    }
  }

  /// A policy of MTA-STS that senders remember does not know the new exchangers.
  static let mtaSTS = Rule([.mtaSTS]) { input, bag in
    guard input.tenant.contract.includes(.inboundSecurity) else { return }
    // What tenant.yaml takes over is in the plan.
    for zone in input.knownZones
    where zone.domain.role != .parked && zone.domain.mtaSTS == nil {
      let texts = zone.contents.texts(at: "_mta-sts")
      guard texts.contains(where: { $0.hasPrefix("v=STSv1") }) else { continue }
      let name = zone.domain.name.value.unicode.excerpt()
      bag.add(
        Diagnostic(
          .mtaSTS, at: zone.span("_mta-sts", .txt),
          .init(
            ja: "「\(name)」にはMTA-STSがあり、切替後のMXがポリシーにないとメールが届かない",
            en: "\"\(name)\" has MTA-STS, and mail is refused unless its policy names the new MX"),
          help: .init(
            ja: "ポリシーに新旧のMXを並べてidを変え、max_age を待ってから切り替える",
            en:
              "name the old and the new MX in the policy, change its id, and wait for max_age before the cutover"
          ), labels: [.domain(zone.domain.name.span)]))
    }
  }
}

extension KnownZone {
  /// What a zone knows about a host.
  enum Host {
    case addresses
    case alias(SourceSpan)
    /// The name lies in the zone, which has neither an address nor an alias for it.
    case nothing
    /// Outside the zone, delegated, or under a wildcard.
    case elsewhere
  }

  /// - Parameter name: absolute, with a trailing dot.
  func host(_ name: String) -> Host {
    guard let owner = OwnerName(parsing: name, zone: contents.origin) else { return .elsewhere }
    if set(owner.relative, .cname) != nil { return .alias(span(owner.relative, .cname)) }
    if set(owner.relative, .a) != nil || set(owner.relative, .aaaa) != nil { return .addresses }
    guard contents.isWhole else {
      // Who was asked for the very name has said what there is.
      let isKnown = [RecordType.a, .aaaa, .cname].allSatisfy { knows(owner.relative, $0) }
      return isKnown ? .nothing : .elsewhere
    }
    if owner.isApex { return .nothing }
    var labels = owner.relative.split(separator: ".")
    while !labels.isEmpty {
      if set(labels.joined(separator: "."), .ns) != nil { return .elsewhere }
      labels.removeFirst()
      let wildcard = OwnerName(
        zone: contents.origin, relative: (["*"] + labels).joined(separator: "."))
      if !contents.sets(owner: wildcard).isEmpty { return .elsewhere }
    }
    return .nothing
  }

  /// Whether the zone has the host under its own name twice over, which is a finding by itself.
  fileprivate func hasRepeated(_ host: String) -> Bool {
    let name = String(host.dropLast())
    return set(name, .a) != nil || set(name, .aaaa) != nil
  }

  /// The address that somebody wrote for a host, with or without a trailing dot.
  func address(in host: String) -> IPAddress? {
    let suffix = "." + contents.origin.ascii + "."
    let text = host.hasSuffix(suffix) ? host.dropLast(suffix.utf8.count) : host.dropLast()
    return IPAddress(parsing: String(text))
  }
}

extension DiagnosticCode {
  static let mxAddress = DiagnosticCode(
    3050, .error,
    title: .init(ja: "アドレスを指すMX", en: "an MX that names an address"),
    explanation: .init(
      ja: "MXの値はホスト名です。アドレスを書くと名前として読まれ、配送できません。ホスト名を書きます。",
      en:
        "An MX names a host. An address is read as a name, to which nothing can be delivered. Write the name of a host."
    ),
    example: "@ 3600 IN MX 10 192.0.2.1", source: "RFC 1035 section 3.3.9; RFC 5321 section 5.1")
  static let mxAlias = DiagnosticCode(
    3051, .error,
    title: .init(ja: "CNAMEを指すMX", en: "an MX that names a CNAME"),
    explanation: .init(
      ja: "MXの先はCNAMEであってはなりません。送信側によっては配送に失敗し、DANEも働きません。CNAMEの先のホスト名を書きます。",
      en:
        "An MX must not name a CNAME. Some senders fail to deliver, and DANE does not work. Write the host that the CNAME leads to."
    ),
    example: "@ 3600 IN MX 10 mail\nmail 3600 IN CNAME mx.hosting.example.",
    source: "RFC 2181 section 10.3; RFC 5321 section 5.1")
  static let nullMXBesideOthers = DiagnosticCode(
    3052, .error,
    title: .init(ja: "ほかのMXと並ぶ「MX 0 .」", en: "a null MX beside others"),
    explanation: .init(
      ja: "「MX 0 .」は、メールを受け取らないという宣言です。ほかのMXと並べることはできません。",
      en: "\"MX 0 .\" says that the domain takes no mail. It must be the only MX."),
    example: "@ 3600 IN MX 0 .\n@ 3600 IN MX 10 mx.hosting.example.",
    source: "RFC 7505 section 3")
  static let gatewayHostUnusable = DiagnosticCode(
    3053, .error,
    title: .init(ja: "MXの先にできないホスト", en: "a host that cannot be an MX"),
    explanation: .init(
      ja: "MXの先のホストには、AかAAAAのレコードが必要です。CNAMEは使えません。契約ドメインの中の名前なら、そのゾーンで確かめられます。",
      en:
        "The host of an MX needs an A or AAAA record and must not be a CNAME. A name within a domain of the contract can be looked for in its zone."
    ),
    example: "gateway: { mx: [{ host: mx1.kaede.example, preference: 10 }] }",
    source: "RFC 2181 section 10.3; RFC 5321 section 5.1")
  static let duplicateExchanger = DiagnosticCode(
    3054, .error,
    title: .init(ja: "2回書かれたMXのホスト", en: "an exchanger that stands twice"),
    explanation: .init(
      ja: "同じホストのMXを2つ置く理由はありません。別のホストの書き間違いのはずです。もう1台の名前を確かめるか、片方を消します。",
      en:
        "There is no use for two MX of one host; another host must have been meant. See what the other host is called, or remove one."
    ),
    example:
      "gateway: { mx: [{ host: mx1.gateway.example, preference: 10 }, { host: mx1.gateway.example, preference: 20 }] }",
    source: "RFC 5321 section 5.1")
  static let mxNoAddress = DiagnosticCode(
    3057, .warning,
    title: .init(ja: "アドレスのないMXのホスト", en: "an MX whose host has no address"),
    explanation: .init(
      ja: "名前の最後に . がないと、ゾーンの名前が後ろに付きます。ゾーンの外のホストを指したつもりが、存在しない名前になります。",
      en:
        "A name without a dot at its end gets the zone's name appended, so that a host elsewhere becomes one that does not exist."
    ),
    example: "@ 3600 IN MX 10 mx.hosting.example", source: "RFC 1035 section 5.1")
  static let mxBadName = DiagnosticCode(
    3058, .warning,
    title: .init(ja: "ホスト名でないMXの先", en: "an MX whose target is no host name"),
    explanation: .init(
      ja: "ホスト名に使えるのは英数字とハイフンです。_ のある名前をMXの先にすると、送信側やネームサーバーによっては受け付けません。",
      en:
        "Host names have letters, digits and hyphens. Some senders and name servers refuse an MX that names one with a _."
    ),
    example: "@ 3600 IN MX 10 mx_1.hosting.example.",
    source: "RFC 1123 section 2.1; RFC 5321 section 2.3.5")
  static let mtaSTS = DiagnosticCode(
    3060, .warning,
    title: .init(ja: "MX切替とMTA-STS", en: "a cutover under MTA-STS"),
    explanation: .init(
      ja:
        "MTA-STSのポリシーを覚えている送信側は、ポリシーにないMXへは配送しません。覚えている長さは max_age で、TTLより長いのが普通です。",
      en:
        "Senders that remember an MTA-STS policy deliver to no MX that it does not name. They remember it for max_age, usually longer than any TTL."
    ),
    example: #"_mta-sts 3600 IN TXT "v=STSv1; id=20260101;""#, source: "RFC 8461 section 8")
}
