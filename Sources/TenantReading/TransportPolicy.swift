internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

// What is said of a file that should hold a policy of MTA-STS.

extension Diagnostic {
  /// No line of the file is shown: it may be anything.
  static func badPolicy(
    _ error: MTASTSPolicyError, reference: Located<FileReference>
  ) -> Diagnostic {
    let path = reference.value.path.excerpt()
    let reason: LocalizedText =
      switch error {
      case .tooLong:
        .init(
          ja: "\(MTASTSPolicy.largestFile)バイトを超える",
          en: "it has more than \(MTASTSPolicy.largestFile) bytes")
      case .notText: .init(ja: "テキストではない", en: "it is not text")
      case .notAField(let line):
        .init(ja: "\(line)行目が「名前: 値」でない", en: "line \(line) is not a name, a colon and a value")
      case .version: .init(ja: "version: STSv1 がない", en: "it does not say version: STSv1")
      case .mode:
        .init(
          ja: "mode が testing、enforce、none のどれでもない",
          en: "its mode is none of testing, enforce and none")
      case .maximumAge:
        .init(
          ja: "max_age が0から\(MTASTSPolicy.longestAge)までの数でない",
          en: "its max_age is no number from 0 to \(MTASTSPolicy.longestAge)")
      case .pattern(let line):
        .init(
          ja: "\(line)行目の mx がホスト名でない", en: "the mx in line \(line) is not the name of a host")
      case .noPattern: .init(ja: "mx がない", en: "it has no mx")
      }
    return Diagnostic(
      .badPolicy, at: reference.span,
      .init(
        ja: "「\(path)」はMTA-STSのポリシーでない: \(reason.ja)",
        en: "\"\(path)\" is not a policy of MTA-STS: \(reason.en)"),
      help: .init(
        ja: "https://mta-sts.<ドメイン>/.well-known/mta-sts.txt の内容をそのまま入れる",
        en: "put in what https://mta-sts.<domain>/.well-known/mta-sts.txt answers, as it is"))
  }
}

extension DiagnosticCode {
  static let badPolicy = DiagnosticCode(
    3380, .error,
    title: .init(ja: "MTA-STSのポリシーとして読めない", en: "not a policy of MTA-STS"),
    explanation: .init(
      ja:
        "ファイルには、今ウェブサーバーが返しているポリシーを、そのまま入れます。読めないポリシーは送信側にも読めませんが、前に読めたものはまだ効いているかもしれません。",
      en:
        "The file holds the policy that the web server answers with today, as it is. One that cannot be read holds for no sender either, but an earlier one may still be remembered."
    ),
    example: "mtaSts: { mode: enforce, current: policies/empty.txt }",
    source: "RFC 8461 section 3.2")
}
