import Foundation
import TestSupport

/// A tenant with every free-text field of the language, each filled by a test or harmless.
///
/// The console takes one of two choices in some places, so there are two forms of the tenant.
enum HostileTenant {
  enum Form: CaseIterable, Sendable { case first, second }

  /// A field, and one way to put a hostile value into it.
  struct Field: Sendable {
    let name: String
    /// What surrounds the value.
    let before: String
    let after: String
    let form: Form
    /// Where documents must hold the text of the field.
    let places: [Place]

    var description: String { "\(before)\(name)\(after)" }
    /// Whether one value in both would be one thing named twice: a file, or a person.
    func collides(with other: Field) -> Bool {
      let people = ["manager", "member"]
      let terms = ["spfSender", "spfRemove"]
      return name == other.name
        || text("") == other.text("")
          && (name.hasSuffix("File") && other.name.hasSuffix("File")
            || people.contains(name) && people.contains(other.name)
            || terms.contains(name) && terms.contains(other.name))
    }
    func text(_ value: String) -> String { before + value + after }
  }

  /// Where a document holds a text exactly.
  enum Place: Sendable {
    /// A member of `settings` in the import file; numbers are indices.
    case setting([String])
    /// Some text of the import file.
    case someSetting
    /// Visible text of a page.
    case page(String)
    /// A literal of a script.
    case literal(String)
    /// A cell of a table, or a line of the text that stands for it.
    case cell(String)
    /// A line of a list.
    case line(String)
  }

  private static func field(
    _ name: String, _ form: Form = .first, _ wraps: [(String, String)] = [], raw: Bool = true,
    _ places: [Place] = []
  ) -> [Field] {
    ((raw ? [("", "")] : []) + wraps).map { before, after in
      Field(name: name, before: before, after: after, form: form, places: places)
    }
  }

  private static let sheet = Place.page("5-settings/click-sheet.md")
  private static let runbook = Place.page("RUNBOOK.md")
  private static let own = [("", "@kaede.example")]
  private static let partner = [("", "@partner.example")]
  private static let reports = [
    ("mailto:", "@kaede.example"), ("https://reports.kaede.example/", ""),
  ]
  private static let terms = [("include:", ""), ("exists:", ".example"), ("ip4:", "")]

  static let fields: [Field] =
    field("name", [], [runbook]) + field("contact", [], [runbook])
    + field(
      "redirect", .first, [("https://redirect.example/", "")],
      [.page("3-mail-server/workspace/oauth.md")])
    + field(
      "origin", .first, [("https://origin.example/", "")],
      [.page("3-mail-server/workspace/oauth.md")])
    + field(
      "guardName", [],
      [
        .literal("3-mail-server/m365/connect.ps1"), .page("3-mail-server/m365/microsoft365.md"),
      ])
    + field(
      "guardValue", [],
      [
        .literal("3-mail-server/m365/connect.ps1"), .page("3-mail-server/m365/microsoft365.md"),
      ])
    + field("idp", [], [.page("3-mail-server/m365/saml-request.md")])
    + field("samlContact", [], [.page("3-mail-server/m365/saml-request.md")])
    + field("description", [], [.page("3-mail-server/hosted/instructions.md")])
    + field("shared", .first, own)
    + field("zoneFile", .first, [("zones/", "")]) + field("keyFile", .first, [("keys/", "")])
    + field("memberFile", .first, [("groups/", "")])
    + field("spfSender", .first, terms) + field("spfRemove", .first, terms)
    + field("selector", .first, [("a.", "")])
    + field("dmarc", .first, reports) + field("tls", .first, reports)
    + field(
      "group", .first, [("/", ""), ("/営業部/", "")],
      [.setting(["review", "0", "scope", "group"]), sheet, .cell("groups"), .someSetting])
    + field("manager", .first, own, [.someSetting, .cell("groups")])
    + field("member", .first, own, [.someSetting, .cell("groups")])
    + field("spamSubject", [], [.setting(["mail_processing", "0", "spam", "text"]), sheet])
    + field(
      "spamHeader", .second, [], [.setting(["mail_processing", "0", "spam", "text"]), sheet])
    + field(
      "allow", .first, partner,
      [
        .setting(["lists", "0", "allow_senders", "0"]),
        .line("5-settings/lists/allow-senders-all.txt"),
      ])
    + field(
      "deny", .second, partner,
      [
        .setting(["lists", "0", "deny_senders", "0"]),
        .line("5-settings/lists/deny-senders-all.txt"),
      ])
    + field(
      "dictionary", [],
      [
        .setting(["dictionaries", "0", "name"]), .setting(["review", "0", "when", "dictionary"]),
        sheet, .cell("review"),
      ])
    + field(
      "phrase", [],
      [
        .setting(["dictionaries", "0", "phrases", "0"]),
        .line("5-settings/lists/dictionary-1.txt"),
      ])
    + field("regex", [], [.setting(["dictionaries", "1", "regex"]), sheet])
    + field("review", [], [.setting(["review", "0", "name"]), sheet, .cell("review")])
    + field(
      "header", .first, [("/", "/i")],
      [.setting(["review", "0", "when", "header"]), sheet, .cell("review")])
    + field(
      "sender", .first, partner,
      [.setting(["review", "0", "when", "sender"]), sheet, .cell("review")])
    + field(
      "warning", [], [.setting(["mail_processing", "0", "normal", "subject"]), sheet])
    + field(
      "shownField", [], [.setting(["mail_processing", "0", "virus", "0", "field"]), sheet])
    + field(
      "shownValue", [], [.setting(["mail_processing", "0", "virus", "0", "value"]), sheet])
    + field(
      "content", .first, [],
      [
        .setting(["lists", "0", "allow_content", "0"]),
        .line("5-settings/lists/allow-content-all.txt"),
      ])
    + field(
      "exclusion", [],
      [
        .setting(["exclusion_dictionaries", "0", "name"]),
        .setting(["review", "1", "when", "except_dictionary"]), sheet, .cell("review"),
      ])
    + field("delegate", [], [.setting(["review_delegation", "0", "as_shown"]), sheet])
    + field(
      "notified", .first, own,
      [.setting(["review", "1", "then", "notify", "0"]), sheet, .cell("review")])
    + field("zip", [], [.setting(["zip", "0", "trigger", "subject_prefix"]), sheet])
    + field(
      "except", .first, partner,
      [
        .setting(["zip", "0", "except_recipients", "0"]),
        .line("5-settings/lists/zip-except-recipients.txt"),
      ])
    + field(
      "link", .second, [],
      [.setting(["attachment_link", "0", "trigger", "subject_prefix"]), sheet])

