internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// The policy of MTA-STS that tenant.yaml asks for, and the one that is served today.
  static let transportPolicy = Rule([
    .shortPolicyAge, .policyWithoutExchanger, .enforceWithoutReports, .enforceAtOnce,
    .unknownCurrentPolicy,
  ]) { input, bag in
    for use in input.transportPolicies {
      if let finding = use.shortAge { bag.add(finding) }
      if let finding = use.uncovered { bag.add(finding) }
      if let finding = use.unreported { bag.add(finding) }
      if let finding = use.hasty { bag.add(finding) }
      if let finding = use.unknownCurrent { bag.add(finding) }
    }
  }

  /// Whether senders have forgotten the policy of today when the MX changes.
  static let transportPolicyTime = Rule([.cutoverUnderPolicy]) { input, bag in
    for use in input.transportPolicies {
      guard let cutover = use.domain.cutover, let current = use.current, let policy = use.policy,
        policy.mode == .enforce, !use.isNewCovered
      else { continue }
      let left = cutover.value.seconds - input.now.seconds
      guard left >= 0, left < policy.maximumAge else { continue }
      bag.add(
        Diagnostic(
          .cutoverUnderPolicy, at: cutover.span,
          .init(
            ja: "切替まで、今のMTA-STSのポリシーの max_age \(policy.maximumAge)秒より短い",
            en:
              "the cutover is nearer than the max_age of the MTA-STS policy of today, \(policy.maximumAge) seconds"
          ),
          help: .init(
            ja: "新しいMXを加えたポリシーを公開してから\(policy.maximumAge)秒が過ぎた日時にする",
            en:
              "choose a time \(policy.maximumAge) seconds after the policy with the new MX is served"
          ), labels: [.init(current.span, .init(ja: "今のポリシー", en: "the policy of today"))]))
    }
  }
}

extension RuleInput {
  /// The domains whose policy changes with the MX.
  fileprivate var transportPolicies: [PolicyUse] {
    guard tenant.contract.includes(.inboundSecurity) else { return [] }
    return tenant.domains.compactMap { domain in
      guard domain.role != .parked, let settings = domain.mtaSTS else { return nil }
      return PolicyUse(domain: domain, settings: settings, input: self)
    }
  }
}

/// What is known of one domain's policy.
private struct PolicyUse {
  let domain: TenantDomain
  let settings: MTASTSSettings
  let input: RuleInput

  var current: Located<FileReference>? { settings.current }

  /// The policy of today; nil where tenant.yaml names none, or it cannot be read.
  var policy: MTASTSPolicy? { current.flatMap { input.keys.policy($0.value) } }

  private var zone: KnownZone? { KnownZone(domain, input) }

  private var enforces: Bool { settings.mode.value == .enforce }

  private var label: Diagnostic.Label { .domain(domain.name.span) }

  private var hasRecord: Bool {
    zone.map { zone in
      zone.contents.texts(at: MTASTSRecord.owner).contains(where: MTASTSRecord.isMTASTS)
    } ?? false
  }

  /// Whether the policy of today lets mail come by MailGates already.
  var isNewCovered: Bool {
    guard let policy else { return false }
    return input.tenant.gateway.mx.allSatisfy { policy.covers($0.host.value) }
  }

  /// Senders forget such a policy between one mail and the next, and an attacker waits for that.
  var shortAge: Diagnostic? {
    let age = settings.maximumAge
    guard enforces, age.value < 86400 else { return nil }
    return Diagnostic(
      .shortPolicyAge, at: age.span,
      .init(
        ja: "MTA-STSのポリシーを、送信側は\(age.value)秒しか覚えない",
        en: "senders remember the MTA-STS policy for \(age.value) seconds only"),
      help: .init(
        ja: "1週間(604800)以上にする。切替の間だけ短くしてもよい",
        en: "take a week (604800) or more; around the cutover it may be shorter"),
      labels: [label])
  }

  var uncovered: Diagnostic? {
    guard let current, let policy, policy.mode != .none, let zone,
      let host = zone.contents.exchangers.first(where: { !policy.covers($0) })
    else { return nil }
    return Diagnostic(
      .policyWithoutExchanger, at: current.span,
      .init(
        ja: "今のポリシーは、今のMX「\(host.ascii.excerpt())」を認めていない",
        en: "the policy of today does not cover the MX of today, \"\(host.ascii.excerpt())\""),
      help: .init(
        ja: "ファイルが今公開されているものか確かめ、そうなら先にポリシーを直す",
        en: "see whether this is what is served; if so, mend the policy first"),
      labels: [.init(zone.span("@", .mx), .init(ja: "今のMX", en: "the MX of today"))])
  }

  var unreported: Diagnostic? {
    guard enforces else { return nil }
    let takesOver =
      input.tenant.contract.includes(.leakPrevention) && !domain.tlsReports.isEmpty
    let reports = zone?.contents.texts(at: "_smtp._tls") ?? []
    guard !takesOver, !reports.contains(where: { $0.lowercased().hasPrefix("v=tlsrptv1") }) else {
      return nil
    }
    return Diagnostic(
      .enforceWithoutReports, at: settings.mode.span,
      .init(
        ja: "MTA-STSで配送を拒ませるのに、失敗を知るTLSレポートの宛先がない",
        en: "MTA-STS is enforced, and no address for TLS reports would show what it refuses"),
      help: .init(
        ja: "_smtp._tls を公開する。出口対策の契約があれば tlsReports に宛先を書く",
        en: "publish _smtp._tls; with leak-prevention write the address to tlsReports"),
      labels: [label])
  }

