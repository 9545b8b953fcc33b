internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Records that were meant to be read and are not: wrong beginnings, types and places.
  static let misplacedRecords = Rule(
    [.obsoleteSPFType, .almostSPF, .misplacedRecord, .repeatedOrigin, .subdomainWithoutSPF]
  ) { input, bag in
    let declared = Set(input.tenant.domains.map(\.name.value.ascii))
    let outbound = input.tenant.contract.includes(.leakPrevention)
    for zone in input.knownZones {
      zone.judgeNames(declared, outbound: outbound, into: &bag)
      guard outbound else { continue }
      let labels: [Diagnostic.Label] = [.domain(zone.domain.name.span)]
      if zone.set("@", .other("SPF")) != nil {
        bag.add(
          Diagnostic(
            .obsoleteSPFType, at: zone.span("@", .other("SPF")),
            .init(
              ja: "種別SPFのレコードは、もう読まれない", en: "records of the type SPF are no longer read"),
            help: .init(
              ja: "同じ内容がTXTにあれば消す", en: "remove it once a TXT record has the same"), labels: labels)
        )
      }
      let texts = zone.contents.texts(at: "@")
      if let text = texts.first(where: \.isAlmostSPF) {
        bag.add(
          Diagnostic(
            .almostSPF, at: zone.span("@", .txt),
            .init(
              ja: "「\(text.excerpt())」はSPFのつもりでも、SPFとして読まれない",
              en: "\"\(text.excerpt())\" may be meant as SPF, and is not read as such"),
            help: .init(
              ja: "先頭を v=spf1 と空白1つにする", en: "let it begin with v=spf1 and one blank"),
            labels: labels))
      }
      if texts.contains(where: { $0.lowercased().hasPrefix("v=dmarc1") }) {
        bag.add(.misplaced("DMARC", zone.span("@", .txt), at: "_dmarc", labels))
      }
      if zone.contents.texts(at: "_dmarc").contains(where: SPFRecord.isSPF) {
        bag.add(.misplaced("SPF", zone.span("_dmarc", .txt), at: "@", labels))
      }
    }
  }
}

extension KnownZone {
  /// One pass over the owners.
  fileprivate func judgeNames(
    _ declared: Set<String>, outbound: Bool, into bag: inout DiagnosticBag
  ) {
    let suffix = "." + contents.origin.ascii
    var repeated: [RecordSet] = []
    var senders: [RecordSet] = []
    for set in contents.sets where !set.owner.isApex {
      let relative = set.owner.relative
      if relative.hasSuffix(suffix) || relative == contents.origin.ascii {
        repeated.append(set)
      } else if outbound, set.type == .mx, domain.role != .parked, relative.utf8.first != 0x2A,
        !declared.contains(relative + suffix), !set.data.contains(.mx(preference: 0, host: ".")),
        knows(relative, .txt), !self.set(relative, .txt).hasSPF
      {
        senders.append(set)
      }
    }
    let labels: [Diagnostic.Label] = [.domain(domain.name.span)]
    if let first = repeated.first {
      let owner = first.owner.relative.excerpt()
      bag.add(
        Diagnostic(
          .repeatedOrigin, at: span(first.owner.relative, first.type),
          .init(
            ja: "「\(owner)」のあとにもう一度「\(contents.origin.unicode.excerpt())」が付く",
            en: "\"\(owner)\" gets \"\(contents.origin.unicode.excerpt())\" appended once more"),
          help: .init(
            ja: "名前の最後に . を付けるか、ドメインを消す"
              + (repeated.count > 1 ? "(ほかに\(repeated.count - 1)件)" : ""),
            en: "end the name in a dot, or leave the domain out"
              + (repeated.count > 1 ? " (and \(repeated.count - 1) more)" : "")), labels: labels))
    }
    if let first = senders.first {
      let names = senders.prefix(5).map { $0.owner.relative.excerpt() }
      bag.add(
        Diagnostic(
          .subdomainWithoutSPF, at: span(first.owner.relative, .mx),
          .init(
            ja: "MXのあるサブドメインにSPFがない: " + names.joined(separator: "、"),
            en: "a subdomain has an MX and no SPF: " + names.joined(separator: ", ")),
          help: .init(
            ja: "送信に使うなら、domains に加えるか、ゾーンにSPFを書く",
            en: "if mail is sent from there, add it to domains, or write its SPF in the zone"),
          labels: labels))
    }
  }
}