  private static func field(
    _ name: String, _ wraps: [(String, String)], _ places: [Place]
  ) -> [Field] {
    field(name, .first, wraps, places)
  }

  private static func field(
    _ name: String, _ form: Form, _ wraps: [(String, String)], _ places: [Place]
  ) -> [Field] {
    field(name, form, wraps, raw: true, places)
  }

  static let harmless: [String: String] = [
    "name": "楓商事株式会社", "contact": "佐藤", "redirect": "https://redirect.gateway.example/",
    "origin": "https://origin.gateway.example", "guardName": "X-Example-Loop",
    "guardValue": "kaede", "idp": "Entra ID", "samlContact": "鈴木", "description": "レンタルサーバー",
    "shared": "info@kaede.example", "zoneFile": "kaede.zone", "keyFile": "mg.txt",
    "memberFile": "members.csv", "spfSender": "ip4:198.51.100.7",
    "spfRemove": "include:old.example", "selector": "mg",
    "dmarc": "mailto:dmarc@kaede.example", "tls": "mailto:tls@kaede.example", "group": "/営業部",
    "manager": "yamada@kaede.example", "member": "sato@kaede.example", "spamSubject": "迷惑",
    "spamHeader": "X-Spam: yes", "allow": "*@partner.example", "deny": "*@bad.example",
    "dictionary": "機密", "phrase": "社外秘", "regex": "[0-9]{7}", "review": "保留",
    "warning": "社外", "shownField": "ウイルス", "shownValue": "削除", "content": "注文番号",
    "exclusion": "社内用語", "delegate": "同じ階層", "notified": "it@kaede.example",
    "header": "/^Cc:/i", "sender": "*@kaede.example", "zip": "enc",
    "except": "*@partner.example", "link": "link",
  ]

  /// tenant.yaml with the texts, and where each stands: the bytes of its scalars.
  static func yaml(
    _ texts: [String: String], form: Form, language: String
  ) -> (text: String, places: [String: [Range<Int>]]) {
    var bytes: [UInt8] = []
    var places: [String: [Range<Int>]] = [:]
    let template = template(form).replacing("LANGUAGE", with: language)
    for (index, part) in template.split(separator: "⟦", omittingEmptySubsequences: false)
      .enumerated()
    {
      guard index > 0 else {
        bytes += Array(part.utf8)
        continue
      }
      let halves = part.split(separator: "⟧", omittingEmptySubsequences: false)
      let name = String(halves[0])
      let start = bytes.count
      bytes += Array(quoted(texts[name] ?? harmless[name] ?? "").utf8)
      places[name, default: []].append(start..<bytes.count)
      bytes += Array(halves[1].utf8)
    }
    return (String(decoding: bytes, as: UTF8.self), places)
  }

