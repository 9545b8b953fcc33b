internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import FoundationEssentials
internal import Interview
internal import SourceText
internal import TenantFiles
internal import TenantModel
internal import TenantReading
internal import Wording

/// `mgc init`: a first tenant.yaml, from answers or options.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "最初のtenant.yamlを、質問しながら書く / Write a first tenant.yaml, asking for what it needs",
    discussion: """
      開通通知書と管理画面の値を順に尋ね、答えるたびに検査する。必要な値がすべてオプションにあれば何も尋ねない。
      パイプからは1行に1つの答えを読む。足りなければ、足りない値とそのオプションを示し、何も書かない。
      メールサーバーやドメインが複数あるときは、--lockdown m365=address のように「名前=値」で1つを指す。
      書けなければ終了ステータスは1。
      Asks for what the opening notice and the consoles say, and checks each answer as it is given. Asks
      nothing where options give all that is needed. From a pipe it reads one answer a line; if something
      is missing, it names it with its option and writes nothing. With several mail servers or domains,
      NAME=VALUE means one of them: --lockdown m365=address. The exit status is 1 where nothing was written.
      """)

  @Argument(help: "tenant.yamlを書くフォルダー。なければ作る / the folder for tenant.yaml, made if need be")
  var folder = "."

  @OptionGroup(title: "ANSWERS") var answers: InitAnswers

  @Flag(help: "何も尋ねない / never ask")
  var noInput = false

  @Option(help: "この時点のものとして判断する(RFC 3339) / judge as of this time (RFC 3339)")
  var now: Timestamp?

  func run() throws {
    let place: NewTenant
    do throws(ReadProblem) {
      place = try NewTenant(in: folder)
    } catch {
      throw InitDialog.failure(SessionProblem(error), answers.language ?? .ja)
    }
    let moment = now ?? Timestamp(seconds: Int(Date().timeIntervalSince1970))
    let interview = Interview(
      given: answers.given, judge: Session.judge(in: folder, now: moment))
    try InitDialog(place, asks: !noInput).run(interview)
  }
}

extension Session {
  /// Judges a tenant.yaml that is not there yet, with the files that it names.
  static func judge(in folder: String, now: Timestamp) -> Interview.Judge {
    let folder = try? Folder.open(folder)
    return { source in
      var reading = Compiler.read(source)
      var files = ReferencedFiles()
      for reference in reading.references where !files.isKnown(reference.value) {
        let path = reference.value.path
        do throws(ReadProblem) {
          guard let folder else { throw ReadProblem(path: path, reason: .missing) }
          let bytes = try folder.read(path, limit: fileLimit)
          files.add(path, reading.sources.add(SourceFile(name: path, bytes: bytes)))
        } catch {
          files.add(path, failure: error.message)
        }
      }
      let compilation = Compiler.compile(
        reading, files: files, observed: zones(of: reading, files), lock: nil, now: now)
      return Interview.Judgment(tenant: reading.tenant, findings: compilation.diagnostics)
    }
  }
}

/// The answers as options. Their names are those of `Topic`.
struct InitAnswers: ParsableArguments {
  @Option(help: "ja または en / ja or en") var language: Language?
  @Option(help: "お客様名 / the customer's name") var name: String?
  @Option(help: "短い識別名 / a short name: a-z 0-9 -") var id: String?
  @Option(help: "inbound-security,leak-prevention") var services: [String] = []
  @Option(help: "sandbox") var options: [String] = []
  @Option(
    help: .init(
      "メールサーバー / microsoft365:TENANT, googleWorkspace, postfix:HOST, other:TEXT",
      valueName: "[name=]kind[:value]"))
  var mailServer: [String] = []
  @Option(help: "enhanced-filtering, scl") var spamBypass: [String] = []
  @Option(help: "oauth, saml:IDP:PERSON") var signIn: [String] = []
  @Option(help: "サーバーの公開アドレス / the server's public addresses") var serverAddress: [String] = []
  @Option(help: "address, certificate:NAME, none") var lockdown: [String] = []
  @Option(help: "お客様アクセス名 / the access name") var accessName: String?
  @Option(help: "リダイレクト URI / the redirect URI") var oauthRedirect: String?
  @Option(help: "承認済みの JavaScript 生成元 / the JavaScript origin") var oauthOrigin: String?
  @Option(help: "mail-security, spam-management") var console: String?
  @Option(
    help: .init("切替後のMX / a mail exchanger of MailGates", valueName: "host preference"))
  var mx: [String] = []
  @Option(
    help: .init("送信メールの中継先 / where outbound mail goes", valueName: "host port tls"))
  var relay: String?
  @Option(help: "MailGatesの配送元 / addresses that MailGates delivers from") var egress: [String] = []
  @Option(help: "SPFのinclude / the domain of the SPF include") var spfInclude: String?
  @Option(help: .init("ループ防止 / the loop guard", valueName: "name: value | egress"))
  var loopGuard: String?
  @Option(help: "ドメイン / a domain") var domain: [String] = []
  @Option(help: "mail, alias, parked") var role: [String] = []
  @Option(help: "ドメインのメールサーバー / the mail server of a domain") var domainServer: [String] = []
  @Option(help: "配送先ホスト / the host that takes the mail") var deliveryHost: [String] = []
  @Option(help: "ゾーンファイル、または.jsonの記録 / the zone file, or a snapshot as .json") var zone: [String] =
    []
  @Option(help: "SPFの送信元 / a sender, as an SPF term") var spfSender: [String] = []
  @Option(help: "DMARCレポートの宛先 / where DMARC reports go") var dmarcReport: [String] = []
  @Option(help: "MX切替の希望日時 / when the MX should change") var cutover: [String] = []
  @Option(help: .init("連絡先 / a contact", valueName: "role name address"))
  var contact: [String] = []

  var given: [Topic: [String]] {
    func one(_ value: String?) -> [String] { value.map { [$0] } ?? [] }
    return [
      .language: one(language?.rawValue), .name: one(name), .id: one(id), .services: services,
      .options: options, .mailServer: mailServer, .spamBypass: spamBypass, .signIn: signIn,
      .addresses: serverAddress, .lockdown: lockdown, .accessName: one(accessName),
      .redirect: one(oauthRedirect), .origin: one(oauthOrigin), .console: one(console), .mx: mx,
      .relay: one(relay), .egress: egress, .spf: one(spfInclude), .loopGuard: one(loopGuard),
      .domain: domain, .role: role, .server: domainServer, .deliveryHost: deliveryHost,
      .zone: zone, .senders: spfSender, .reports: dmarcReport, .cutover: cutover,
      .contact: contact,
    ]
  }
}
