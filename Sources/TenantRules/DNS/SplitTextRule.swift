internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// The strings of a TXT record are joined without a blank, so terms must not meet at an end.
  static let splitSPF = Rule([.splitSPF]) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    for zone in input.knownZones {
      for case .txt(let value) in zone.set("@", .txt)?.data ?? [] where SPFRecord.isSPF(value.text)
      {
        guard let joint = value.joints.first(where: \.losesBlank) else { continue }
        let (left, right) = (joint.left.excerpt(), joint.right.excerpt())
        bag.add(
          Diagnostic(
            .splitSPF, at: zone.span("@", .txt),
            .init(
              ja: "SPFの文字列「\(left)」と「\(right)」が、間の空白なしにつながる",
              en: "the strings \"\(left)\" and \"\(right)\" of SPF are joined without a blank"),
            help: .init(
              ja: "前の文字列の最後か、次の文字列の最初に空白を入れる",
              en: "end the first string or begin the second with a blank"),
            labels: [.domain(zone.domain.name.span)]))
      }
    }
  }

  /// A domain without mail that takes mail all the same.
  static let parkedMX = Rule([.parkedMX]) { input, bag in
    for zone in input.knownZones where zone.domain.role == .parked {
      let hosts = (zone.set("@", .mx)?.data ?? []).filter { datum in
        if case .mx(_, let host) = datum { host != "." } else { false }
      }
      guard let first = hosts.first else { continue }
      let name = zone.domain.name.value.unicode.excerpt()
      bag.add(
        Diagnostic(
          .parkedMX, at: zone.span("@", .mx),
          .init(
            ja: "メールに使わない「\(name)」に、MX「\(first.presentation.excerpt())」がある",
            en: "\"\(name)\", a domain without mail, has the MX \"\(first.presentation.excerpt())\""
          ),
          help: .init(
            ja: "受け取らないなら「MX 0 .」だけにする。受け取るなら role を mail か alias にする",
            en: "make it \"MX 0 .\" alone; or, where mail is received, the role mail or alias"),
          labels: [.domain(zone.domain.name.span)]))
    }
  }
}

extension TXTValue {
  /// Two strings that touch.
  fileprivate struct Joint {
    let left: String
    let right: String

    /// Whether the second begins with a term that the first does not end before.
    var losesBlank: Bool {
      guard let last = left.utf8.last, last != 0x20 else { return false }
      var term = right.lowercased()[...]
      if let first = term.first, "+-~?".contains(first) { term = term.dropFirst() }
      let starts = [
        "include:", "ip4:", "ip6:", "exists:", "redirect=", "exp=", "a:", "mx:", "ptr:",
      ]
      return starts.contains { term.hasPrefix($0) }
        || ["all", "a", "mx"].contains(term.prefix { $0 != " " && $0 != "/" })
    }
  }

  fileprivate var joints: [Joint] {
    zip(strings, strings.dropFirst()).map { Joint(left: $0, right: $1) }
  }
}

extension DiagnosticCode {
  static let splitSPF = DiagnosticCode(
    3161, .warning,
    title: .init(ja: "空白なしにつながるSPFの文字列", en: "strings of SPF that are joined without a blank"),
    explanation: .init(
      ja:
        "TXTの複数の文字列は、間に何も入れずにつなげて読まれます。項の境目で分けるときは、どちらかに空白が要ります。ないと2つの項が1つの別の項になります。",
      en:
        "The strings of a TXT record are read as one, with nothing between them. Where they are split between terms, one of them needs the blank; without it two terms become another one."
    ),
    example: #"@ 3600 IN TXT "v=spf1 include:a.example" "include:b.example -all""#,
    source: "RFC 7208 section 3.3")
  static let parkedMX = DiagnosticCode(
    3162, .note,
    title: .init(ja: "MXのある、メールに使わないドメイン", en: "a domain without mail that has an MX"),
    explanation: .init(
      ja:
        "parked のドメインのMXをmgcは変えません。MXが残っていると、そのドメイン宛のメールはMailGatesを通らずに届きます。受け取らないことは「MX 0 .」で宣言できます。",
      en:
        "mgc leaves the MX of a parked domain alone. While there is one, mail to the domain arrives without MailGates. \"MX 0 .\" says that the domain takes no mail."
    ),
    example: "@ 3600 IN MX 10 mx.hosting.example.", source: "RFC 7505 section 3")
}
