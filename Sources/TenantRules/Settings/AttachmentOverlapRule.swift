internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Mail that sets off the ZIP encryption and the link, though their conditions differ.
  static let attachmentOverlap = Rule([.overlappingTriggers]) { input, bag in
    let tenant = input.tenant
    guard let zip = tenant.settings.zip?.value.trigger,
      let link = tenant.settings.attachmentLink?.value.trigger
    else { return }
    switch (zip, link) {
    case (.subjectPrefix, .subjectPrefix): break
    case (.senders(let encrypted), .senders(let linked)):
      for one in linked {
        if encrypted.contains(where: { $0.value == one.value }) { continue }
        let wider = encrypted.first {
          $0.value.covers(one.value) || one.value.covers($0.value)
        }
        if let wider { bag.add(.overlap(one.value.description, at: one.span, wider.span)) }
      }
    case (.senders(let senders), .subjectPrefix(let prefix)),
      (.subjectPrefix(let prefix), .senders(let senders)):
      let domains = tenant.domains.filter { $0.role != .parked }.map(\.name.value)
      let all = senders.filter { sender in
        switch sender.value {
        case .everyone, .anyone, .bareDomain: true
        case .address: false
        }
      }
      guard let first = all.first, !domains.isEmpty,
        domains.allSatisfy({ domain in
          all.contains { $0.value == .everyone || $0.value.domain == domain }
        })
      else { return }
      bag.add(.overlap(prefix.value.text, at: prefix.span, first.span))
    }
  }
}

extension Diagnostic {
  fileprivate static func overlap(
    _ condition: String, at span: SourceSpan, _ other: SourceSpan
  ) -> Diagnostic {
    let name = condition.excerpt()
    return Diagnostic(
      .overlappingTriggers, at: span,
      .init(
        ja: "「\(name)」のメールは、ZIP暗号化とリンクの両方の条件に合う",
        en: "mail of \"\(name)\" sets off both the ZIP encryption and the link"),
      help: .init(
        ja: "どちらの条件も件名にするか、送信者を分ける",
        en: "tell both apart by subject, or give them senders of their own"),
      labels: [.init(other, .init(ja: "もう一方の条件", en: "the other condition"))])
  }
}

extension DiagnosticCode {
  static let overlappingTriggers = DiagnosticCode(
    7106, .warning,
    title: .init(ja: "ZIP暗号化とリンクの両方に合うメール", en: "mail that sets off ZIP and link"),
    explanation: .init(
      ja:
        "機能はメール審査、ZIP暗号化、添付ファイルリンクの順に働きます。片方の条件がもう片方を含むと、同じメールが両方に合います。そのときリンクが働くかは公開されていません(件名が同じときはZIP暗号化だけが働きます)。",
      en:
        "Features act in the order review, ZIP encryption, attachment link. Where one condition holds the other, a mail sets off both. Whether the link then acts is not published; with one subject for both, only the ZIP encryption does."
    ),
    example:
      "zip: { trigger: { senders: ['*@kaede.example'] } }\nattachmentLink: { trigger: { subjectPrefix: link } }",
    source: "article 900002040643; article 44235421260953")
}
