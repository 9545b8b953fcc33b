internal import Diagnostics
internal import SourceText
internal import TenantModel
internal import Wording
internal import YAMLTree

/// What was expected where something else stands.
enum ExpectedKind {
  case text
  case integer
  case list
  case mapping([Schema.Key])
  case choice([String])

  var wording: LocalizedText {
    switch self {
    case .text: .init(ja: "文字列", en: "text")
    case .integer: .init(ja: "整数", en: "a whole number")
    case .list: .init(ja: "リスト", en: "a list")
    case .mapping, .choice: .init(ja: "キーの集まり", en: "keys with values")
    }
  }
}

extension Diagnostic {
  static func refused(_ refusal: Refusal, at span: SourceSpan) -> Diagnostic {
    let fixes = refusal.correction.map { correction in
      let written = refusal.isTime ? correction : YAMLScalar(correction).text
      return [
        Fix(
          .init(ja: "「\(correction)」に直す", en: "write \"\(correction)\""),
          [TextEdit(span, replacement: written)], isSafe: !refusal.isGuess)
      ]
    }
    return Diagnostic(
      refusal.code, at: span, refusal.message, help: refusal.help, fixes: fixes ?? [])
  }

  static func ambiguousText(_ text: String, type: PlainType, at span: SourceSpan) -> Diagnostic {
    let shown = text.excerpt()
    let kind = type.wording
    let quoted = YAMLScalar.quoted(text)
    return Diagnostic(
      .ambiguousText, at: span,
      .init(
        ja: "引用符のない「\(shown)」を、\(kind.ja)として読むYAMLの読み手がある",
        en: "some readers of YAML take an unquoted \"\(shown)\" for \(kind.en)"),
      help: .init(ja: "\(quoted.excerpt()) と書く", en: "write \(quoted.excerpt())"),
      fixes: [
        // Who writes ~ or null means that there is no value.
        Fix(
          .init(ja: "引用符で囲む", en: "put it in quotes"), [TextEdit(span, replacement: quoted)],
          isSafe: type != .null)
      ])
  }

  static func hiddenCharacter(
    _ scalar: Unicode.Scalar, in text: String, at span: SourceSpan
  ) -> Diagnostic {
    let name = String(scalar).visible
    let hidden = text.unicodeScalars.filter(\.isHidden)
    var rest = String.UnicodeScalarView()
    rest.append(contentsOf: text.unicodeScalars.filter { !$0.isHidden })
    let fix = Fix(
      .init(ja: "この文字を取り除く", en: "remove the character"),
      [TextEdit(span, replacement: YAMLScalar(String(rest)).text)])
    return Diagnostic(
      .hiddenInText, at: span,
      .init(
        ja: "値に目に見えない文字 \(name) がある", en: "the value has a character that cannot be seen, \(name)"),
      help: .init(ja: "この文字を取り除く", en: "remove the character"),
      fixes: hidden.allSatisfy(\.hasNoWidth) && !rest.isEmpty ? [fix] : [])
  }

