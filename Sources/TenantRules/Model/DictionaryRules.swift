internal import Diagnostics
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// What the console's dictionaries can hold.
  static let dictionaryLimits = Rule(
    [.tooManyDictionaries, .tooManyLines, .commentLine]
  ) { input, bag in
    let settings = input.tenant.settings
    let dictionaries = settings.dictionaries?.value ?? []
    let exclusions = settings.exclusionDictionaries?.value ?? []
    func judge(_ dictionaries: [KeywordDictionary], _ most: Int, _ what: LocalizedText) {
      guard dictionaries.count > most else { return }
      bag.add(
        Diagnostic(
          .tooManyDictionaries, at: dictionaries[most].name.span,
          .init(
            ja: "\(what.ja)が\(dictionaries.count)個ある。上限は\(most)個",
            en: "there are \(dictionaries.count) \(what.en), of at most \(most)"),
          help: .init(
            ja: "同じ審査ルールで使う辞書をまとめる", en: "make one of dictionaries that serve the same rules")))
    }
    judge(
      dictionaries, Catalogue.dictionaries.value, .init(ja: "キーワード辞書", en: "dictionaries"))
    judge(
      exclusions, Catalogue.exclusionDictionaries.value,
      .init(ja: "除外キーワード辞書", en: "exclusion dictionaries"))
    let lines = Catalogue.dictionaryLines.value
    for dictionary in dictionaries + exclusions {
      guard case .phrases(let phrases) = dictionary.content.value else { continue }
      let name = dictionary.name.value.text.excerpt()
      if phrases.count > lines {
        bag.add(
          Diagnostic(
            .tooManyLines, at: phrases[lines].span,
            .init(
              ja: "キーワード辞書「\(name)」が\(phrases.count)行ある。上限は\(lines)行",
              en: "the dictionary \"\(name)\" has \(phrases.count) lines, of at most \(lines)"),
            help: .init(ja: "2つの辞書に分ける", en: "part it into two dictionaries"),
            labels: [
              .init(dictionary.name.span, .init(ja: "この辞書", en: "this dictionary"))
            ]))
      }
      for phrase in phrases where phrase.value.text.utf8.first == 0x23 {
        bag.add(
          Diagnostic(
            .commentLine, at: phrase.span,
            .init(
              ja: "「\(phrase.value.text.excerpt())」は注釈の行として読み飛ばされる",
              en: "\"\(phrase.value.text.excerpt())\" is skipped as a comment"),
            help: .init(
              ja: "先頭の # を取るか、正規表現の辞書にする",
              en: "take the leading # away, or use a dictionary with a regular expression"),
            fixes: phrase.value.text.utf8.dropFirst().contains { $0 != 0x23 && $0 != 0x20 }
              ? [
                .write(
                  String(phrase.value.text.drop { $0 == "#" || $0 == " " }), at: phrase.span,
                  isSafe: false)
              ] : []))
      }
    }
  }

  /// Regular expressions, whose dialect the vendor does not publish.
  static let regularExpressions = Rule([.headerForm, .unknownDialect]) { input, bag in
    for rule in input.tenant.settings.review?.value ?? [] {
      guard let header = rule.when.header, !header.value.text.isDelimitedExpression else {
        continue
      }
      bag.add(
        Diagnostic(
          .headerForm, at: header.span,
          .init(
            ja: "「\(header.value.text.excerpt())」は /正規表現/i の形ではない",
            en: "\"\(header.value.text.excerpt())\" is not of the form /regex/i"),
          help: .init(
            ja: "/^Cc:.*yamada@kaede\\.example/i のように書く",
            en: "write it like /^Cc:.*yamada@kaede\\.example/i"),
          fixes: header.value.text.utf8.contains(0x2F)
            ? [] : [.write("/" + header.value.text + "/i", at: header.span, isSafe: false)]))
    }
    let settings = input.tenant.settings
    for dictionary in (settings.dictionaries?.value ?? [])
      + (settings.exclusionDictionaries?.value ?? [])
    {
      guard case .regex(let regex) = dictionary.content.value else { continue }
      bag.add(
        Diagnostic(
          .unknownDialect, at: dictionary.content.span,
          .init(
            ja: "正規表現「\(regex.text.excerpt())」の方言は公開されておらず、確かめられない",
            en: "the dialect of \"\(regex.text.excerpt())\" is not published and cannot be checked"),
          help: .init(
            ja: "管理者画面に保存したあと、一致するメールと一致しないメールで試す",
            en:
              "once it is saved in the console, try it with mail that matches and mail that does not"
          )))
    }
  }
}

