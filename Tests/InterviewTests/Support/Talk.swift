import Compiler
import Diagnostics
import Interview
import SourceText
import TenantModel
import TenantReading
import Testing
import Wording

/// An interview without a terminal: a script of answers, and what is said.
struct Talk {
  var interview: Interview
  private(set) var transcript = ""

  init(given: [Topic: [String]] = [:]) {
    interview = Interview(given: given, judge: Self.judge)
  }

  /// Judges without any files, as of a fixed moment.
  static let judge: Interview.Judge = { source in
    let reading = Compiler.read(source)
    var files = ReferencedFiles()
    for reference in reading.references where !files.isKnown(reference.value) {
      files.add(reference.value.path, failure: .init(ja: "ファイルがない", en: "there is no such file"))
    }
    let compilation = Compiler.compile(
      reading, files: files, observed: Observed(), lock: nil,
      now: Timestamp(seconds: 1_795_392_000))
    return .init(tenant: reading.tenant, findings: compilation.diagnostics)
  }

  /// Answers the open question; true if the answer was taken.
  @discardableResult
  mutating func say(_ answer: String) -> Bool {
    let language = interview.language
    if let question = interview.question {
      transcript += question.rendered(language).rendered(colors: false)
    }
    transcript += "> \(answer.excerpt())\n"
    switch interview.answer(answer) {
    case .taken(let findings):
      add(findings, language)
      return true
    case .refused(let findings):
      add(findings, language)
      return false
    }
  }

  private mutating func add(_ findings: [Diagnostic], _ language: Language) {
    for finding in findings {
      transcript += "! \(finding.code.name) \(finding.message[language])\n"
      if let help = finding.help { transcript += "  \(help[language])\n" }
    }
  }

  var file: String {
    let file = interview.outcome().file()
    return file.text(0..<file.bytes.count)
  }
}

/// Right answers to every question, for one contract and one kind of mail server.
struct Answers: Sendable, CustomTestStringConvertible {
  let services: String
  let kind: String
  let language: String

  var testDescription: String { "\(kind) \(services) \(language)" }

  static let all = ["microsoft365", "googleWorkspace", "postfix", "other"].flatMap { kind in
    ["inbound-security", "leak-prevention", "inbound-security,leak-prevention"].flatMap {
      services in
      ["ja", "en"].map { Answers(services: services, kind: kind, language: $0) }
    }
  }

  /// What the platform sends from.
  private var include: String {
    switch kind {
    case "microsoft365": "include:spf.protection.outlook.com, "
    case "googleWorkspace": "include:_spf.google.com, "
    default: ""
    }
  }

  /// - Parameter usual: whether to leave empty what has a usual answer.
  func answer(_ slot: Slot, usual: Bool) -> String {
    switch slot.topic {
    case .language: language
    case .name: "楓商事 株式会社"
    case .id: "kaede"
    case .services: services
    case .options: "sandbox"
    case .mailServer: slot.owner == 0 ? kind : ""
    case .tenant: "kaede.onmicrosoft.com"
    case .spamBypass: usual ? "" : "enhanced-filtering"
    case .signIn: usual ? "" : "saml:Entra ID:佐藤"
    case .host: "mail.kaede.example"
    case .description: "レンタルサーバー"
    case .addresses: "203.0.113.25"
    case .lockdown: usual ? "" : "1"
    case .accessName: "kaede"
    case .redirect: "https://redirect.gateway.example/"
    case .origin: "https://origin.gateway.example"
    case .console: "2"
    case .mx: "mx1.gateway.example 10, mx2.gateway.example 20"
    case .relay: usual ? "relay.gateway.example" : "relay.gateway.example 25 certificate"
    case .egress: "192.0.2.0/28, 198.51.100.64/27"
    case .spf: "spf.gateway.example"
    case .loopGuard: "X-Example-Loop: kaede"
    case .domain: slot.owner == 0 ? "kaede.example" : ""
    case .role, .server: ""
    case .deliveryHost:
      kind == "microsoft365" ? "kaede-example.mail.protection.outlook.com" : "mx.kaede.example"
    case .zone: ""
    case .senders: usual ? "" : "\(include)ip4:198.51.100.7"
    case .reports: "dmarc@kaede.example"
    case .cutover: "2027-02-06T22:00:00+09:00"
    case .contact: slot.owner == 0 ? "customer 情報システム部 佐藤 it@kaede.example" : ""
    }
  }
}