  /// A double-quoted scalar in which all but visible text is an escape.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: result += "\\\(scalar)"
      case 0x20...0x7E, 0x3041...0x30FE, 0x4E00...0x9FFF: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (letter, width) =
          scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x1_0000 ? ("u", 4) : ("U", 8)
        result += "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
      }
    }
    return result + "\""
  }

  /// What tenant.yaml names, whatever its path.
  static func file(_ path: String, texts: [String: String]) -> String? {
    switch path {
    case texts["zoneFile"] ?? harmless["zoneFile"]: MatrixTenant.zone
    case texts["keyFile"] ?? harmless["keyFile"]: MatrixTenant.key
    case texts["memberFile"] ?? harmless["memberFile"]: "suzuki@kaede.example\n"
    default: nil
    }
  }

  static func compiled(
    _ texts: [String: String], form: Form, language: String
  ) throws -> (Compiled, [String: [Range<Int>]]) {
    let (text, places) = yaml(texts, form: form, language: language)
    return (try Compiled(text) { file($0, texts: texts) }, places)
  }

  private static func template(_ form: Form) -> String {
    let isFirst = form == .first
    return """
      version: 1
      tenant: { id: hostile, name: ⟦name⟧, language: LANGUAGE }
      contacts: [{ role: customer, name: ⟦contact⟧, mail: it@kaede.example }]
      contract: { services: [inbound-security, leak-prevention] }
      notice: { accessName: kaede, oauth: { redirect: ⟦redirect⟧, origin: ⟦origin⟧ } }
      gateway:
        console: mail-security
        mx: [{ host: mx1.gateway.example, preference: 10 }]
        relay: { host: relay.gateway.example, port: 25, tls: required }
        egress: [192.0.2.0/28]
        spf: spf.gateway.example
        loopGuard: { header: { name: ⟦guardName⟧, value: ⟦guardValue⟧ } }
      mailServers:
        - name: m365
          microsoft365:
            tenant: kaede.onmicrosoft.com
            spamBypass: scl
            signIn: { saml: { idp: ⟦idp⟧, contact: ⟦samlContact⟧ } }
            sharedMailboxes: [⟦shared⟧]
        - { name: workspace, googleWorkspace: { signIn: { oauth: {} } } }
        - { name: hosted, other: { description: ⟦description⟧ } }
        - { name: factory, postfix: { host: mail.factory.example, addresses: [203.0.113.25] } }
      domains:
        - name: kaede.example
          mailServer: m365
          deliveryHost: kaede-example.mail.protection.outlook.com
          zone: { file: ⟦zoneFile⟧ }
          spf: { senders: [⟦spfSender⟧], remove: [⟦spfRemove⟧] }
          dkim: [{ selector: ⟦selector⟧, publicKey: ⟦keyFile⟧ }]
          dmarc: { policy: none, aggregateReports: [⟦dmarc⟧] }
          tlsReports: [⟦tls⟧]
          cutover: 2027-02-06T22:00:00+09:00
        - { name: workspace.example, mailServer: workspace }
        - { name: hosted.example, mailServer: hosted, deliveryHost: mx.hosted.example }
        - { name: factory.example, mailServer: factory, deliveryHost: mail.factory.example }
      groups:
        - path: ⟦group⟧
          managers: [⟦manager⟧]
          members: [⟦member⟧, tanaka@kaede.example]
          membersFrom: ⟦memberFile⟧
      settings:
        mailProcessing:
          normal: { deliver: { subject: ⟦warning⟧, utf8: true } }
          virus: [{ field: ⟦shownField⟧, value: ⟦shownValue⟧ }]
          spam: \(isFirst ? "{ changeSubject: ⟦spamSubject⟧ }" : "{ changeHeader: ⟦spamHeader⟧ }")
        lists:
          - { scope: all, \(isFirst ? "allowSenders: [⟦allow⟧], allowContent: [⟦content⟧]" : "denySenders: [⟦deny⟧]") }
        dictionaries:
          - { name: ⟦dictionary⟧, phrases: [⟦phrase⟧, 部外秘] }
          - { name: 口座番号, regex: ⟦regex⟧ }
        exclusionDictionaries: [{ name: ⟦exclusion⟧, phrases: [社外秘ではない] }]
        reviewDelegation: [{ asShown: ⟦delegate⟧ }]
        review:
          - name: ⟦review⟧
            scope: { group: ⟦group⟧ }
            when: { header: ⟦header⟧, dictionary: ⟦dictionary⟧, sender: ⟦sender⟧ }
            then: hold
          - name: 口座は通知
            scope: all
            when: { dictionary: 口座番号, exceptDictionary: ⟦exclusion⟧ }
            then: { notify: [⟦notified⟧] }
        zip:
          trigger: \(isFirst ? "{ subjectPrefix: ⟦zip⟧ }" : "{ senders: [zip@kaede.example] }")
          exceptRecipients: [⟦except⟧]
        attachmentLink:
          trigger: \(isFirst ? "{ senders: [a@kaede.example] }" : "{ subjectPrefix: ⟦link⟧ }")

      """
  }
}
