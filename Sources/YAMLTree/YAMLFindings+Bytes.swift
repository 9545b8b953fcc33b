internal import Diagnostics
internal import SourceText
internal import Wording

/// What is wrong with a file's bytes, before there is any YAML in them.
extension YAMLFinding {
  static let notUTF8 = DiagnosticCode(
    1001, .error,
    title: LocalizedText(ja: "UTF-8 ではないバイト", en: "bytes that are not UTF-8"),
    explanation: LocalizedText(
      ja: """
        mgc が読むファイルはすべて UTF-8 です。Shift_JIS(CP932)などで保存されたファイルは、\
        エディターで UTF-8(BOM なし)を選んで保存し直してください。冗長な符号化やサロゲートも\
        UTF-8 ではありません。
        """,
      en: """
        Every file that mgc reads is UTF-8. Save a file in Shift_JIS (CP932) or the like again \
        as UTF-8 without BOM. Overlong forms and surrogates are not UTF-8 either.
        """),
    example: "name: \\x8A\\x94 (Shift_JIS)", source: "RFC 3629 section 3")

  static func notUTF8(_ byte: UInt8, at span: SourceSpan) -> Diagnostic {
    let hex = (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    return Diagnostic(
      notUTF8, at: span,
      LocalizedText(
        ja: "バイト 0x\(hex) は UTF-8 として読めない", en: "byte 0x\(hex) is not UTF-8"),
      help: LocalizedText(
        ja: "エディターで UTF-8(BOM なし)として保存し直す",
        en: "save the file again as UTF-8 without BOM"))
  }

  static let byteOrderMark = DiagnosticCode(
    1002, .error,
    title: LocalizedText(ja: "先頭のバイト順マーク", en: "byte order mark at the start"),
    explanation: LocalizedText(
      ja: """
        バイト順マーク(BOM)は目に見えず、比較や署名の結果を変えます。UTF-8 には要りません。\
        UTF-16 と UTF-32 のファイルは UTF-8 で保存し直してください。
        """,
      en: """
        A byte order mark is invisible and changes comparisons and digests. UTF-8 needs none. \
        Save a file in UTF-16 or UTF-32 again as UTF-8.
        """),
    example: "\\u{FEFF}version: 1", source: "RFC 3629 section 6")

  static func utf8Mark(at span: SourceSpan) -> Diagnostic {
    let title = LocalizedText(ja: "BOM を取り除く", en: "remove the byte order mark")
    return Diagnostic(
      byteOrderMark, at: span,
      LocalizedText(
        ja: "ファイルが UTF-8 の BOM で始まっている",
        en: "the file begins with a UTF-8 byte order mark"),
      help: title, fixes: [Diagnostic.Fix(title, [TextEdit(span, replacement: "")])])
  }

  static func otherEncoding(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      byteOrderMark, at: span,
      LocalizedText(ja: "ファイルが \(name) で書かれている", en: "the file is written in \(name)"),
      help: LocalizedText(
        ja: "エディターで UTF-8(BOM なし)として保存し直す",
        en: "save the file again as UTF-8 without BOM"))
  }

  static let forbiddenCharacter = DiagnosticCode(
    1003, .error,
    title: LocalizedText(ja: "目に見えない文字", en: "a character that cannot be seen"),
    explanation: LocalizedText(
      ja: """
        制御文字、双方向制御文字、ゼロ幅文字、異体字セレクター、U+0085、U+2028、U+2029 などは、\
        注釈の中でも使えません。レビューする人の目に映るものと、読まれるものを同じにするためです。\
        使えるのはタブ、LF、CR LF だけです。
        """,
      en: """
        Controls, bidirectional controls, zero-width characters, variation selectors, U+0085, U+2028, U+2029 and \
        the like are refused anywhere, comments included, so that what a reviewer sees is what \
        is read. Tab, LF and CR LF are allowed.
        """),
    example: "name: kaede\\u{200B}trading", source: "Unicode TR36 section 2.5, TR39 section 3.1")

  static func forbidden(
    _ run: ForbiddenRun, in file: SourceFile, at span: SourceSpan
  ) -> Diagnostic {
    let name = run.first.codePoint
    let known = commonNames(run.first)
    let ja = known.map { "\(name)(\($0.ja))" } ?? name
    let en = known.map { "\(name) (\($0.en))" } ?? name
    if run.isSelectors { return selector(name, after: character(before: span, file), at: span) }
    return Diagnostic(
      forbiddenCharacter, at: span,
      run.range.count == run.first.utf8.count
        ? LocalizedText(ja: "目に見えない文字 \(ja) がある", en: "invisible character \(en)")
        : LocalizedText(
          ja: "目に見えない文字 \(ja) から始まる並びがある",
          en: "a run of invisible characters that begins with \(en)"),
      help: run.first.value == 0x0D
        ? LocalizedText(ja: "改行を LF にする", en: "end lines with LF")
        : LocalizedText(ja: "取り除く", en: "remove it"),
      fixes: fixes(ofRun: file.text(run.range), at: span))
  }