extension RecordSet? {
  fileprivate var hasSPF: Bool {
    self?.data.contains { datum in
      if case .txt(let value) = datum { SPFRecord.isSPF(value.text) } else { false }
    } ?? false
  }
}

extension String {
  /// Whether somebody must have meant SPF: a blank or quote before it, no blank after it, or a
  /// missing `v=`.
  fileprivate var isAlmostSPF: Bool {
    guard !SPFRecord.isSPF(self) else { return false }
    let head = prefix(24).lowercased().drop { " \t\"'".contains($0) }
    return head.hasPrefix("v=spf1") || head.hasPrefix("v = spf1") || head.hasPrefix("spf1 ")
      || head.hasPrefix("v=sfp1")
  }
}

extension Diagnostic {
  fileprivate static func misplaced(
    _ kind: String, _ span: SourceSpan, at place: String, _ labels: [Label]
  ) -> Diagnostic {
    Diagnostic(
      .misplacedRecord, at: span,
      .init(
        ja: "\(kind)のレコードがここにあっても読まれない", en: "nobody looks for \(kind) at this name"),
      help: .init(ja: "\(place) に移す", en: "move it to \(place)"), labels: labels)
  }
}

extension DiagnosticCode {
  static let subdomainWithoutSPF = DiagnosticCode(
    3027, .note,
    title: .init(ja: "SPFのないサブドメイン", en: "a subdomain without SPF"),
    explanation: .init(
      ja: "SPFはサブドメインに引き継がれません。サブドメインの名前で送るメールには、その名前のSPFが要ります。MXがあるので、メールに使っている恐れがあります。",
      en:
        "SPF is not inherited by subdomains: mail from a subdomain needs a record of its own. As there is an MX, mail may be sent from it too."
    ),
    example: "news 3600 IN MX 10 mx.hosting.example.", source: "RFC 7208 section 3.1")
  static let obsoleteSPFType = DiagnosticCode(
    3037, .note,
    title: .init(ja: "廃止された種別SPF", en: "the obsolete record type SPF"),
    explanation: .init(
      ja: "SPFは種別TXTで公開します。種別SPF(99)は2014年に廃止され、読まれません。古い内容が残ると、直したつもりで直っていないことの原因になります。",
      en:
        "SPF is published as TXT. The type SPF (99) was given up in 2014 and is not read; an old copy there only misleads who looks after the zone."
    ),
    example: #"@ 3600 IN SPF "v=spf1 mx ~all""#, source: "RFC 7208 section 3.1")
  static let almostSPF = DiagnosticCode(
    3038, .warning,
    title: .init(ja: "SPFになっていないTXT", en: "a TXT that just misses being SPF"),
    explanation: .init(
      ja:
        "SPFレコードは v=spf1 で始まり、そのあとに空白が続きます。先頭に空白や引用符があったり、空白がなかったりすると、SPFがないものとして扱われます。mgcも合成に使いません。",
      en:
        "An SPF record begins with v=spf1 and a blank. With a blank or quote before it, or no blank after it, there is no SPF for receivers, nor for mgc to merge."
    ),
    example: #"@ 3600 IN TXT " v=spf1 mx ~all""#, source: "RFC 7208 section 4.5")
  static let misplacedRecord = DiagnosticCode(
    3049, .warning,
    title: .init(ja: "置き場所の違うレコード", en: "a record at the wrong name"),
    explanation: .init(
      ja: "SPFはドメインそのものの名前に、DMARCは _dmarc に置きます。違う名前に置いたレコードは誰も読まず、設定したつもりで働いていません。",
      en:
        "SPF stands at the domain itself, DMARC at _dmarc. A record at another name is read by nobody, however right it looks."
    ),
    example: #"@ 3600 IN TXT "v=DMARC1; p=reject""#,
    source: "RFC 9989 section 4.10; RFC 7208 section 3")
  static let repeatedOrigin = DiagnosticCode(
    3059, .warning,
    title: .init(ja: "ドメインが2回付いた名前", en: "a name that has the domain twice"),
    explanation: .init(
      ja:
        "ゾーンファイルでは、最後に . のない名前の後ろにゾーンの名前が付きます。DNSの管理画面がドメインを自動で付けることもあります。_dmarc.kaede.example.kaede.example のような名前は誰も引きません。",
      en:
        "In a zone file a name without a dot at its end gets the zone's name appended, and many DNS panels append it too. Nobody asks for a name like _dmarc.kaede.example.kaede.example."
    ),
    example: #"_dmarc.kaede.example 3600 IN TXT "v=DMARC1; p=none""#, source: "RFC 1035 section 5.1"
  )
}
