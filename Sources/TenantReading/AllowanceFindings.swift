internal import Diagnostics
internal import SourceText
internal import TenantModel
internal import Wording

// The comment's own words are never quoted: the line may hold a secret, and the place shows them
// where they may be shown.

extension Diagnostic {
  private static let form = LocalizedText(
    ja: "「# mgc:allow MGC3041 until 2027-01-31 理由」のように書く。until と日付は省ける",
    en: "write \"# mgc:allow MGC3041 until 2027-01-31 REASON\"; until and the date may be left out")

  private static func replace(_ span: SourceSpan, by text: String) -> Fix {
    Fix(.init(ja: "「\(text)」に直す", en: "write \"\(text)\""), [TextEdit(span, replacement: text)])
  }

  static func misspelledAllowance(at span: SourceSpan, isAllow: Bool) -> Diagnostic {
    Diagnostic(
      .malformedAllowance, at: span,
      .init(
        ja: "mgcへのコメントは「mgc:allow」だけ",
        en: "the only comment that speaks to mgc is \"mgc:allow\""),
      help: form, fixes: isAllow ? [replace(span, by: "mgc:allow")] : [])
  }

  static func lateAllowance(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .malformedAllowance, at: span,
      .init(
        ja: "「mgc:allow」がコメントの先頭にない", en: "\"mgc:allow\" does not begin the comment"),
      help: .init(
        ja: "コメントを「# mgc:allow」で始め、ほかの言葉は理由として後に書く",
        en:
          "begin the comment with \"# mgc:allow\", and write the other words after it, as the reason"
      ))
  }

  static func allowanceWithoutCode(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .malformedAllowance, at: span,
      .init(
        ja: "抑制のコメントに、MGCと4桁の数字のコードがない",
        en: "the comment silences no code, which would be MGC and four digits"),
      help: form)
  }

  static func misspelledCode(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .malformedAllowance, at: span,
      .init(ja: "コードは「\(name)」と書く", en: "the code is written \"\(name)\""),
      fixes: [replace(span, by: name)])
  }

  static func codesWithoutComma(at span: SourceSpan, gap: SourceSpan) -> Diagnostic {
    Diagnostic(
      .malformedAllowance, at: span,
      .init(ja: "2つ目のコードの前にコンマがない", en: "there is no comma before the second code"),
      fixes: [
        Fix(
          .init(ja: "コンマで区切る", en: "put a comma between them"),
          [TextEdit(gap, replacement: ",")])
      ])
  }

  static func dateWithoutUntil(at span: SourceSpan) -> Diagnostic {
    let start = SourceSpan(file: span.file, span.lowerBound..<span.lowerBound)
    return Diagnostic(
      .malformedAllowance, at: span,
      .init(ja: "期限の前に「until」がない", en: "there is no \"until\" before the date"),
      fixes: [
        Fix(
          .init(ja: "「until」を補う", en: "write \"until\" before it"),
          [TextEdit(start, replacement: "until ")])
      ])
  }

  static func allowanceDate(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .allowanceDate, at: span,
      .init(
        ja: "「until」の次が存在する日付でない",
        en: "what comes after \"until\" is not a date that exists"),
      help: form)
  }

  static func allowanceWithoutReason(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .allowanceWithoutReason, at: span,
      .init(ja: "抑制に理由がない", en: "the silence has no reason"),
      help: .init(
        ja: "なぜ抑制してよいのかを、コメントの終わりに書く",
        en: "say at the end of the comment why the finding may be silenced"))
  }

  static func allowanceExpired(
    _ code: Located<String>, _ until: Located<CalendarDate>
  ) -> Diagnostic {
    let day = until.value.description
    return Diagnostic(
      .allowanceExpired, at: until.span,
      .init(
        ja: "\(code.value)の抑制は\(day)で終わった",
        en: "the silence of \(code.value) ended on \(day)"),
      help: .init(
        ja: "理由がまだ成り立つなら日付を改め、そうでなければ指摘に対処してコメントを消す",
        en:
          "where the reason still holds write a new date, otherwise do what the finding says and remove the comment"
      ))
  }

  static func allowanceOfUnknownCode(_ code: Located<String>) -> Diagnostic {
    Diagnostic(
      .allowanceOfUnknownCode, at: code.span,
      .init(
        ja: "\(code.value)というコードはない", en: "there is no code \(code.value)"),
      help: .init(ja: "mgc explain でコードの一覧が出る", en: "mgc explain lists the codes"))
  }

  static func allowanceOfError(_ code: Located<String>, isError: Bool) -> Diagnostic {
    Diagnostic(
      .allowanceOfError, at: code.span,
      isError
        ? .init(
          ja: "\(code.value)はエラーなので抑制できない",
          en: "\(code.value) is an error, which cannot be silenced")
        : .init(
          ja: "\(code.value)は抑制のコメントへの指摘なので抑制できない",
          en: "\(code.value) is about these comments and cannot be silenced"),
      help: .init(
        ja: "原因を直し、このコメントを消す", en: "mend the cause, and remove this comment"))
  }

  static func unusedAllowance(_ allowance: Allowance, isOnlyCode: Bool) -> Diagnostic {
    let code = allowance.code.value
    return Diagnostic(
      .unusedAllowance, at: isOnlyCode ? allowance.comment : allowance.code.span,
      .init(
        ja: "ここに\(code)の指摘はなく、抑制するものがない",
        en: "\(code) is not found here, and nothing is silenced"),
      fixes: [
        Fix(
          isOnlyCode
            ? .init(ja: "コメントを消す", en: "remove the comment")
            : .init(ja: "\(code)を消す", en: "remove \(code)"),
          [allowance.removal])
      ])
  }
}
