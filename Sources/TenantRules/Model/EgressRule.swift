internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// The addresses of the gateway: mail from the internet must be able to come from them.
  static let egress = Rule([.specialEgress, .overlappingEgress]) { input, bag in
    let egress = input.tenant.gateway.egress
    for prefix in egress {
      guard let use = prefix.value.isPrivateOrSpecial else { continue }
      bag.add(
        Diagnostic(
          .specialEgress, at: prefix.span,
          .init(
            ja: "「\(prefix.value)」は\(use.wording.ja)で、インターネットから届くメールの送信元にならない",
            en: "\"\(prefix.value)\" is \(use.wording.en), from which no mail of the internet comes"
          ),
          help: .init(
            ja: "開通通知書にあるMailGatesの公開アドレスを書く",
            en: "write MailGates' public addresses as the opening notice has them")))
    }
    // In order, a network comes right before what it holds.
    var widest: Located<IPPrefix>?
    for prefix in egress.sorted(by: { $0.value < $1.value }) {
      guard let outer = widest, outer.value.contains(prefix.value) else {
        widest = prefix
        continue
      }
      bag.add(
        Diagnostic(
          .overlappingEgress, at: prefix.span,
          .init(
            ja: "「\(prefix.value)」は「\(outer.value)」に含まれている",
            en: "\"\(prefix.value)\" lies within \"\(outer.value)\""),
          help: .init(
            ja: "一方を消すか、書き間違いがないか確かめる", en: "remove one, or see whether one was mistyped"),
          labels: [
            .init(outer.span, .init(ja: "含んでいるのはここ", en: "this holds it"))
          ], fixes: [.remove(prefix.span, isSafe: prefix.value == outer.value)]))
    }
  }
}

extension SpecialUse {
  var wording: LocalizedText {
    switch self {
    case .unspecified: .init(ja: "未指定のアドレス", en: "an unspecified address")
    case .privateUse: .init(ja: "プライベートアドレス", en: "a private address")
    case .loopback: .init(ja: "ループバックアドレス", en: "a loopback address")
    case .linkLocal: .init(ja: "リンクローカルアドレス", en: "a link-local address")
    case .carrierGradeNAT: .init(ja: "通信事業者NATのアドレス", en: "an address of carrier-grade NAT")
    case .multicast: .init(ja: "マルチキャストアドレス", en: "a multicast address")
    case .reserved: .init(ja: "予約済みのアドレス", en: "a reserved address")
    case .uniqueLocal: .init(ja: "ユニークローカルアドレス", en: "a unique local address")
    }
  }
}

extension DiagnosticCode {
  static let specialEgress = DiagnosticCode(
    2130, .error,
    title: .init(ja: "公開アドレスでないMailGatesのアドレス", en: "an address of MailGates that is not public"),
    explanation: .init(
      ja:
        "egressは、MailGatesがお客様のメールサーバーへ配送するときの送信元です。プライベートアドレスなどからはインターネット経由のメールは届きません。Microsoft 365もGoogle Workspaceも受け付けません。",
      en:
        "egress is where MailGates delivers from. No mail of the internet comes from private or special addresses, and neither Microsoft 365 nor Google Workspace takes them."
    ),
    example: "gateway: { egress: [192.168.10.0/24] }",
    source: "RFC 6890; support.google.com/a/answer/60730")
  static let overlappingEgress = DiagnosticCode(
    2131, .warning,
    title: .init(ja: "重なり合うMailGatesのアドレス", en: "addresses of MailGates that overlap"),
    explanation: .init(
      ja: "一方がもう一方に含まれています。害はありませんが、どちらかの桁を書き間違えている恐れがあります。重なりが意図どおりか、開通通知書で確かめます。",
      en:
        "One lies within the other. That does no harm, but one of them may have been mistyped. Compare both with the opening notice."
    ),
    example: "gateway: { egress: [192.0.2.0/28, 192.0.2.8/29] }", source: "RFC 4632 section 3.1")
}
