internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

/// When things may happen, by the wished-for cutovers and the TTLs of today.
struct Clock {
  /// Caches keep records for a day whatever their TTL says: mgc's own advice, in seconds.
  private static let leastWait = 86400
  /// How long a lockdown is watched before the TTL rises: mgc's own advice, in days.
  private static let watchedDays = 3

  /// The earliest cutover, before which all is ready.
  private let first: Timestamp?
  /// The latest cutover, after which nothing may arrive by the old way.
  private let last: Timestamp?
  /// Whether a domain that moves has no date yet.
  private let isOpen: Bool
  /// The longest TTL of the MX before step 4, in seconds, as far as anyone knows.
  private let oldTTL: Int
  private let areTTLsKnown: Bool
  private let keys: KeyClock
  /// How long senders may hold the cutover against a policy of MTA-STS of today, in seconds.
  private let policyAge: Int
  private let arePoliciesKnown: Bool

  init(_ procedure: Procedure) {
    first = procedure.cutover?.value
    let moving = procedure.movingDomains
    last = moving.compactMap { $0.domain.cutover?.value }.max()
    isOpen = moving.contains { $0.domain.cutover == nil }
    // What step 8 restores is the TTL of before, where today's has been lowered already.
    oldTTL =
      moving.flatMap { domain in
        domain.areExchangersKnown ? [domain.currentTTL, domain.oldTTL] : [domain.oldTTL]
      }.compactMap { $0 }.max().map { Int($0.seconds) } ?? 0
    areTTLsKnown = moving.allSatisfy { $0.areExchangersKnown || $0.oldTTL != nil }
    keys = KeyClock(procedure)
    let policies = moving.compactMap(\.transportPolicy)
    // Where nobody knows it, what tenant.yaml says of the next one is the best guess.
    policyAge =
      policies.map { $0.heldFor ?? ($0.before ?? $0.after)?.policy.maximumAge ?? 0 }.max() ?? 0
    arePoliciesKnown = policies.allSatisfy { $0.heldFor != nil }
  }

  func window(of step: Step) -> Plan.Window? {
    switch step {
    case .login, .mailServer, .settings: window(of: Phase.Kind.settings)
    case .ttl: window(of: Phase.Kind.ttl)
    case .mxCutover: window(of: Phase.Kind.cutover)
    case .afterwards: window(of: Phase.Kind.lockdown)
    case .senderAuthentication, .deliveryTarget: nil
    }
  }

  func window(of kind: Phase.Kind) -> Plan.Window? {
    if let window = keys.window(of: kind) { return window }
    guard let first, let last else { return nil }
    switch kind {
    case .ttl:
      let days = Catalogue.ttlLeadDays.value
      return .init(
        notBefore: nil, notAfter: first.adding(seconds: -max(days * 86400, oldTTL)),
        reason: .init(
          ja: "切替の約\(days)日前まで。古いTTLが切れるまで待つ",
          en: "about \(days) days before the cutover; the old TTL must have passed"))
    case .transportPolicyBefore:
      return .init(
        notBefore: nil, notAfter: first.adding(seconds: -policyAge),
        reason: beforehand(
          ja: "送信側が今のポリシーを忘れるまで待つ",
          en: "senders must have forgotten the policy of today"))
    case .administratorLogin, .signIn, .accounts, .userLogin, .connect, .settings, .startInbound,
      .endPilot:
      return .init(
        notBefore: nil, notAfter: first,
        reason: .init(
          ja: "利用者の登録と接続は切替より前",
          en: "users are registered and servers connected before the cutover"))
    case .cutover:
      return .init(
        notBefore: first, notAfter: nil, reason: .init(ja: "希望日時", en: "the wished-for time"))
    case .laterSettings:
      return .init(
        notBefore: first, notAfter: nil,
        reason: .init(
          ja: "運用開始後、届くスパムに応じて", en: "after the start, by the spam that arrives"))
    case .lockdown:
      return .init(
        notBefore: last.adding(seconds: max(oldTTL, Self.leastWait)), notAfter: nil,
        reason: afterwards(
          ja: "切替から24時間と下げる前のTTLのうち長い方が過ぎ、切替を確かめてから",
          en: "when 24 hours and the TTL of before have passed, and the cutover has been seen"))
    case .transportPolicyAfter:
      return .init(
        notBefore: last.adding(seconds: max(oldTTL, Self.leastWait)), notAfter: nil,
        reason: afterwards(
          ja: "古いMXを覚えているキャッシュがなくなってから",
          en: "when no cache remembers the old MX any more"))
    case .restoreTTL:
      let wait = max(oldTTL, Self.watchedDays * 86400)
      return .init(
        notBefore: last.adding(seconds: wait), notAfter: nil,
        reason: afterwards(
          ja: "切替の後、数日問題がないことを見てから。\(Self.watchedDays)日はmgcの目安で、提供元の案内ではない",
          en:
            "some days after the cutover without trouble; \(Self.watchedDays) days are mgc's own advice, not the vendor's"
        ))
    case .addressNotice:
      let days = Catalogue.addressNoticeDays.value
      return .init(
        notBefore: nil, notAfter: first.adding(seconds: -days * 86400),
        reason: .init(
          ja: "使い始める1か月前まで。送信の経路をMXの切替より先に変えるなら、その1か月前まで",
          en:
            "a month before they are in use; where the outbound route changes before the MX, a month before that"
        ))
    case .reportAuthorization, .senderAuthentication, .startOutbound, .archive, .deliveryTarget,
      .changeSigning, .retireKey, .dmarc:
      return nil
    }
  }

  private func beforehand(ja: String, en: String) -> LocalizedText {
    arePoliciesKnown
      ? .init(ja: ja, en: en)
      : .init(
        ja: ja + "。今のポリシーの max_age がこれより長ければ、その時間だけ前に",
        en: en + "; where its max_age is longer than this, by so much earlier")
  }

  private func afterwards(ja: String, en: String) -> LocalizedText {
    var reason = (ja: ja, en: en)
    if !areTTLsKnown {
      reason.ja += "。下げる前のTTLが長い場合はその時間も待つ"
      reason.en += "; where the TTL was longer before it was lowered, wait for that too"
    }
    if isOpen {
      reason.ja += "。日時未定のドメインは、その切替から数える"
      reason.en += "; for a domain without a date, count from its own cutover"
    }
    return .init(ja: reason.ja, en: reason.en)
  }
}
