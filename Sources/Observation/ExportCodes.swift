internal import Diagnostics
internal import Wording

extension DiagnosticCode {
  static let badExport = DiagnosticCode(
    4120, .error,
    title: LocalizedText(ja: "読めないexport", en: "an export that cannot be read"),
    explanation: LocalizedText(
      ja: """
        exportは、ある時点のExchange Onlineの設定の記録で、preflight.ps1だけが書きます。手で直したもの、途中で切れたものは\
        読みません。preflight.ps1をもう一度実行してください。
        """,
      en: """
        An export records how Exchange Online was set at a time, and only preflight.ps1 writes it. \
        One that was edited or cut short is not read. Run preflight.ps1 again.
        """),
    example: #"{ "format_version": 1, "tenant": "kaede.onmicrosoft.com", "inboundConnectors": {} }"#
  )

  static let laterExport = DiagnosticCode(
    4121, .error,
    title: LocalizedText(ja: "より新しい形式のexport", en: "an export of a later format"),
    explanation: LocalizedText(
      ja: """
        より新しいリリースのmgcが作ったpreflight.ps1の記録です。意味の分からないものを推測で読むことはしません。新しいmgcを使うか、\
        このmgcが作ったpreflight.ps1を実行し直してください。
        """,
      en: """
        The preflight.ps1 of a later release wrote this export. What is not understood is not guessed \
        at. Use the later release, or run the preflight.ps1 that this one writes.
        """),
    example: #"{ "format_version": 2, "tenant": "kaede.onmicrosoft.com" }"#)
}

/// Every code of the reader of exports.
let exportReadingCodes: [DiagnosticCode] = [.badExport, .laterExport]
