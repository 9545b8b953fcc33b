package import JSONText
internal import Wording

extension CheckReport {
  /// The JSON Schema (draft-07) of the report. Descriptions have both languages, English first.
  package static var schema: JSONValue {
    let tenant = object(
      .init(ja: "1つのテナント", en: "One tenant"),
      [
        ("file", string(.init(ja: "tenant.yaml のパス", en: "The path of its tenant.yaml"))),
        (
          "tenant",
          orNull(
            string(
              .init(ja: "tenant.id。読めなければ null", en: "Its tenant.id; null where it was not read")))
        ),
        ("report", orNull(reference("report"))),
        ("problem", orNull(reference("problem"))),
      ], optional: fixMembers)
    let root = object(
      .init(ja: "mgc check --format json の報告", en: "What mgc check --format json reports"),
      [
        ("format_version", formatVersion),
        (
          "tenants",
          array(.init(ja: "調べた順のテナント", en: "The tenants, in the order of the run"), tenant)
        ),
      ])
    guard case .object(let members) = root else { return root }
    return .object(
      [
        JSONValue.Member("$schema", .string("http://json-schema.org/draft-07/schema#")),
        JSONValue.Member("title", .string("mgc check report")),
      ] + members + [JSONValue.Member("definitions", definitions)])
  }

  /// What a report of `check --fix` has besides.
  private static var fixMembers: Members {
    let code = string(.init(ja: "指摘のコード", en: "The finding's code"))
    let file = string(.init(ja: "ファイルのパス", en: "The path of the file"))
    return [
      (
        "fixed",
        array(
          .init(ja: "直したもの", en: "What was fixed"),
          object(
            .init(ja: "直した1件", en: "One fix"),
            [
              ("code", code), ("title", reference("text")), ("file", file),
              ("line", integer(.init(ja: "1からの行", en: "The line, from 1"), from: 1)),
              (
                "column",
                integer(
                  .init(ja: "1からの列。Unicodeスカラー値で数える", en: "The column, from 1, in Unicode scalars"),
                  from: 1)
              ),
            ]))
      ),
      (
        "not_fixed",
        array(
          .init(ja: "直さなかったもの", en: "What was not fixed"),
          object(
            .init(ja: "直さなかった1件", en: "One fix that was not made"),
            [("code", code), ("file", file), ("reason", reference("text"))]))
      ),
      (
        "patch",
        string(
          .init(ja: "--dry-run での変更(patch -p0 用)", en: "With --dry-run, the changes for patch -p0"))
      ),
    ]
  }

  private static var formatVersion: JSONValue {
    .object([
      "description": both(.init(ja: "この形式の版", en: "The version of this format")),
      "const": .integer(JSONRenderer.formatVersion),
    ])
  }

