package import JSONText
internal import MailRecords
internal import Wording

extension Lock {
  /// The numbers of the steps.
  static let steps = 1...8

  /// The JSON Schema (draft-07) of `tenant.lock.json`. Titles are English; descriptions have both
  /// languages, English first.
  package static var schema: JSONValue {
    object(
      [
        ("format_version", formatVersionSchema),
        (
          "tenant",
          string(
            "Tenant", .init(ja: "tenant.yaml の tenant.id", en: "The tenant.id of tenant.yaml"))
        ),
        ("resources", resourcesSchema),
        ("files", filesSchema),
        ("originals", originalsSchema),
      ],
      title: "mgc lock",
      .init(
        ja: "最後の mgc apply が出した設定と書いたファイル。書くのはmgcだけで、人は編集しない",
        en:
          "What the last mgc apply issued and which files it wrote. Only mgc writes it; people do not edit it"
      ),
      isRoot: true)
  }

  private static var formatVersionSchema: JSONValue {
    .object([
      "title": .string("Format"),
      "description": both(.init(ja: "この形式の版", en: "The version of this format")),
      "const": .integer(formatVersion),
    ])
  }

  private static var resourcesSchema: JSONValue {
    let property = object(
      [
        ("name", string("Name", .init(ja: "項目の名前", en: "The name of the property"))),
        ("value", string("Value", .init(ja: "項目の値", en: "The value of the property"))),
      ],
      title: "Property", .init(ja: "設定の一項目", en: "One property of the resource"))
    let step: JSONValue = .object([
      "title": .string("Step"),
      "description": both(
        .init(
          ja: "手順の番号。1から7は提供元のもの、8は切替後の仕上げ",
          en: "The number of the step: 1 to 7 are the vendor's, 8 is what comes afterwards")),
      "type": .string("integer"),
      "minimum": .integer(steps.lowerBound),
      "maximum": .integer(steps.upperBound),
    ])
    let resource = object(
      [
        (
          "id",
          string(
            "Identifier",
            .init(
              ja: "テナントの中で一つだけの、変わらない名前",
              en: "A name that is unique in the tenant and does not change"))
        ),
        ("step", step),
        (
          "properties",
          array(
            of: property, title: "Properties",
            .init(ja: "出したときの中身", en: "What it was when it was issued"))
        ),
      ],
      title: "Resource",
      .init(
        ja: "手順が作るもの。レコードの集まり、コネクタ、設定など",
        en: "What a step brings about: a record set, a connector, a setting"))
    return array(
      of: resource, title: "Resources", .init(ja: "出した設定。id の順", en: "What was issued, by id"))
  }

  private static var filesSchema: JSONValue {
    let digest: JSONValue = .object([
      "title": .string("SHA-256"),
      "description": both(
        .init(
          ja: "中身の SHA-256。小文字の16進", en: "The SHA-256 of the bytes, in lower-case hexadecimal")),
      "type": .string("string"),
      "pattern": .string("^[0-9a-f]{64}$"),
    ])
    let file = object(
      [
        ("path", string("Path", .init(ja: "out/ からの相対パス", en: "The path, relative to out/"))),
        ("sha256", digest),
      ],
      title: "File", .init(ja: "mgcが書いたファイル", en: "A file that mgc wrote"))
    return array(
      of: file, title: "Files", .init(ja: "書いたファイル。パスの順", en: "The files, by path"))
  }

  private static var originalsSchema: JSONValue {
    let ttl: JSONValue = .object([
      "title": .string("TTL"),
      "description": both(
        .init(ja: "組のTTL（秒）。なかったときは 0", en: "The TTL of the set in seconds; 0 where there was none")
      ),
      "type": .string("integer"),
      "minimum": .integer(0),
      "maximum": .integer(Int(TTL.maximumSeconds)),
    ])
    func records(_ title: String, _ about: LocalizedText) -> JSONValue {
      array(
        of: string("Record", .init(ja: "ゾーンファイルでの値", en: "The data as a zone file has it")),
        title: title, about)
    }
    let original = object(
      [
        ("id", string("Identifier", .init(ja: "レコードの名前、種別、用途", en: "Owner, type and purpose"))),
        ("type", string("Type", .init(ja: "MX、TXT、CNAME のどれか", en: "MX, TXT or CNAME"))),
        ("ttl", ttl),
        (
          "records",
          records(
            "Records", .init(ja: "mgcが変える前にあったもの", en: "What was there before mgc changed it"))
        ),
        (
          "written",
          records(
            "Written",
            .init(ja: "その場所にmgcがこれまでに出したもの", en: "What mgc has asked for in its place since"))
        ),
      ],
      title: "Original",
      .init(
        ja: "mgcが変える前のDNSのレコード。元に戻す手順はここへ戻す",
        en: "DNS records as they were before mgc changed them: where the way back leads"))
    return array(
      of: original, title: "Originals",
      .init(ja: "変える前のレコード。id の順", en: "What was there before, by id"))
  }

  private static func object(
    _ members: [(name: String, schema: JSONValue)], title: String, _ about: LocalizedText,
    isRoot: Bool = false
  ) -> JSONValue {
    .object([
      "$schema": isRoot ? .string("http://json-schema.org/draft-07/schema#") : nil,
      "title": .string(title),
      "description": both(about),
      "type": .string("object"),
      "required": .strings(members.map(\.name)),
      "additionalProperties": .bool(false),
      "properties": .object(members.map { JSONValue.Member($0.name, $0.schema) }),
    ])
  }

  private static func array(
    of items: JSONValue, title: String, _ about: LocalizedText
  ) -> JSONValue {
    .object([
      "title": .string(title), "description": both(about), "type": .string("array"),
      "items": items,
    ])
  }

  private static func string(_ title: String, _ about: LocalizedText) -> JSONValue {
    .object([
      "title": .string(title), "description": both(about), "type": .string("string"),
    ])
  }

  private static func both(_ text: LocalizedText) -> JSONValue { .string(text.en + "\n" + text.ja) }
}
