internal import Diagnostics
internal import Wording

extension DiagnosticCode {
  static let badSnapshot = DiagnosticCode(
    3100, .error,
    title: LocalizedText(ja: "読めないsnapshot", en: "a snapshot that cannot be read"),
    explanation: LocalizedText(
      ja: """
        snapshotは、ある時点でDNSが何と答えたかの証拠で、mgcだけが書きます。手で直したもの、途中で切れたものは\
        読みません。mgc verify --record で記録し直すか、版管理から戻してください。
        """,
      en: """
        A snapshot is evidence of what the DNS said at a time, and only mgc writes it. One that was \
        edited or cut short is not read. Record it anew by mgc verify --record, or restore it from \
        version control.
        """),
    example: #"{ "name": "kaede.example", "type": "MX", "answer": "maybe" }"#)

  static let laterSnapshot = DiagnosticCode(
    3101, .error,
    title: LocalizedText(ja: "より新しい形式のsnapshot", en: "a snapshot of a later format"),
    explanation: LocalizedText(
      ja: """
        より新しいリリースのmgcが書いたsnapshotです。意味の分からないものを推測で読むことはしません。新しいmgcを使うか、\
        このmgcで記録し直してください。
        """,
      en: """
        A later release of mgc wrote this snapshot. What is not understood is not guessed at. Use \
        the later release, or record the snapshot anew with this one.
        """),
    example: #"{ "format_version": 2, "recorded": "2026-11-23T09:00:00+09:00", "answers": [] }"#)
}

/// Every code of the reader of snapshots.
let snapshotReadingCodes: [DiagnosticCode] = [.badSnapshot, .laterSnapshot]
