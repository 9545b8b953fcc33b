internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// A snapshot that `zone` names has to speak of the domain.
  static let snapshotZone = Rule([.domainNotRecorded]) { input, bag in
    for domain in input.tenant.domains {
      guard let zone = domain.zone, case .snapshot = zone.value,
        input.recordings[domain.name.value] != nil, input.zones[domain.name.value] == nil
      else { continue }
      let name = domain.name.value.unicode.excerpt()
      bag.add(
        Diagnostic(
          .domainNotRecorded, at: zone.span,
          .init(
            ja: "このsnapshotには「\(name)」への答えがない",
            en: "this snapshot has no answers for \"\(name)\""),
          help: .init(
            ja: "mgc verify --record で、DNSの今の答えを記録する",
            en: "record what the DNS says today by mgc verify --record")))
    }
  }

  /// How long ago the snapshot was recorded.
  static let snapshotAge = Rule([.oldSnapshot]) { input, bag in
    var seen: Set<SourceSpan> = []
    for domain in input.tenant.domains {
      guard let recorded = input.recordings[domain.name.value] else { continue }
      let age = input.now.seconds - recorded.value.seconds
      let days = oldAfterDays
      guard age > days * 86400 || age < -86400, seen.insert(recorded.span).inserted else {
        continue
      }
      bag.add(
        Diagnostic(
          .oldSnapshot, at: recorded.span,
          age < 0
            ? .init(
              ja: "snapshotの記録日時 \(recorded.value) が、今より先",
              en:
                "the snapshot says that it was recorded at \(recorded.value), which is still to come"
            )
            : .init(
              ja: "snapshotの記録から\(age / 86400)日たっている",
              en: "the snapshot was recorded \(age / 86400) days ago"),
          help: .init(
            ja: "mgc verify --record で記録し直す", en: "record it anew by mgc verify --record"),
          labels: domain.zone.map {
            [.init($0.span, .init(ja: "このzone", en: "named by this zone"))]
          } ?? []))
    }
  }

  /// What a change needs and the snapshot does not say.
  static let snapshotGaps = Rule([.unknownSet]) { input, bag in
    let contract = input.tenant.contract
    for zone in input.knownZones where !zone.contents.isWhole {
      var needed: [(String, RecordType)] = []
      let domain = zone.domain
      if contract.includes(.leakPrevention) {
        needed.append(("@", .txt))
        if domain.role != .parked {
          needed += domain.dkim.map { ($0.selector.value.text + "._domainkey", .txt) }
        }
        if domain.dmarc != nil { needed.append(("_dmarc", .txt)) }
        if !domain.tlsReports.isEmpty { needed.append(("_smtp._tls", .txt)) }
      }
      if contract.includes(.inboundSecurity), domain.role != .parked {
        needed.append(("@", .mx))
        if domain.mtaSTS != nil { needed.append((MTASTSRecord.owner, .txt)) }
      }
      for (relative, type) in needed where !zone.knows(relative, type) {
        let owner = OwnerName(zone: zone.contents.origin, relative: relative).absolute.excerpt()
        bag.add(
          Diagnostic(
            .unknownSet, at: zone.span(relative, type),
            .init(
              ja: "「\(owner)」の\(type)がどうなっているかが、snapshotからは分からない",
              en: "the snapshot does not say what \(type) \"\(owner)\" has"),
            help: .init(
              ja: "ネームサーバーが答えるようになってから、mgc verify --record で記録し直す",
              en: "record it anew by mgc verify --record once the name servers answer"),
            labels: [.domain(domain.name.span)]))
      }
    }
  }

  /// mgc's own choice: the TTL of an MX is lowered ten days ahead, so what is older than a week is
  /// from before the last step.
  private static let oldAfterDays = 7
}

extension DiagnosticCode {
  static let domainNotRecorded = DiagnosticCode(
    3102, .error,
    title: .init(ja: "snapshotにないドメイン", en: "a domain that the snapshot does not have"),
    explanation: .init(
      ja:
        "ドメインについて何も尋ねていないsnapshotでは、今のSPFやMXが分かりません。ないものとして進めると、今のレコードを消すことになります。記録してから進めます。",
      en:
        "A snapshot in which nothing was asked about the domain does not say what its SPF and MX are today. To take that for nothing would be to remove them. Record it first."
    ),
    example: "domains: [{ name: kaede-shop.example, zone: { snapshot: dns/snapshot.json } }]")
  static let oldSnapshot = DiagnosticCode(
    3103, .warning,
    title: .init(ja: "古いsnapshot", en: "an old snapshot"),
    explanation: .init(
      ja:
        "記録してから7日を過ぎると、その間に誰かがDNSを変えたかもしれません。古い記録から作った変更は、その人の変更を取り消すことがあります。7日はmgcの目安です。",
      en:
        "After seven days somebody may have changed the DNS. A change that is made from an old record can undo what they did. Seven days are mgc's own choice."
    ),
    example: #"{ "format_version": 1, "recorded": "2026-01-05T09:00:00+09:00", "answers": [] }"#)
  static let unknownSet = DiagnosticCode(
    3104, .warning,
    title: .init(ja: "snapshotから分からないレコード", en: "records that the snapshot does not tell of"),
    explanation: .init(
      ja:
        "尋ねていないか、答えが得られなかったか、権威サーバーどうしで答えが違いました。ないとは限らないので、mgcはその名前にあるものを変更の前に人が確かめるものとして扱います。",
      en:
        "It was not asked, no answer came, or the authoritative servers differ. That does not mean that there is nothing, so mgc leaves it to people to look before they change it."
    ),
    example: #"{ "name": "_dmarc.kaede.example", "type": "TXT", "answer": "failure" }"#)
}
