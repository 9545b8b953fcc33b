package import JSONText
package import MailRecords
internal import Wording

extension DNSSnapshot {
  /// The JSON Schema (draft-07) of `dns/snapshot.json`. Titles are English; descriptions have both
  /// languages, English first.
  package static var schema: JSONValue {
    .object([
      "$schema": .string("http://json-schema.org/draft-07/schema#"),
      "title": .string("mgc DNS snapshot"),
      "description": both(
        .init(
          ja: "mgc verify --record が記録したDNSの答え。ここにない質問は、尋ねていない(ないという意味ではない)",
          en:
            "What the DNS said, as mgc verify --record wrote it. A question that is not here was not asked; it does not mean that there is nothing"
        )),
      "type": .string("object"),
      "required": .strings(["format_version", "recorded", "answers"]),
      "additionalProperties": .bool(false),
      "properties": .object([
        "format_version": .object([
          "title": .string("Format"),
          "description": both(.init(ja: "この形式の版", en: "The version of this format")),
          "const": .integer(formatVersion),
        ]),
        "recorded": string(
          "Recorded", .init(ja: "記録した日時(RFC 3339)", en: "When it was recorded (RFC 3339)"),
          pattern:
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})$"
        ),
        "answers": .object([
          "title": .string("Answers"),
          "description": both(
            .init(ja: "質問と答え。名前、種別の順", en: "Questions with their answers, by name and type")),
          "type": .string("array"), "items": answer,
        ]),
      ]),
    ])
  }

  /// With records there are a TTL and records, otherwise neither.
  private static var answer: JSONValue {
    .object([
      "title": .string("Answer"),
      "description": both(
        .init(ja: "権威サーバーの答え", en: "What the authoritative servers answered")),
      "type": .string("object"),
      "required": .strings(["name", "type", "answer"]),
      "additionalProperties": .bool(false),
      "properties": .object([
        "name": string(
          "Name",
          .init(
            ja: "尋ねた名前。小文字で、最後の . なし", en: "The name, in lower case and without a dot at its end")),
        "type": .object([
          "title": .string("Type"),
          "description": both(.init(ja: "尋ねた種別", en: "The type that was asked for")),
          "enum": .strings(types.map(\.description)),
        ]),
        "answer": .object([
          "title": .string("Kind"),
          "description": both(
            .init(
              ja:
                "records: レコードがある。noData: 名前はあり、この種別はない。noName: 名前がない。failure: 使える答えがない。disagreement: 権威サーバーどうしで答えが違う",
              en:
                "records: there are records. noData: the name exists without this type. noName: the name does not exist. failure: no answer that can be used. disagreement: the authoritative servers differ"
            )),
          "enum": .strings(["records", "noData", "noName", "failure", "disagreement"]),
        ]),
        "aliases": .object([
          "title": .string("Aliases"),
          "description": both(
            .init(ja: "途中でたどったCNAME", en: "The CNAMEs that were followed on the way")),
          "type": .string("array"),
          "items": .object([
            "type": .string("object"), "required": .strings(["target", "ttl"]),
            "additionalProperties": .bool(false),
            "properties": .object([
              "target": string(
                "Target",
                .init(ja: "CNAMEの先。最後に . が付く", en: "Where the CNAME leads, with a dot at its end")),
              "ttl": ttl,
            ]),
          ]),
        ]),
        "ttl": ttl,
        "records": .object([
          "title": .string("Records"),
          "description": both(
            .init(ja: "ゾーンファイルでの書き方による値", en: "The data, as a zone file has it")),
          "type": .string("array"), "minItems": .integer(1),
          "items": .object(["type": .string("string")]),
        ]),
      ]),
      "if": .object(["properties": .object(["answer": .object(["const": .string("records")])])]),
      "then": .object(["required": .strings(["ttl", "records"])]),
      "else": .object([
        "properties": .object(["ttl": .bool(false), "records": .bool(false)])
      ]),
    ])
  }

  /// The types that are asked for.
  package static let types: [RecordType] = [.a, .aaaa, .cname, .mx, .ns, .soa, .txt]

  private static var ttl: JSONValue {
    .object([
      "title": .string("TTL"),
      "description": both(
        .init(
          ja: "権威サーバーが答えたTTL(秒)", en: "The TTL in seconds, as the authoritative servers give it")),
      "type": .string("integer"), "minimum": .integer(0),
      "maximum": .integer(Int(TTL.maximumSeconds)),
    ])
  }

  private static func string(
    _ title: String, _ about: LocalizedText, pattern: String? = nil
  ) -> JSONValue {
    .object([
      "title": .string(title), "description": both(about), "type": .string("string"),
      "pattern": pattern.map { .string($0) },
    ])
  }

  private static func both(_ text: LocalizedText) -> JSONValue { .string(text.en + "\n" + text.ja) }
}
