internal import Artifacts
internal import SourceText

/// What the page says of itself.
enum RunbookPageWords {
  static let skip = Phrase(ja: "作業へ移動", en: "Skip to the work")
  static let open = Phrase(ja: "開く", en: "Open")
  static let copy = Phrase(ja: "コピー", en: "Copy")

  /// Progress, language, and what becomes of the ticks.
  static var bar: HTML {
    """
    <div class="bar"><div>
    <span class="progress" id="progress"></span>
    <span class="group" role="group" aria-label="言語 / Language">\
    <button type="button" data-language-button="ja" aria-pressed="false">日本語</button>\
    <button type="button" data-language-button="en" aria-pressed="false">English</button></span>
    <span class="group"><button type="button" id="export">\(export)</button>\
    <label class="file-button"><input class="hidden" type="file" id="import" accept=".json,application/json">\(take)</label></span>
    <p class="status" id="status" role="status"></p>
    </div></div>
    """
  }

  private static let export = Phrase(ja: "印を書き出す", en: "Export ticks")
  private static let take = Phrase(ja: "印を読み込む", en: "Import ticks")

  /// What the script says, by name; `{0}` and `{1}` are numbers or what was copied.
  static var messages: HTML {
    let lines = texts.map { name, phrase -> HTML in
      "<p\(" data-name=\(value: name)" as HTMLAttributes)>\(phrase)</p>"
    }
    return "<div id=\"words\" hidden>\n\(lines.joined(separator: "\n"))\n</div>"
  }

  private static let texts: [(String, Phrase)] = [
    ("progress", .init(ja: "{0} / {1} 済み", en: "{0} of {1} done")),
    ("copied", .init(ja: "コピーしました: {0}", en: "Copied: {0}")),
    (
      "uncopied",
      .init(
        ja: "ブラウザーがコピーを許しませんでした。選択してコピーしてください。",
        en: "The browser did not allow copying. Please select the value and copy it.")
    ),
    ("exported", .init(ja: "印を{0}個書き出しました。", en: "{0} ticks were exported.")),
    ("imported", .init(ja: "印を{0}個読み込みました。", en: "{0} ticks were imported.")),
    (
      "changed",
      .init(
        ja: "前の版の手順書の印を{0}個引き継ぎました。{1}個は、作業の内容が変わったか、なくなったため、引き継いでいません。",
        en:
          "{0} ticks of an earlier version were kept. {1} were not: their work has changed or is gone."
      )
    ),
    (
      "other",
      .init(
        ja: "読み込んでいません。このファイルは別のお客様({0})のものです。",
        en: "Nothing was imported: the file is of another customer ({0}).")
    ),
    (
      "unreadable",
      .init(
        ja: "読み込んでいません。この手順書から書き出したファイルではありません。",
        en: "Nothing was imported: the file was not exported from such a page.")
    ),
    (
      "unkept",
      .init(
        ja: "ブラウザーに印を保存できません。閉じる前に書き出してください。",
        en: "The browser cannot keep the ticks. Export them before you close the page.")
    ),
  ]
}
