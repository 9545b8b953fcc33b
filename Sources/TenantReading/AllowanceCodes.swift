package import Diagnostics
internal import Wording

/// The codes of the comments that silence findings. None of them can be silenced.
package let allowanceCodes: [DiagnosticCode] = [
  .malformedAllowance, .allowanceDate, .allowanceWithoutReason, .allowanceExpired,
  .allowanceOfUnknownCode, .allowanceOfError, .unusedAllowance,
]

extension DiagnosticCode {
  static let malformedAllowance = DiagnosticCode(
    1050, .warning,
    title: .init(ja: "抑制のコメントとして読めない", en: "a comment that silences nothing, as it is written"),
    explanation: .init(
      ja: """
        指摘を抑制するコメントは「# mgc:allow コード 理由」です。コードと理由の間に「until 日付」を書けば、\
        その日までに限られます。コードはコンマで区切って並べられます。綴りが違えば何も抑制しません。
        """,
      en: """
        A comment that silences a finding reads "# mgc:allow CODE REASON". Between the code and the \
        reason, "until DATE" limits it to that day. Several codes have commas between them. Misspelled, \
        it silences nothing.
        """),
    example: "delivery: # mgc:alow MGC3041 取引先の移行待ち")
  static let allowanceDate = DiagnosticCode(
    1051, .warning,
    title: .init(ja: "抑制の期限が日付でない", en: "the end of a silence is not a date"),
    explanation: .init(
      ja: "until の次には、2027-01-31 のような存在する日付を書きます。読めない期限のコメントは何も抑制しません。",
      en:
        "After until there is a date that exists, such as 2027-01-31. A comment whose date cannot be read silences nothing."
    ),
    example: "delivery: # mgc:allow MGC3041 until 2027-02-30 取引先の移行待ち",
    source: "RFC 3339 section 5.6")
  static let allowanceWithoutReason = DiagnosticCode(
    1052, .warning,
    title: .init(ja: "理由のない抑制", en: "a silence without a reason"),
    explanation: .init(
      ja: "なぜ抑制してよいのかは、書いた人にしか分かりません。後で見る人のために、理由をコメントの終わりに書きます。書くまでは何も抑制しません。",
      en:
        "Only who wrote the comment knows why the finding may be silenced. Write the reason at its end, for those who come later; until then it silences nothing."
    ),
    example: "delivery: # mgc:allow MGC3041 until 2027-01-31")
  static let allowanceExpired = DiagnosticCode(
    1053, .warning,
    title: .init(ja: "期限の過ぎた抑制", en: "a silence whose date has passed"),
    explanation: .init(
      ja: """
        until の日までは抑制され、翌日から指摘が戻ります。理由が今も成り立つなら日付を改め、そうでなければ指摘に\
        対処してコメントを消します。日は --now の、または時計(UTC)の日です。
        """,
      en: """
        The finding is silenced up to the day after until, that day included, and comes back on the \
        next. Where the reason still holds, write a new date; otherwise do what the finding says and \
        remove the comment. The day is that of --now, or of the clock in UTC.
        """),
    example: "delivery: # mgc:allow MGC3041 until 2020-01-31 取引先の移行待ち")
  static let allowanceOfUnknownCode = DiagnosticCode(
    1054, .warning,
    title: .init(ja: "知らないコードの抑制", en: "an unknown code is silenced"),
    explanation: .init(
      ja: "コメントのコードを、この版のmgcは知りません。書き間違いでなければ、なくなった指摘なので、コメントを消します。コードの一覧は mgc explain で出ます。",
      en:
        "This release of mgc does not know the code in the comment. Unless it is misspelled, the finding no longer exists, and the comment can go. mgc explain lists all codes."
    ),
    example: "delivery: # mgc:allow MGC9999 取引先の移行待ち")
  static let allowanceOfError = DiagnosticCode(
    1055, .warning,
    title: .init(ja: "抑制できない指摘の抑制", en: "a finding is silenced that cannot be"),
    explanation: .init(
      ja: "抑制できるのは警告と注記だけです。エラーのあるtenant.yamlからは何も書き出せず、抑制のコメントへの指摘は抑制できません。",
      en:
        "Only warnings and notes can be silenced. Nothing can be made of a tenant.yaml with an error, and what is found of these comments themselves cannot be silenced."
    ),
    example: "services: [] # mgc:allow MGC1042 契約の前")
  static let unusedAllowance = DiagnosticCode(
    1056, .note,
    title: .init(ja: "何も抑制しないコメント", en: "a comment that silences nothing"),
    explanation: .init(
      ja: """
        このコメントの指摘は、ここにはありません。残しておくと、後で同じ指摘が出ても見えません。行末のコメントは\
        その行で始まる指摘に、コメントだけの行は次に始まるキーか要素の全体に効きます。深い字下げのコメントは、\
        浅い字下げの次の行には効きません。エラーのある間は判断しません。
        """,
      en: """
        The finding of this comment is not here. Left there, it would hide the finding should it come. \
        At the end of a line a comment speaks of the findings that begin on that line; alone on its \
        line, of the key or element that begins next, to its end. A comment that is indented deeper than \
        the next line does not speak of it. This is not judged while there are errors.
        """),
    example: "version: 1 # mgc:allow MGC3041 取引先の移行待ち")
}