extension String {
  /// Whether it begins with `/` and ends with `/` and flags.
  fileprivate var isDelimitedExpression: Bool {
    guard first == "/", let end = lastIndex(of: "/"), end > index(after: startIndex) else {
      return false
    }
    return self[index(after: end)...].utf8.allSatisfy { "imsxu".utf8.contains($0) }
  }
}

extension DiagnosticCode {
  static let tooManyDictionaries = DiagnosticCode(
    2120, .error,
    title: .init(ja: "多すぎるキーワード辞書", en: "too many dictionaries"),
    explanation: .init(
      ja: "管理者画面に登録できるキーワード辞書は20個までです(除外キーワード辞書は別に20個)。使われていない辞書を消すか、まとめます。",
      en:
        "The console holds 20 dictionaries, besides 20 of exceptions. Remove those that no rule uses, or join some."
    ),
    example: "dictionaries: [{ name: d1, phrases: [a] }, …, { name: d21, phrases: [a] }]",
    source: "article 900005108503")
  static let tooManyLines = DiagnosticCode(
    2121, .error,
    title: .init(ja: "長すぎるキーワード辞書", en: "a dictionary with too many lines"),
    explanation: .init(
      ja: "1つのキーワード辞書に書けるのは100行までです。残りは登録できず、その語は検査されません。2つの辞書に分けても、審査ルールを2つにすれば同じに働きます。",
      en:
        "A dictionary holds 100 lines; what is beyond cannot be registered and is not looked for. Part it in two, with a review rule for each."
    ),
    example: "dictionaries: [{ name: 機密, phrases: [語1, …, 語101] }]",
    source: "article 900005108503")
  static let headerForm = DiagnosticCode(
    2122, .warning,
    title: .init(ja: "スラッシュで囲まれていない正規表現", en: "a regular expression without its slashes"),
    explanation: .init(
      ja:
        "提供元の設定例では、メールヘッダー内容に /^To:.*hoge@example.co.jp.*/i のような形で書きます。正規表現の方言は公開されていません。",
      en:
        "The vendor's examples write header conditions like /^To:.*hoge@example.co.jp.*/i. The dialect of the expressions is not published."
    ),
    example: "when: { header: '^Cc:.*yamada' }", source: "article 360039832351")
  static let unknownDialect = DiagnosticCode(
    2123, .note,
    title: .init(ja: "方言のわからない正規表現", en: "a regular expression of an unknown dialect"),
    explanation: .init(
      ja: "正規表現の方言を提供元は公開していません。mgcは書かれたとおりに出力し、PCRE2で読めるかどうかだけを調べます。",
      en:
        "The vendor does not publish the dialect of regular expressions. mgc writes them as they are, and only sees whether PCRE2 can read them."
    ),
    example: "dictionaries: [{ name: 口座, regex: '[0-9]{7}' }]", source: "article 900005108503")
  static let commentLine = DiagnosticCode(
    2124, .warning,
    title: .init(ja: "注釈になる辞書の行", en: "a line of a dictionary that is a comment"),
    explanation: .init(
      ja: "キーワード辞書では、# で始まる行は注釈です。その語は検査されません。",
      en: "In a dictionary a line that begins with # is a comment; its words are not looked for."),
    example: "dictionaries: [{ name: 機密, phrases: ['#社外秘'] }]", source: "article 900005108503")
}
