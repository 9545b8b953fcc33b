internal import Diagnostics
internal import Wording

// The codes of DMARCZoneRules.swift.
extension DiagnosticCode {
  static let removedTags = DiagnosticCode(
    3045, .note,
    title: .init(ja: "なくなったDMARCのタグ", en: "tags that DMARC no longer has"),
    explanation: .init(
      ja:
        "RFC 9989(2026年)は pct、rf、ri と、宛先の後ろの !サイズ をなくしました。新しい受信側は読み飛ばし、古い受信側はまだ従います。段階的に強めるには、t=y かポリシーの順序を使います。",
      en:
        "RFC 9989 (2026) took away pct, rf, ri and the !size after an address. New receivers skip them, older ones still follow them. To go in steps, use the order of policies."
    ),
    example: #"_dmarc 3600 IN TXT "v=DMARC1; p=quarantine; pct=20""#,
    source: "RFC 9989 appendix C (read as draft-ietf-dmarc-dmarcbis-41, C.5.2)")
  static let faultyDMARC = DiagnosticCode(
    3046, .warning,
    title: .init(ja: "誤りのあるDMARCレコード", en: "a DMARC record with a fault"),
    explanation: .init(
      ja:
        "受信側は読めないタグを読み飛ばすか、レコード全体を捨てます。古い受信側は、p が v=DMARC1 の次にないレコードを捨てます。宛先には mailto: が要ります。ゾーンファイルで引用符の外に ; があると、その後ろは注釈になって消えます。",
      en:
        "Receivers skip tags that they cannot read, or discard the whole record; older ones discard it unless p comes right after v=DMARC1. Addresses need mailto:. In a zone file what follows a ; outside quotes is a comment and is lost."
    ),
    example: #"_dmarc 3600 IN TXT "v=DMARC1; p=none; rua=dmarc@kaede.example""#,
    source: "RFC 9989 section 4.7")
  static let lostTags = DiagnosticCode(
    3047, .note,
    title: .init(ja: "なくなる今のDMARCのタグ", en: "tags of today's DMARC that go away"),
    explanation: .init(
      ja: "dmarc を書くと、今のDMARCレコードは置き換わります。レポートの宛先やサブドメインのポリシーなど、tenant.yamlにない内容は残りません。",
      en:
        "With dmarc in tenant.yaml the zone's record is replaced. What tenant.yaml does not say, such as addresses for reports or the policy of subdomains, does not stay."
    ),
    example: #"_dmarc 3600 IN TXT "v=DMARC1; p=none; rua=mailto:old@kaede.example""#
      + "\ndmarc: { policy: none, aggregateReports: [mailto:dmarc@kaede.example] }",
    source: "RFC 9989 section 4.7")
  static let jumpToReject = DiagnosticCode(
    3048, .warning,
    title: .init(ja: "段階を飛ばした p=reject", en: "p=reject without the stages before it"),
    explanation: .init(
      ja:
        "規格は、none で1か月以上レポートを見て、quarantine を同じくらい続けてから reject にするよう勧めています。飛ばすと、見落としていた正しい送信元のメールが、戻らない形で拒否されます。",
      en:
        "The standard advises a month or more of none with its reports, as long with quarantine, and then reject. Otherwise mail of a sender that was overlooked is refused for good."
    ),
    example: #"_dmarc 3600 IN TXT "v=DMARC1; p=none""#
      + "\ndmarc: { policy: reject, stages: { start: reject } }",
    source: "RFC 9989 section 7.4")
  static let startBeyondPolicy = DiagnosticCode(
    3151, .warning,
    title: .init(ja: "ポリシーより厳しい start", en: "a start that is stricter than the policy"),
    explanation: .init(
      ja: "start は、policy へ進む最初の段階です。policy より厳しい start は使われず、手順2で policy をそのまま公開します。",
      en:
        "start is the first stage on the way to the policy. A stricter one is not used: step 2 publishes the policy itself."
    ),
    example: "dmarc: { policy: none, stages: { start: quarantine } }",
    source: "RFC 9989 section 7.4")
  static let subdomainPolicyIgnored = DiagnosticCode(
    3069, .warning,
    title: .init(ja: "読まれない subdomainPolicy", en: "a subdomainPolicy that is not read"),
    explanation: .init(
      ja: "sp が読まれるのは組織のドメインのレコードだけです。サブドメインのレコードに書いても無視されます。",
      en:
        "sp is read in the record of the organizational domain only; in a subdomain's record it is ignored."
    ),
    example:
      "domains:\n  - { name: kaede.example }\n  - { name: sub.kaede.example, dmarc: { policy: none, subdomainPolicy: reject } }",
    source: "RFC 9989 section 4.7")
  static let weakSubdomains = DiagnosticCode(
    3070, .warning,
    title: .init(ja: "ドメインより緩いサブドメインのポリシー", en: "subdomains looser than their domain"),
    explanation: .init(
      ja: "なりすましには、存在しないサブドメインも使われます。ドメインだけを厳しくしても、サブドメインを名乗るメールは届きます。",
      en:
        "Spoofers use subdomains too, also ones that do not exist. A strict domain with loose subdomains is only half closed."
    ),
    example: "dmarc: { policy: reject, subdomainPolicy: none }", source: "RFC 9989 section 4.7")
  static let noDMARC = DiagnosticCode(
    3071, .note,
    title: .init(ja: "DMARCのないドメイン", en: "a domain without DMARC"),
    explanation: .init(
      ja:
        "手順2は、SPF、DKIMとともにDMARCを求めています。p=none なら配送に影響はなく、レポートで失敗に気づけます。大量に受け取る事業者には、DMARCのない送信元を拒むところもあります。",
      en:
        "Step 2 asks for DMARC besides SPF and DKIM. p=none changes no delivery and brings reports; some large receivers refuse senders without DMARC."
    ),
    example: "contract: { services: [leak-prevention] }\ndomains: [{ name: kaede.example }]",
    source: "article 4402739136153")
  static let parkedDMARC = DiagnosticCode(
    3072, .note,
    title: .init(ja: "緩いポリシーの使わないドメイン", en: "a loose policy for a domain without mail"),
    explanation: .init(
      ja: "メールに使わないドメインには、失敗して困る正しいメールがありません。はじめから p=reject にすれば、なりすましに使われません。",
      en:
        "A domain without mail has no good mail that could fail. p=reject from the start keeps it from being spoofed."
    ),
    example: "domains: [{ name: kaede-shop.example, role: parked, dmarc: { policy: none } }]",
    source: "M3AAWG, Protecting Parked Domains Best Common Practices")
}