  var hasty: Diagnostic? {
    guard enforces else { return nil }
    let isNew =
      if let policy {
        policy.mode == .none
      } else {
        current == nil && (zone?.knows(MTASTSRecord.owner, .txt) ?? false) && !hasRecord
      }
    guard isNew else { return nil }
    return Diagnostic(
      .enforceAtOnce, at: settings.mode.span,
      .init(
        ja: "今はMTA-STSがなく、testingで確かめずにenforceにする",
        en: "there is no MTA-STS today, and enforce comes without a time of testing"),
      help: .init(
        ja: "まず mode: testing にし、TLSレポートに失敗がなくなってから enforce にする",
        en: "begin with mode: testing, and take enforce when TLS reports show no failure"),
      labels: [label])
  }

  var unknownCurrent: Diagnostic? {
    guard current == nil, hasRecord, let zone else { return nil }
    return Diagnostic(
      .unknownCurrentPolicy, at: settings.span,
      .init(
        ja: "ゾーンにMTA-STSがあるのに、今のポリシーが書かれていない",
        en: "the zone has MTA-STS, and the policy of today is not here"),
      help: .init(
        ja:
          "https://mta-sts.\(domain.name.value.ascii.excerpt())/.well-known/mta-sts.txt を保存し、current に書く",
        en:
          "save https://mta-sts.\(domain.name.value.ascii.excerpt())/.well-known/mta-sts.txt, and name the file as current"
      ),
      labels: [
        .init(zone.span(MTASTSRecord.owner, .txt), .init(ja: "MTA-STSのレコード", en: "its record"))
      ])
  }
}

extension DiagnosticCode {
  static let shortPolicyAge = DiagnosticCode(
    3381, .note,
    title: .init(ja: "短すぎるMTA-STSのmax_age", en: "a short max_age of MTA-STS"),
    explanation: .init(
      ja:
        "送信側がポリシーを忘れたすきに、攻撃者はDNSの答えを消してTLSを外せます。RFCは数週間以上を勧めています。切替の前後だけ短くし、終わったら戻すのはかまいません。",
      en:
        "While a sender has forgotten the policy, an attacker who drops the answers of the DNS can take TLS away. Weeks or more are advised. Around the cutover it may be shorter, if it is put back afterwards."
    ),
    example: "mtaSts: { mode: enforce, maxAge: 3600 }", source: "RFC 8461 sections 3.2 and 10.2")
  static let policyWithoutExchanger = DiagnosticCode(
    3382, .warning,
    title: .init(ja: "今のMXを認めない今のポリシー", en: "a policy of today without the MX of today"),
    explanation: .init(
      ja:
        "ポリシーにないMXへは、enforceなら今もメールが配送されていません。current のファイルが古いか、公開中のポリシーが誤っています。* は左端の1つのラベルだけに当たります。",
      en:
        "If it is enforced, no mail is delivered to such an MX even now. Either the file is not what is served, or the policy that is served is wrong. An asterisk stands for exactly one label at the left."
    ),
    example: "@ 3600 IN MX 10 a.b.kaede.example.\n# policies/today.txt: mx: *.kaede.example",
    source: "RFC 8461 section 4.1")
  static let enforceWithoutReports = DiagnosticCode(
    3383, .warning,
    title: .init(ja: "TLSレポートのないenforce", en: "enforce without TLS reports"),
    explanation: .init(
      ja: "証明書の期限切れなどで配送を拒まれても、受信側には何も届きません。気づけるのは、送信側が送るTLSレポートだけです。",
      en:
        "When delivery is refused, say for a certificate that has expired, the receiving side sees nothing at all. Only the TLS reports of senders tell of it."
    ),
    example: "mtaSts: { mode: enforce }", source: "RFC 8460 section 1")
  static let enforceAtOnce = DiagnosticCode(
    3384, .note,
    title: .init(ja: "testingを経ないenforce", en: "enforce without testing"),
    explanation: .init(
      ja:
        "testingの間は、失敗が報告されるだけでメールは届きます。証明書やMXの名前の誤りを、メールを失わずに見つけられます。enforceにしてからでは、max_age の間取り消せません。",
      en:
        "Under testing failures are reported and mail is delivered, so that faults of certificates and names are found without loss. Once it is enforced, senders hold to it for max_age."
    ),
    example: "mtaSts: { mode: enforce }", source: "RFC 8461 section 5")
  static let cutoverUnderPolicy = DiagnosticCode(
    3385, .warning,
    title: .init(ja: "max_ageより近い切替", en: "a cutover nearer than max_age"),
    explanation: .init(
      ja:
        "新しいMXをポリシーに加えても、前のポリシーを覚えている送信側は、取り直せなければ max_age の間それに従います。その間の切替では、そこからのメールが届きません。",
      en:
        "A sender that remembers the earlier policy, and cannot fetch the new one, follows the earlier for max_age. After a cutover within that time its mail is not delivered."
    ),
    example:
      "# policies/today.txt: mode: enforce, max_age: 604800\nmtaSts: { mode: enforce, current: policies/today.txt }\ncutover: <3日後>",
    source: "RFC 8461 sections 3.3 and 5.1")
  static let unknownCurrentPolicy = DiagnosticCode(
    3386, .warning,
    title: .init(ja: "分からない今のポリシー", en: "a policy of today that is not known"),
    explanation: .init(
      ja: "今のポリシーの max_age が分からないと、切替までどれだけ待てばよいか決まらず、戻すときのファイルも書けません。",
      en:
        "Without the max_age of the policy of today nobody knows how long to wait before the cutover, and there is no file to go back to."
    ),
    example: #"_mta-sts 3600 IN TXT "v=STSv1; id=20260101;""# + "\nmtaSts: { mode: enforce }",
    source: "RFC 8461 section 3.2")
}
