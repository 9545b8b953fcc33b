package import Diagnostics
package import SourceText
internal import TenantModel
package import Wording
internal import YAMLTree

// The codes and findings of `extends`.

let layeringCodes: [DiagnosticCode] = [
  .badStandardPath, .unreadableStandard, .standardExtends, .standardNotAMapping, .standardVersion,
  .nothingToAppendTo,
]

extension DiagnosticCode {
  static let badStandardPath = DiagnosticCode(
    1060, .error,
    title: .init(ja: "extendsに使えないパス", en: "a path that extends cannot use"),
    explanation: .init(
      ja:
        "extendsには、tenant.yamlのフォルダーから見た標準ファイルのパスを1つ書きます。先頭に .. を並べて上のフォルダーへ出られますが、上にある最も近いmgc.yamlのフォルダーより外へは出られません。絶対パス、途中の .. は使えません。",
      en:
        "extends takes one path, from the folder of tenant.yaml to the standard. It may begin with .. to go up, as far as the nearest folder above that holds an mgc.yaml. An absolute path, or .. behind a name, is refused."
    ),
    example: "extends: /srv/standards/standard.yaml")
  static let unreadableStandard = DiagnosticCode(
    1061, .error,
    title: .init(ja: "読めない標準ファイル", en: "a standard that cannot be read"),
    explanation: .init(
      ja:
        "extendsの指すファイルがないか、リンクや特殊ファイルであるか、上にある最も近いmgc.yamlのフォルダーの外にあります。販売店のフォルダーの一番上に、空でよいのでmgc.yamlを置きます。標準が読めない間は、標準にあるはずの値が足りないとは言いません。",
      en:
        "The file that extends names is missing, a link or a special file, or lies outside of the nearest folder above that holds an mgc.yaml. Put an mgc.yaml, which may be empty, at the top of the reseller's folder. Until the standard can be read, nothing that it may give is reported as missing."
    ),
    example: "extends: ../standards/no-such-file.yaml")
  static let standardExtends = DiagnosticCode(
    1062, .error,
    title: .init(ja: "標準の中のextends", en: "a standard that itself extends"),
    explanation: .init(
      ja:
        "標準は1段だけです。標準がさらに別のファイルを引き継ぐと、ある値がどこで決まるかを追えなくなり、輪もできます。tenant.yamlを標準にすることもできません。",
      en:
        "There is one layer of standards. A standard that extended another would hide where a value is decided, and could lead in a circle. A tenant.yaml that extends cannot be a standard either."
    ),
    example: "# standards/standard.yaml\nextends: base.yaml")
  static let standardNotAMapping = DiagnosticCode(
    1063, .error,
    title: .init(ja: "キーの集まりでない標準", en: "a standard that is not a set of keys"),
    explanation: .init(
      ja: "標準はtenant.yamlと同じキーで書きます。書いたキーだけが引き継がれます。",
      en: "A standard is written with the keys of tenant.yaml. Those that it has are inherited."),
    example: "# standards/standard.yaml\n- mail-security")
  static let standardVersion = DiagnosticCode(
    1064, .error,
    title: .init(ja: "標準の言語の版の違い", en: "a standard in another version of the language"),
    explanation: .init(
      ja: "標準とtenant.yamlは同じ版の言語で書きます。版が違うと、同じキーが別の意味になり得ます。",
      en:
        "A standard and its tenants are written in the same version of the language: in another, a key may mean something else."
    ),
    example: "# standards/standard.yaml\nversion: 2")
  static let nothingToAppendTo = DiagnosticCode(
    1065, .error,
    title: .init(ja: "追加する先のないappend", en: "an append that has nothing to add to"),
    explanation: .init(
      ja:
        "{ append: […] } は、標準のリストの後ろに要素を足します。extendsのないファイル、標準そのもの、リストの要素の中(リストの要素どうしは併合されない)には、足す先がありません。リストをそのまま書きます。",
      en:
        "{ append: […] } adds to the end of a standard's list. In a file without extends, in a standard, and inside an entry of a list (entries are never merged with each other) there is nothing to add to. Write the list itself."
    ),
    example: "gateway: { egress: { append: [192.0.2.0/28] } }")
}

extension Diagnostic {
  /// - Parameter reason: why it was not read.
  package static func unreadableStandard(
    at span: SourceSpan, _ reason: LocalizedText
  ) -> Diagnostic {
    Diagnostic(
      .unreadableStandard, at: span,
      .init(ja: "標準ファイルを読めない: \(reason.ja)", en: "cannot read the standard: \(reason.en)"),
      help: .init(
        ja: "tenant.yamlのフォルダーから見たパスを書く。上のフォルダーに置くなら、販売店のフォルダーの一番上にmgc.yamlを置く",
        en:
          "name it from the folder of tenant.yaml; for one above, put an mgc.yaml at the top of the reseller's folder"
      ))
  }

  static func standardExtends(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .standardExtends, at: span,
      .init(ja: "標準ファイルは、ほかのファイルを引き継げない", en: "a standard cannot extend another file"),
      help: .init(
        ja: "引き継ぐ値をこのファイルに書き、extendsを消す",
        en: "write what it inherits into this file, and remove extends"))
  }

  static func standardNotAMapping(_ root: YAMLNode) -> Diagnostic {
    Diagnostic(
      .standardNotAMapping, at: root.span,
      .init(
        ja: "標準ファイルはキーの集まりでなければならない", en: "a standard must be keys with values"),
      help: .init(ja: "tenant.yamlと同じキーを書く", en: "write the keys of tenant.yaml"))
  }

  static func standardVersion(_ node: YAMLNode, own: SourceSpan) -> Diagnostic {
    Diagnostic(
      .standardVersion, at: node.span,
      .init(
        ja: "標準ファイルのversionがtenant.yamlと違う",
        en: "the version of the standard is not that of tenant.yaml"),
      help: .init(ja: "version: 1 と書く", en: "write version: 1"),
      labels: [Label(own, .init(ja: "tenant.yamlの版", en: "the version of tenant.yaml"))])
  }

  static func nothingToAppendTo(_ node: YAMLNode) -> Diagnostic {
    Diagnostic(
      .nothingToAppendTo, at: node.span,
      .init(ja: "appendで追加する先のリストがない", en: "append has no list to add to"),
      help: .init(
        ja: "appendを使わず、リストをそのまま書く", en: "write the list itself, without append"))
  }
}

extension Refusal {
  static func standard(_ text: String, _ problem: StandardReference.Problem) -> Refusal {
    let reason: LocalizedText =
      switch problem {
      case .empty: .init(ja: "空", en: "it is empty")
      case .absolute: .init(ja: "絶対パス", en: "it is absolute")
      case .crooked:
        .init(
          ja: "空の部分か . があるか、名前の後に .. がある", en: "it has . or an empty part, or .. behind a name")
      case .hiddenCharacter: .init(ja: "見えない文字がある", en: "it has a hidden character")
      }
    return Refusal(
      .badStandardPath,
      .init(
        ja: "「\(text.excerpt())」は使えないパス: \(reason.ja)",
        en: "the path \"\(text.excerpt())\" cannot be used: \(reason.en)"),
      help: .init(
        ja: "../standards/standard.yaml の形で書く", en: "write it as ../standards/standard.yaml"))
  }
}