  static func emptyText(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .noValue, at: span, .init(ja: "値が空", en: "the value is empty"),
      help: .init(ja: "値を書くか、キーごと消す", en: "write the value, or remove the key"))
  }

  static func tooLong(count: Int, maximum: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .tooLong, at: span,
      .init(
        ja: "値が\(count)文字ある。上限は\(maximum)文字",
        en: "the value has \(count) characters, of at most \(maximum)"),
      help: .init(ja: "\(maximum)文字までに縮める", en: "shorten it to \(maximum) characters"))
  }

  static func noValue(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .noValue, at: span, .init(ja: "キーに値がない", en: "the key has no value"),
      help: .init(ja: "値を書くか、キーごと消す", en: "write the value, or remove the key"))
  }

  static func wrongKind(expected: ExpectedKind, at node: YAMLNode) -> Diagnostic {
    let found: LocalizedText =
      switch node.kind {
      case .scalar: .init(ja: "単独の値", en: "a single value")
      case .sequence: .init(ja: "リスト", en: "a list")
      case .mapping: .init(ja: "キーの集まり", en: "keys with values")
      }
    let wanted = expected.wording
    let help: LocalizedText? =
      switch expected {
      case .list: .init(ja: "[…] または - で並べる", en: "write […], or lines that begin with -")
      case .mapping(let keys) where keys.isEmpty: .init(ja: "{} と書く", en: "write {}")
      case .mapping(let keys):
        listing(keys.map(\.name), .init(ja: "使えるキー", en: "the keys"))
      case .choice(let keys): listing(keys, .init(ja: "次の1つを書く", en: "write one of"))
      case .text, .integer: nil
      }
    return Diagnostic(
      .wrongKind, at: node.span,
      .init(
        ja: "ここには\(wanted.ja)を書くが、\(found.ja)がある", en: "expected \(wanted.en), found \(found.en)"),
      help: help, fixes: kindFix(expected, node).map { [$0] } ?? [])
  }

  /// What another kind of value must have meant: one text where a list belongs, a word or `true` for
  /// a way of a choice without keys of its own.
  private static func kindFix(_ expected: ExpectedKind, _ node: YAMLNode) -> Fix? {
    guard node.kind == .scalar, node.isPlain, !node.isAlias else { return nil }
    let text = node.text()
    switch expected {
    case .list:
      let clear = text.utf8.allSatisfy { !",[]{}\n".utf8.contains($0) }
      guard clear, !text.isEmpty, node.resolved == .string else { return nil }
      let file = node.span.file
      return Fix(
        .init(ja: "[ ] で囲む", en: "put it in [ ]"),
        [
          TextEdit(
            SourceSpan(file: file, node.span.lowerBound..<node.span.lowerBound), replacement: "["),
          TextEdit(
            SourceSpan(file: file, node.span.upperBound..<node.span.upperBound), replacement: "]"),
        ])
    case .mapping(let keys) where keys.isEmpty:
      guard text == "true" else { return nil }
      return Fix(.init(ja: "{} に直す", en: "write {}"), [TextEdit(node.span, replacement: "{}")])
    case .mapping(let keys):
      guard case .object(let own, _) = keys.first(where: { $0.name == text })?.schema, own.isEmpty
      else { return nil }
      let written = "{ \(text): {} }"
      return Fix(
        .init(ja: "\(written) と書く", en: "write \(written)"),
        [TextEdit(node.span, replacement: written)])
    case .choice, .text, .integer: return nil
    }
  }

  static func unknownKey(_ name: String, nearest: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unknownKey, at: span,
      .init(ja: "知らないキー「\(name.excerpt())」", en: "unknown key \"\(name.excerpt())\""),
      help: .meant(nearest), fixes: [.spelled(nearest, for: name, at: span)])
  }

  static func unknownWord(
    _ word: String, allowed: [Schema.Value], at span: SourceSpan
  ) -> Diagnostic {
    let message = LocalizedText(
      ja: "「\(word.excerpt())」は選択肢にない", en: "\"\(word.excerpt())\" is not among the choices")
    guard let meant = Schema.Value.meant(by: word, among: allowed) else {
      let values = allowed.sorted { $0.word < $1.word }
      return Diagnostic(
        .unknownWord, at: span, message,
        help: .init(
          ja: (["書ける語"] + values.map { "\($0.word): \($0.about.ja)" }).joined(separator: "\n"),
          en: (["the choices"] + values.map { "\($0.word): \($0.about.en)" })
            .joined(separator: "\n")))
    }
    return Diagnostic(
      .unknownWord, at: span, message, help: .meant(meant.word),
      fixes: [.spelled(meant.word, for: word, at: span)])
  }

  static func missingKey(_ key: Schema.Key, in parent: SourceSpan) -> Diagnostic {
    let line = key.name + ": " + (key.schema.sample ?? "…")
    return Diagnostic(
      .missingKey, at: parent,
      .init(ja: "キー「\(key.name)」がない", en: "the key \"\(key.name)\" is missing"),
      help: .init(
        ja: "\(line) のように書く(\(key.about.ja))", en: "write it like \(line) (\(key.about.en))"))
  }

  static func notAnInteger(_ text: String, at span: SourceSpan) -> Diagnostic {
    let digits = text.filter { $0 != "_" }
    let meant = digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
    return Diagnostic(
      .notAnInteger, at: span,
      .init(
        ja: "「\(text.excerpt())」は10進の整数でない",
        en: "\"\(text.excerpt())\" is not a whole number in decimal"),
      help: meant.map { .init(ja: "\($0) と書く", en: "write \($0)") },
      fixes: meant.map {
        // Some readers take a leading zero for octal.
        [
          Fix(
            .init(ja: "\($0) に直す", en: "write \($0)"), [TextEdit(span, replacement: String($0))],
            isSafe: digits.utf8.first != 0x30)
        ]
      } ?? [])
  }

  static func quotedNumber(_ text: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .notAnInteger, at: span,
      .init(ja: "引用符で囲んだ数は文字列になる", en: "a number in quotes is text"),
      help: .init(ja: "\(text) と引用符なしで書く", en: "write \(text) without quotes"),
      fixes: [
        Fix(.init(ja: "引用符を取る", en: "remove the quotes"), [TextEdit(span, replacement: text)])
      ])
  }

  static func outOfRange(
    _ number: Int, _ range: ClosedRange<Int>, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .outOfRange, at: span,
      .init(
        ja: "\(number) は \(range.lowerBound) から \(range.upperBound) の範囲にない",
        en: "\(number) is not from \(range.lowerBound) to \(range.upperBound)"))
  }

  static func notABoolean(_ node: YAMLNode) -> Diagnostic {
    guard node.kind == .scalar else { return wrongKind(expected: .text, at: node) }
    let text = node.text()
    let meant: String? =
      switch text.lowercased() {
      case "true", "yes", "on", "y": "true"
      case "false", "no", "off", "n": "false"
      default: nil
      }
    return Diagnostic(
      .notABoolean, at: node.span,
      .init(
        ja: "「\(text.excerpt())」は true でも false でもない",
        en: "\"\(text.excerpt())\" is neither true nor false"),
      help: meant.map { .init(ja: "\($0) と書く", en: "write \($0)") },
      fixes: meant.map {
        [Fix(.init(ja: "\($0) に直す", en: "write \($0)"), [TextEdit(node.span, replacement: $0)])]
      } ?? [])
  }

  static func noChoice(_ keys: [String], at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .noChoice, at: span,
      .init(ja: "どれを使うか選ばれていない", en: "no choice was made"),
      help: listing(keys, .init(ja: "次の1つを書く", en: "write one of")))
  }

  static func secondChoice(_ key: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      .secondChoice, at: span,
      .init(ja: "「\(key)」は2つ目の選択", en: "\"\(key)\" is a second choice"),
      help: .init(ja: "どちらか一方を消す", en: "remove one of the two"),
      labels: [Label(first, .init(ja: "1つ目はここ", en: "the first is here"))])
  }

  static func emptyList(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .emptyList, at: span, .init(ja: "リストが空", en: "the list is empty"),
      help: .init(ja: "1つ以上書くか、キーごと消す", en: "add an entry, or remove the key"))
  }

  static func unsupportedVersion(_ node: YAMLNode) -> Diagnostic {
    let text = node.kind == .scalar ? node.text().excerpt() : ""
    let later = Int(text).map { $0 > 1 } ?? false
    return Diagnostic(
      .unsupportedVersion, at: node.span,
      later
        ? .init(
          ja: "version: \(text) は、このmgcより新しい版の言語",
          en: "version \(text) is later than this mgc reads")
        : .init(ja: "versionは1でなければならない", en: "the version must be 1"),
      help: later
        ? .init(
          ja: "version: \(text) に対応したmgcのリリースを使う",
          en: "use a release of mgc that reads version \(text)")
        : .init(ja: "version: 1 と書く", en: "write version: 1"),
      fixes: ["1", "1.0", "v1"].contains(text)
        ? [Fix(.init(ja: "1 に直す", en: "write 1"), [TextEdit(node.span, replacement: "1")])] : [])
  }

  static func unreadableReference(
    _ reference: Located<FileReference>, _ reason: LocalizedText, isSnapshot: Bool
  ) -> Diagnostic {
    let path = reference.value.path.excerpt()
    return Diagnostic(
      .unreadableReference, at: reference.span,
      .init(ja: "「\(path)」を読めない: \(reason.ja)", en: "cannot read \"\(path)\": \(reason.en)"),
      help: isSnapshot
        ? .init(
          ja: "mgc verify --record で、DNSの今の答えを記録する",
          en: "record what the DNS says today by mgc verify --record") : nil)
  }

  private static func listing(_ names: [String], _ intro: LocalizedText) -> LocalizedText {
    .init(
      ja: intro.ja + ": " + names.joined(separator: "、"),
      en: intro.en + ": " + names.joined(separator: ", "))
  }
}

