internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Terms of the record to be that do harm, and removals that take nothing away.
  static let spfTerms = Rule([.spfPointer, .weakAll, .removesNothing, .longSPF]) { input, bag in
    for spf in input.domainsWithSPF {
      let name = spf.domain.name.value.unicode.excerpt()
      if let zone = spf.zone, spf.texts.isEmpty || spf.current != nil {
        let present = Set((spf.current?.terms ?? []).map(\.identity))
        for term in spf.domain.spf?.remove ?? [] where !present.contains(term.value.identity) {
          bag.add(
            Diagnostic(
              .removesNothing, at: term.span,
              .init(
                ja: "「\(term.value.description.excerpt())」は今のSPFにない",
                en: "\"\(term.value.description.excerpt())\" is not in the zone's SPF"),
              help: .init(
                ja: "書き間違いか、もう取り除かれている", en: "it was mistyped, or is gone already"),
              labels: spf.texts.isEmpty
                ? []
                : [
                  .init(zone.span("@", .txt), .init(ja: "今のSPFを含むTXT", en: "the TXT with the SPF"))
                ],
              fixes: [.remove(term.span, isSafe: false)]))
        }
      }
      guard let merged = spf.merged else { continue }
      let source = spf.texts.isEmpty ? spf.place : spf.zone?.span("@", .txt) ?? spf.place
      let senders = Dictionary(
        (spf.domain.spf?.senders ?? []).map { ($0.value.identity, $0.span) },
        uniquingKeysWith: { first, _ in first })
      for term in merged.terms {
        guard case .ptr = term.mechanism else { continue }
        let sender = senders[term.identity]
        bag.add(
          Diagnostic(
            .spfPointer, at: sender ?? source,
            .init(
              ja: "「\(name)」のSPFに「\(term.description.excerpt())」がある",
              en: "the SPF of \"\(name)\" has \"\(term.description.excerpt())\""),
            help: .init(
              ja: "ip4: か include: に置き換え、ptrは remove に書く",
              en: "use ip4: or include: instead, and name ptr in remove"),
            labels: sender == nil ? [.domain(spf.domain.name.span)] : []))
      }
      if let all = merged.all, all <= .neutral {
        bag.add(
          Diagnostic(
            .weakAll, at: spf.domain.spf?.all?.span ?? source,
            .init(
              ja: "「\(name)」のSPFは「\(all.rawValue)all」で終わり、なりすましを防がない",
              en: "the SPF of \"\(name)\" ends in \"\(all.rawValue)all\", which stops no spoofing"),
            help: .init(
              ja: "spf: { all: softfail } と書く", en: "write spf: { all: softfail }"),
            labels: [.domain(spf.domain.name.span)],
            fixes: (spf.domain.spf?.all).map {
              [.write("softfail", at: $0.span, isSafe: false)]
            } ?? []))
      }
      let length = merged.description.utf8.count
      if length > 450 {
        bag.add(
          Diagnostic(
            .longSPF, at: spf.place,
            .init(
              ja: "「\(name)」のSPFが\(length)バイトになる",
              en: "the SPF of \"\(name)\" comes to \(length) octets"),
            help: .init(
              ja: "使わない送信元を remove に書き、450バイトまでにする",
              en: "name senders that are gone in remove, down to 450 octets")))
      }
    }
  }
}

extension DiagnosticCode {
  static let spfPointer = DiagnosticCode(
    3017, .warning,
    title: .init(ja: "SPFのptr", en: "ptr in SPF"),
    explanation: .init(
      ja: "ptrは遅く、当てにならず、使わないよう規格が求めています。大きな受信側は読み飛ばします。ptr の代わりに ip4 や include で送信元を書きます。",
      en:
        "ptr is slow and unreliable; the standard says not to use it, and large receivers skip it. Name the senders by ip4 or include instead."
    ),
    example: "spf: { senders: [ptr] }", source: "RFC 7208 section 5.5")
  static let weakAll = DiagnosticCode(
    3018, .warning,
    title: .init(ja: "何も防がないall", en: "an all that stops nothing"),
    explanation: .init(
      ja: "+all は誰からの送信も認め、?all は何も言わないのと同じです。~all か -all にします。",
      en: "+all lets everybody send and ?all says nothing. Use ~all or -all."),
    example: "spf: { all: neutral }", source: "RFC 7208 section 8; article 360040491452")
  static let removesNothing = DiagnosticCode(
    3020, .warning,
    title: .init(ja: "取り除くものがない", en: "a removal of what is not there"),
    explanation: .init(
      ja: "remove に書いた項は、今のSPFにありません。include: まで含めて、ゾーンのとおりに書きます。",
      en:
        "A term of remove is not in the zone's SPF. Write it as the zone has it, include: and all."
    ),
    example: "spf: { remove: [include:old-sendr.example] }")
  static let longSPF = DiagnosticCode(
    3021, .warning,
    title: .init(ja: "長すぎるSPF", en: "a long SPF record"),
    explanation: .init(
      ja: "TXTの応答が512バイトを超えると、UDPで届かないことがあります。SPFは450バイトまでが目安です。",
      en:
        "An answer of more than 512 octets may not come through by UDP. An SPF record should keep to about 450."
    ),
    example: "spf: { senders: [ip4:198.51.100.1, …, ip4:198.51.100.40] }",
    source: "RFC 7208 section 3.4")
}
