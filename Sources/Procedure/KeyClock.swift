internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

/// When the stages of a change of DKIM keys may happen: publish, wait, sign, wait, remove.
struct KeyClock {
  /// Caches keep records for a day whatever their TTL says: mgc's own advice, in seconds.
  private static let leastWait = 86400

  private let first: Timestamp?
  private let last: Timestamp?
  /// Whether signing changes in a domain at a time that nobody said.
  private let isOpen: Bool
  private let isPublished: Bool
  private let wait: Int
  private let isWaitKnown: Bool

  init(_ procedure: Procedure) {
    let retirements = procedure.domains.compactMap(\.keyRetirement)
    let times = retirements.compactMap(\.changesAt)
    first = times.min()
    last = times.max()
    isOpen = times.count < retirements.count
    isPublished = retirements.allSatisfy(\.isPublished)
    let waits = retirements.map { $0.publicationWait.map { Int($0.seconds) } }
    wait = max(waits.compactMap { $0 }.max() ?? 0, Self.leastWait)
    isWaitKnown = !waits.contains { $0 == nil }
  }

  /// Nil where the phase is another one, or nobody said when signing changes.
  func window(of kind: Phase.Kind) -> Plan.Window? {
    guard let first, let last else { return nil }
    switch kind {
    case .senderAuthentication where !isPublished:
      return .init(
        notBefore: nil, notAfter: first.adding(seconds: -wait),
        reason: isWaitKnown
          ? .init(
            ja: "署名に使う前に、新しい鍵が行き渡るまで待つ",
            en: "before it signs, the new key must have reached all resolvers")
          : .init(
            ja: "署名に使う前に、新しい鍵が行き渡るまで待つ。ゾーンのネガティブTTLが24時間より長ければ、その時間だけ前に",
            en:
              "before it signs, the new key must have reached all resolvers; where the negative TTL of the zone is more than 24 hours, by so much earlier"
          ))
    case .changeSigning:
      return .init(
        notBefore: first, notAfter: nil, reason: .init(ja: "希望日時", en: "the wished-for time"))
    case .retireKey:
      let days = KeyRetirement.daysKept
      let open: LocalizedText =
        isOpen
        ? .init(
          ja: "。日時未定のドメインは、その切替から数える",
          en: "; for a domain without a date, count from its own change") : .init(both: "")
      return .init(
        notBefore: last.adding(seconds: days * 86400), notAfter: nil,
        reason: .init(
          ja:
            "古い鍵で署名したメールが、配送中や未読のまま残らなくなってから。\(days)日はmgcの目安で、提供元の案内ではない\(open.ja)",
          en:
            "when no mail that the old key signed is on its way or waits to be read; \(days) days are mgc's own advice, not the vendor's\(open.en)"
        ))
    default: return nil
    }
  }
}