extension Schema.Value {
  /// The one value whose word is spelled nearly so or begins so, or whose meaning begins so in
  /// either language.
  fileprivate static func meant(by text: String, among values: [Schema.Value]) -> Schema.Value? {
    func only(_ isMeant: (Schema.Value) -> Bool) -> Schema.Value? {
      let found = values.filter(isMeant)
      return found.count == 1 ? found[0] : nil
    }
    if let nearest = Spelling.nearest(to: text, among: values.map(\.word)) {
      return only { $0.word == nearest }
    }
    let count = text.unicodeScalars.count
    let isASCII = text.utf8.count == count
    guard count >= (isASCII ? 3 : 2) else { return nil }
    return only { $0.word.hasPrefix(text.lowercased()) }
      ?? only {
        $0.about.ja.hasPrefix(text) || $0.about.en.lowercased().hasPrefix(text.lowercased())
      }
  }
}

extension LocalizedText {
  fileprivate static func meant(_ word: String) -> LocalizedText {
    .init(ja: "「\(word)」のことか", en: "did you mean \"\(word)\"?")
  }
}

extension Diagnostic.Fix {
  /// Safe where no other word can be meant.
  fileprivate static func spelled(
    _ word: String, for written: String, at span: SourceSpan
  ) -> Diagnostic.Fix {
    .init(
      .init(ja: "「\(word)」に直す", en: "write \"\(word)\""),
      [TextEdit(span, replacement: word)], isSafe: Spelling.isVariant(written, of: word))
  }
}

extension Schema {
  /// What a value can look like, where that takes no more than a word.
  fileprivate var sample: String? {
    switch self {
    case .text(let form): form.examples.first
    case .integer(let range): String(range.lowerBound)
    case .constant(let number): String(number)
    case .boolean: "true"
    case .enumeration(let values): values.first?.word
    case .list, .object, .wordOr: nil
    }
  }
}

extension PlainType {
  fileprivate var wording: LocalizedText {
    switch self {
    case .string, .value, .merge: .init(ja: "記号", en: "a sign")
    case .null: .init(ja: "空の値", en: "no value")
    case .bool: .init(ja: "真偽値", en: "true or false")
    case .integer: .init(ja: "整数", en: "a whole number")
    case .float: .init(ja: "小数", en: "a number")
    case .timestamp: .init(ja: "日時", en: "a date and time")
    case .date: .init(ja: "日付", en: "a date")
    }
  }
}