  private static var definitions: JSONValue {
    .object([
      "report": object(
        .init(ja: "指摘", en: "What was found"),
        [
          ("format_version", formatVersion),
          (
            "findings",
            array(.init(ja: "場所の順の指摘", en: "The findings, by place"), reference("finding"))
          ),
          (
            "silenced",
            array(
              .init(ja: "コメントで抑制された指摘", en: "The findings that a comment silences"),
              reference("silenced"))
          ),
          (
            "dropped",
            integer(
              .init(ja: "上限を超えて省かれた指摘の数", en: "How many findings came after the limit"), from: 0)
          ),
        ]),
      "problem": object(
        .init(ja: "読めなかった理由", en: "Why it could not be read"),
        [("message", reference("text")), ("help", orNull(reference("text")))]),
      "finding": finding,
      "silenced": object(
        .init(ja: "抑制された指摘と、そのコメント", en: "A silenced finding, and its comment"),
        [
          ("finding", reference("finding")), ("comment", reference("place")),
          (
            "until",
            orNull(
              .object([
                "description": both(
                  .init(ja: "抑制の最後の日。なければ期限なし", en: "The last day of the silence; null for no end")),
                "type": .string("string"), "pattern": .string("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
              ]))
          ),
          (
            "reason",
            orNull(
              string(
                .init(
                  ja: "書かれた理由。秘密かもしれない行では null",
                  en: "The reason as written; null on a line that may hold a secret")))
          ),
        ]),
      "edit": object(
        .init(ja: "置き換え", en: "A replacement"),
        placeMembers + [("replacement", string(.init(ja: "置き換える文字列", en: "What to write there")))]),
      "place": object(.init(ja: "ファイルの中の範囲", en: "A range in a file"), placeMembers),
      "position": object(
        .init(ja: "位置", en: "A position"),
        [
          (
            "offset",
            integer(.init(ja: "先頭からのバイト数", en: "Bytes from the beginning of the file"), from: 0)
          ),
          ("line", integer(.init(ja: "1からの行", en: "The line, from 1"), from: 1)),
          (
            "column",
            integer(
              .init(ja: "1からの列。Unicodeスカラー値で数える", en: "The column, from 1, in Unicode scalars"),
              from: 1)
          ),
        ]),
      "text": object(
        .init(ja: "両方の言語での文", en: "A text in both languages"),
        [
          ("ja", string(.init(ja: "日本語", en: "Japanese"))),
          ("en", string(.init(ja: "英語", en: "English"))),
        ]),
    ])
  }

  private static var finding: JSONValue {
    let severities = Severity.allCases.map(\.rawValue)
    let label = object(
      .init(ja: "関わりのある別の場所", en: "Another place that matters"),
      placeMembers + [("message", reference("text"))])
    let fix = object(
      .init(ja: "直し方", en: "How to mend it"),
      [
        ("title", reference("text")),
        (
          "safe",
          .object([
            "description": both(
              .init(
                ja: "答えが1つに決まり、check --fix が書き込むか",
                en: "Whether it is the one right answer, which check --fix writes")),
            "type": .string("boolean"),
          ])
        ),
        (
          "edits",
          array(.init(ja: "重ならない置き換え", en: "Replacements that do not overlap"), reference("edit"))
        ),
      ])
    return object(
      .init(ja: "1つの指摘", en: "One finding"),
      [
        (
          "code",
          .object([
            "description": both(
              .init(ja: "mgc explain に渡せるコード", en: "The code, as mgc explain takes it")),
            "type": .string("string"), "pattern": .string("^MGC[0-9]{4}$"),
          ])
        ),
        (
          "severity",
          .object([
            "description": both(.init(ja: "重さ", en: "How grave it is")),
            "enum": .strings(severities),
          ])
        ),
        ("message", reference("text")),
        ("help", orNull(reference("text"))),
      ] + placeMembers + [
        ("labels", array(.init(ja: "関わりのある場所", en: "Other places that matter"), label)),
        ("fixes", array(.init(ja: "直し方", en: "How to mend it"), fix)),
      ])
  }

  private typealias Members = [(name: String, schema: JSONValue)]

  private static var placeMembers: Members {
    [
      ("file", string(.init(ja: "ファイルのパス", en: "The path of the file"))),
      ("start", reference("position")), ("end", reference("position")),
    ]
  }

  private static func object(
    _ about: LocalizedText, _ members: Members, optional: Members = []
  ) -> JSONValue {
    .object([
      "description": both(about),
      "type": .string("object"),
      "required": .strings(members.map(\.name)),
      "additionalProperties": .bool(false),
      "properties": .object((members + optional).map { JSONValue.Member($0.name, $0.schema) }),
    ])
  }

  private static func array(_ about: LocalizedText, _ items: JSONValue) -> JSONValue {
    .object(["description": both(about), "type": .string("array"), "items": items])
  }

  private static func string(_ about: LocalizedText) -> JSONValue {
    .object(["description": both(about), "type": .string("string")])
  }

  private static func integer(_ about: LocalizedText, from minimum: Int) -> JSONValue {
    .object([
      "description": both(about), "type": .string("integer"), "minimum": .integer(minimum),
    ])
  }

  private static func reference(_ name: String) -> JSONValue {
    .object(["$ref": .string("#/definitions/" + name)])
  }

  private static func orNull(_ schema: JSONValue) -> JSONValue {
    .object(["anyOf": .array([schema, .object(["type": .string("null")])])])
  }

  private static func both(_ text: LocalizedText) -> JSONValue { .string(text.en + "\n" + text.ja) }
}
