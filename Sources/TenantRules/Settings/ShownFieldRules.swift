internal import Diagnostics
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Fields that no article of the vendor's shows, which nothing here can check.
  static let shownFields = Rule([.unconfirmedField, .shownSecret]) { input, bag in
    let settings = input.tenant.settings
    let processing = settings.mailProcessing?.value
    let blocks: [[ShownField]] = [
      processing?.virus ?? [], processing?.encryptedZip ?? [], processing?.notices ?? [],
      settings.filtering?.value ?? [], settings.socialEngineering?.value.shown ?? [],
      settings.zip?.value.shown ?? [],
    ]
    for field in blocks.joined() where field.field.value.text.namesSecret {
      bag.add(
        Diagnostic(
          .shownSecret, at: field.field.span.union(field.value.span),
          .init(
            ja: "項目「\(field.field.value.text.excerpt())」の値はここに書けない",
            en: "the value of \"\(field.field.value.text.excerpt())\" cannot stand here"),
          help: .init(
            ja: "この行を消し、パスワードは管理者画面だけに入力する",
            en: "remove it, and enter the password in the console only"), hidesSource: true))
    }
    for block in blocks {
      guard let first = block.first(where: { !$0.field.value.text.namesSecret }) else { continue }
      bag.add(.unconfirmedField(first.field.value.text, at: first.field.span))
    }
    let authentication = settings.senderAuthentication?.value
    for entries in [authentication?.spfExceptions ?? [], authentication?.dmarcExceptions ?? []]
      + (settings.lists?.value ?? []).flatMap({ [$0.allowContent, $0.denyContent] })
    {
      guard let first = entries.first else { continue }
      bag.add(.unconfirmedField(first.value.text, at: first.span))
    }
  }

  /// Warnings in Japanese without the encoding that the vendor advises.
  static let warningTexts = Rule([.warningEncoding]) { input, bag in
    guard let normal = input.tenant.settings.mailProcessing?.value.normal,
      case .deliver(let warning) = normal.value, !warning.utf8,
      let text = [warning.header, warning.subject, warning.body].lazy.compactMap({ $0?.text })
        .first(where: { $0.utf8.contains { $0 >= 0x80 } })
    else { return }
    bag.add(
      Diagnostic(
        .warningEncoding, at: normal.span,
        .init(
          ja: "日本語の警告「\(text.excerpt())」にUTF-8へのエンコードがない",
          en: "the warning \"\(text.excerpt())\" is not ASCII, and is not encoded in UTF-8"),
        help: .init(ja: "utf8: true を書く", en: "write utf8: true")))
  }

  /// Exceptions of a check that is off.
  static let idleExceptions = Rule([.idleExceptions]) { input, bag in
    guard let value = input.tenant.settings.senderAuthentication?.value else { return }
    func judge(_ name: String, _ isOff: Bool, _ exceptions: [Located<TextLine>]) {
      guard isOff, let first = exceptions.first else { return }
      bag.add(
        Diagnostic(
          .idleExceptions, at: first.span,
          .init(
            ja: "無効にした\(name) 認証に除外がある", en: "\(name) is off, and has exceptions"),
          help: .init(
            ja: "\(name) 認証を有効にするか、除外を消す",
            en: "switch \(name) on, or remove the exceptions")))
    }
    judge("SPF", !value.spf, value.spfExceptions)
    judge("DMARC", value.dmarc == false, value.dmarcExceptions)
  }
}

extension Diagnostic {
  fileprivate static func unconfirmedField(_ text: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unconfirmedField, at: span,
      .init(
        ja: "「\(text.excerpt())」の名前や書式は公開されておらず、確かめられない",
        en: "the names or the form of \"\(text.excerpt())\" are not published and cannot be checked"
      ),
      help: .init(
        ja: "管理者画面の言葉と一致しているか、設定するときに確かめる",
        en: "see that it is as the console has it when it is set"))
  }
}

extension String {
  /// Whether a field of this name holds a secret: not the way that passwords are made, say, but
  /// one.
  fileprivate var namesSecret: Bool {
    let name = lowercased()
    return ["パスワード", "シークレット", "暗証番号", "password", "passphrase", "secret"].contains {
      name.hasSuffix($0)
    }
  }
}

extension DiagnosticCode {
  static let shownSecret = DiagnosticCode(
    7118, .error,
    title: .init(ja: "項目に書かれたパスワード", en: "a password in a field"),
    explanation: .init(
      ja:
        "tenant.yamlには秘密の値を書きません。リポジトリと手順書に残り、見る人を限れないためです。パスワードの項目は、管理者画面だけに入力します。その行はどの形式の指摘にも表示されません。",
      en:
        "No secret stands in tenant.yaml: it would stay in the repository and on the sheet, for anybody to read. A password is entered in the console only. No finding in any format shows the line."
    ),
    example: "zip: { trigger: { subjectPrefix: enc }, asShown: [{ field: 固定暗号化パスワード, value: … }] }")
  static let unconfirmedField = DiagnosticCode(
    7101, .note,
    title: .init(ja: "提供元の記事にない項目", en: "a field that no article shows"),
    explanation: .init(
      ja:
        "提供元の記事に値や書式のない項目は、管理者画面の言葉のまま tenant.yaml に書き、そのまま手順書に載ります。mgcは書き間違いを見つけられません。",
      en:
        "What no article of the vendor's shows stands in tenant.yaml in the console's own words, and on the sheet as it is. mgc cannot find a slip in it."
    ),
    example: "filtering: [{ field: スパムレベル, value: 中 }]",
    source: "article 360041000051; article 900004492326; article 900005450123")
  static let warningEncoding = DiagnosticCode(
    7102, .note,
    title: .init(ja: "エンコードされない日本語の警告", en: "a warning that is not encoded"),
    explanation: .init(
      ja: "日本語の警告には「UTF-8にエンコード」を選ぶよう、提供元が案内しています。選ばないと、受信者に文字化けして届くことがあります。",
      en:
        "For Japanese warnings the vendor advises UTF-8にエンコード. Without it receivers may see garbled text."
    ),
    example: "mailProcessing: { normal: { deliver: { subject: '【社外】' } } }",
    source: "article 360041000051")
  static let idleExceptions = DiagnosticCode(
    7117, .warning,
    title: .init(ja: "無効な認証の除外", en: "exceptions of a check that is off"),
    explanation: .init(
      ja: "認証を無効にすると、除外の設定は働きません。認証を有効のまま除外だけを使うつもりだったのかもしれません。",
      en:
        "Exceptions do nothing where the check is off. Perhaps it was to stay on, with these exceptions alone."
    ),
    example: "senderAuthentication: { spf: false, spfExceptions: [partner.example] }",
    source: "article 900004492326")
}