  /// What has no width is gone without a trace; what changes how others look or run is not.
  private static func fixes(ofRun text: String, at span: SourceSpan) -> [Diagnostic.Fix] {
    let removal = LocalizedText(ja: "取り除く", en: "remove it")
    if text.unicodeScalars.allSatisfy({ $0.value == 0x0D }) {
      let lines = String(repeating: "\n", count: text.unicodeScalars.count)
      return [
        Diagnostic.Fix(
          LocalizedText(ja: "LF に直す", en: "write LF"), [TextEdit(span, replacement: lines)])
      ]
    }
    if text.unicodeScalars.allSatisfy(\.hasNoWidth) {
      return [Diagnostic.Fix(removal, [TextEdit(span, replacement: "")])]
    }
    let isRemovable = text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069:
        true
      default: scalar.hasNoWidth
      }
    }
    guard isRemovable else { return [] }
    return [Diagnostic.Fix(removal, [TextEdit(span, replacement: "")], isSafe: false)]
  }

  /// A selector chooses a character's shape and changes none of its meaning, so that the text
  /// without it is the one right answer.
  private static func selector(
    _ name: String, after character: String?, at span: SourceSpan
  ) -> Diagnostic {
    let title = LocalizedText(
      ja: "異体字セレクターを取り除く", en: "remove the variation selector")
    let place = character.map { LocalizedText(ja: "「\($0)」の後に", en: " after \"\($0)\"") }
    return Diagnostic(
      forbiddenCharacter, at: span,
      LocalizedText(
        ja: "\(place?.ja ?? "")目に見えない異体字セレクター \(name) がある",
        en: "invisible variation selector \(name)\(place?.en ?? "")"),
      help: LocalizedText(
        ja: "取り除く。字形は変わることがあるが、同じ文字のまま読まれる",
        en: "remove it: the shape may change, the character stays the same"),
      fixes: [Diagnostic.Fix(title, [TextEdit(span, replacement: "")])])
  }

  /// The character that ends where a span begins.
  private static func character(before span: SourceSpan, _ file: SourceFile) -> String? {
    let text = file.text(max(0, span.lowerBound - 4)..<span.lowerBound)
    guard let last = text.unicodeScalars.last, last.value > 0x20, last != "\u{FFFD}" else {
      return nil
    }
    return String(last)
  }

  private static func commonNames(_ scalar: Unicode.Scalar) -> LocalizedText? {
    switch scalar.value {
    case 0x00: LocalizedText(both: "NUL")
    case 0x0D: LocalizedText(ja: "LF を伴わない CR", en: "CR without LF")
    case 0x1B: LocalizedText(both: "ESC")
    case 0x7F: LocalizedText(both: "DEL")
    case 0x85: LocalizedText(ja: "次行", en: "next line")
    case 0xAD: LocalizedText(ja: "ソフトハイフン", en: "soft hyphen")
    case 0x200B: LocalizedText(ja: "ゼロ幅スペース", en: "zero width space")
    case 0x200C: LocalizedText(ja: "ゼロ幅非接合子", en: "zero width non-joiner")
    case 0x200D: LocalizedText(ja: "ゼロ幅接合子", en: "zero width joiner")
    case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069:
      LocalizedText(ja: "双方向制御文字", en: "bidirectional control")
    case 0x2028: LocalizedText(ja: "行区切り", en: "line separator")
    case 0x2029: LocalizedText(ja: "段落区切り", en: "paragraph separator")
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF:
      LocalizedText(ja: "異体字セレクター", en: "variation selector")
    case 0xFEFF: LocalizedText(ja: "BOM", en: "byte order mark")
    case 0xE000...0xF8FF, 0xF0000...0x10FFFF: LocalizedText(ja: "外字", en: "private use")
    default: nil
    }
  }

  static let tooLarge = DiagnosticCode(
    1012, .error, title: LocalizedText(ja: "大きすぎるファイル", en: "a file that is too large"),
    explanation: LocalizedText(
      ja: "限りある時間とメモリーで終わるよう、読むファイルの大きさには上限があります。",
      en: "There is a limit to a file's size, so that reading ends in bounded time and memory."),
    example: "(more than 64 MiB)")

  static func tooLarge(_ bytes: Int, limit: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      tooLarge, at: span,
      LocalizedText(
        ja: "ファイルが \(bytes) バイトあり、上限の \(limit) バイトを超えている",
        en: "the file has \(bytes) bytes, more than the limit of \(limit)"),
      help: LocalizedText(
        ja: "長い一覧は CSV に移して参照する", en: "move long lists to a CSV file and refer to it"))
  }

  static let secret = DiagnosticCode(
    1018, .error, title: LocalizedText(ja: "秘密情報らしい値", en: "what looks like a secret"),
    explanation: LocalizedText(
      ja: """
        tenant.yaml には期限だけを書き、秘密鍵、パスワード、クライアントシークレットは書きません。\
        履歴に残ったものは漏れたものとして扱い、発行元で失効させてください。この行はどの形式の\
        出力にも表示されません。
        """,
      en: """
        tenant.yaml holds dates of expiry and never private keys, passwords or client secrets. \
        Treat one that entered the history as leaked, and revoke it where it was issued. Its \
        line is shown in no output.
        """),
    example: "password: (a value)")

  static func secret(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      secret, at: span,
      LocalizedText(
        ja: "秘密情報らしいものが書かれている(内容は表示しない)",
        en: "this looks like a secret (its text is not shown)"),
      help: LocalizedText(
        ja: "ここから消し、発行元で失効させる",
        en: "remove it from here and revoke it where it was issued"),
      hidesSource: true)
  }
}

extension Unicode.Scalar {
  /// `U+` and at least four digits.
  fileprivate var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
