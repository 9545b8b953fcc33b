internal import Diagnostics
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// ZIP encryption and the link must not be set off by the same subject.
  static let attachmentTriggers = Rule([.equalTriggers, .nestedTriggers]) { input, bag in
    guard case .subjectPrefix(let zip) = input.tenant.settings.zip?.value.trigger,
      case .subjectPrefix(let link) = input.tenant.settings.attachmentLink?.value.trigger
    else { return }
    let one = zip.value.text
    let other = link.value.text
    let labels: [Diagnostic.Label] = [
      .init(zip.span, .init(ja: "ZIP暗号化の条件", en: "what sets off the ZIP encryption"))
    ]
    if one == other {
      bag.add(
        Diagnostic(
          .equalTriggers, at: link.span,
          .init(
            ja: "件名の先頭「\(other.excerpt())」は、ZIP暗号化の条件と同じ",
            en: "the subject prefix \"\(other.excerpt())\" also sets off the ZIP encryption"),
          help: .init(
            ja: "違う文字列にする(提供元の例は enc と att)",
            en: "use different ones; the vendor's example has enc and att"), labels: labels))
    } else if one.hasPrefix(other) || other.hasPrefix(one) {
      bag.add(
        Diagnostic(
          .nestedTriggers, at: link.span,
          .init(
            ja: "件名の先頭「\(other.excerpt())」と「\(one.excerpt())」は、一方がもう一方で始まる",
            en:
              "of the subject prefixes \"\(other.excerpt())\" and \"\(one.excerpt())\" one begins with the other"
          ),
          help: .init(ja: "始まりから違う文字列にする", en: "use ones that differ from the start"),
          labels: labels))
    }
  }
}

extension DiagnosticCode {
  static let equalTriggers = DiagnosticCode(
    7001, .error,
    title: .init(ja: "ZIP暗号化と同じリンクの条件", en: "one trigger for ZIP and link"),
    explanation: .init(
      ja: "ZIP暗号化と添付ファイルリンクを件名で使い分けるときは、違う文字列にしなければなりません。同じだとZIP暗号化だけが働きます。",
      en:
        "ZIP encryption and attachment link by subject need different texts. With the same one, only the ZIP encryption acts."
    ),
    example:
      "zip: { trigger: { subjectPrefix: enc } }\nattachmentLink: { trigger: { subjectPrefix: enc } }",
    source: "article 44235421260953")
  static let nestedTriggers = DiagnosticCode(
    7002, .warning,
    title: .init(ja: "重なり合うZIP暗号化とリンクの条件", en: "triggers of ZIP and link that overlap"),
    explanation: .init(
      ja: "一方の文字列で始まる件名は、もう一方にも一致します。どちらが働くかは公開されていません。",
      en:
        "A subject that begins with the longer text begins with the shorter too. Which of the two then acts is not published."
    ),
    example:
      "zip: { trigger: { subjectPrefix: enc } }\nattachmentLink: { trigger: { subjectPrefix: enclink } }",
    source: "article 44235421260953")
}
