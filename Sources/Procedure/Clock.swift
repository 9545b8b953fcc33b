internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

/// When things may happen, by the wished-for cutover and the TTL of today.
struct Clock {
  private let cutover: Timestamp?
  /// The longest TTL of today's MX, in seconds; nil where no zone is known.
  private let oldTTL: Int?

  init(_ procedure: Procedure) {
    cutover = procedure.cutover?.value
    oldTTL = procedure.domains.compactMap(\.currentTTL).max().map { Int($0.seconds) }
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
    guard let cutover else { return nil }
    switch kind {
    case .addressNotice:
      let days = Catalogue.addressNoticeDays.value
      return .init(
        notBefore: nil, notAfter: cutover.adding(seconds: -days * 86400),
        reason: .init(ja: "変更の1か月前まで", en: "a month before the change"))
    case .ttl:
      let days = Catalogue.ttlLeadDays.value
      let wait = max(days * 86400, oldTTL ?? 0)
      return .init(
        notBefore: nil, notAfter: cutover.adding(seconds: -wait),
        reason: .init(
          ja: "切替の約\(days)日前まで。古いTTLが切れるまで待つ",
          en: "about \(days) days before the cutover; the old TTL must have passed"))
    case .administratorLogin, .signIn, .userLogin, .connect, .settings, .startInbound:
      return .init(
        notBefore: nil, notAfter: cutover,
        reason: .init(
          ja: "利用者の取り込みと接続は切替より前",
          en: "users are imported and servers connected before the cutover"))
    case .cutover:
      return .init(
        notBefore: cutover, notAfter: nil, reason: .init(ja: "希望日時", en: "the wished-for time"))
    case .lockdown, .restoreTTL:
      return .init(
        notBefore: cutover.adding(seconds: Catalogue.loweredTTL.value), notAfter: nil,
        reason: .init(
          ja: "切替を確かめ、下げたTTLが過ぎてから",
          en: "after the cutover has been seen and the lowered TTL has passed"))
    case .senderAuthentication, .startOutbound, .deliveryTarget, .nextPolicy: return nil
    }
  }
}
