internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import FoundationEssentials
internal import Interview
internal import MailRecords
internal import Observation
internal import Procedure
internal import SourceText
internal import TenantFiles
internal import TenantModel
internal import TenantReading
internal import TenantRules
internal import Wording
internal import YAMLTree

/// `mgc adopt`: a tenant.yaml from what is there: zones, snapshots and exports of the console.
struct AdoptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract:
      "ゾーンと管理者画面の書き出しからtenant.yamlを作る / Make a tenant.yaml from zones and exports of the console",
    discussion: """
      --zoneのゾーンファイルまたは記録と、--profilesのYAML(tenant.yamlのgatewayと同じlistEncodingとimportProfiles)が指す
      書き出しを読み、DMARC、グループ、一覧、辞書、審査ルールを書く。書き出しからわからない値はオプションで渡すか、
      ファイルの # の行に残る。パスはどれもフォルダーから見る。tenant.yamlがあれば、決して上書きしない。
      Reads the zone files or snapshots of --zone, and the exports that the YAML of --profiles names
      (listEncoding and importProfiles, as gateway has them), and writes DMARC, groups, lists,
      dictionaries and review rules. What no export says comes from options, or stays in the file as
      a line with #. Every path is seen from the folder. A tenant.yaml that is there is never
      overwritten.
      """)

  @Argument(help: "tenant.yamlを書くフォルダー / the folder for tenant.yaml")
  var folder = "."

  @Option(help: "importProfilesのあるYAML / a YAML file with importProfiles")
  var profiles: String?

  @Flag(help: "書かずに表示する / show the file and write nothing")
  var dryRun = false

  @OptionGroup(title: "ANSWERS") var answers: InitAnswers

  @Option(help: "この時点のものとして判断する(RFC 3339) / judge as of this time (RFC 3339)")
  var now: Timestamp?

  func run() throws {
    let language = answers.language ?? .ja
    let place: NewTenant
    do throws(ReadProblem) {
      place = try NewTenant(in: folder)
    } catch {
      throw InitDialog.failure(SessionProblem(error), language)
    }
    let moment = now ?? Timestamp(seconds: Int(Date().timeIntervalSince1970))
    let judge = Session.judge(in: folder, now: moment)
    let zones = Interview(given: answers.given, judge: judge).zones()
    let evidence = try AdoptedEvidence(folder, zones: zones, profiles: profiles, language)
    var given = answers.given
    if answers.mailServer.isEmpty, let server = evidence.adopted.mailServer {
      given[.mailServer] = [server]
    }
    let interview = Interview(given: given, adopted: evidence.adopted, judge: judge)
    try InitDialog(place, asks: false).adopt(interview, dryRun: dryRun)
  }
}

/// The files that `mgc adopt` reads.
private struct AdoptedEvidence {
  let adopted: Adopted

  /// - Throws: an exit status, after the findings about files that cannot be used.
  init(
    _ path: String, zones: [(domain: String, path: String)], profiles: String?,
    _ language: Language
  ) throws {
    var sources = SourceSet()
    // The first place is that of tenant.yaml, which is not there yet.
    _ = sources.add(SourceFile(name: TenantPlace.fileName, bytes: []))
    var bag = DiagnosticBag()
    var read: [String: SourceFileID] = [:]
    let folder: Folder
    do {
      folder = try Folder.open(path)
    } catch {
      if zones.isEmpty, profiles == nil {
        adopted = Adopted()
        return
      }
      throw InitDialog.failure(SessionProblem(error), language)
    }
    func fetch(_ name: String) throws -> SourceFileID {
      if let id = read[name] { return id }
      do throws(ReadProblem) {
        let bytes = try folder.read(name, limit: Session.fileLimit)
        let id = sources.add(SourceFile(name: name, bytes: bytes))
        read[name] = id
        return id
      } catch {
        throw InitDialog.failure(SessionProblem(error), language)
      }
    }
    var observed = ObservedZones()
    for zone in zones {
      guard let name = try? DomainName(parsing: zone.domain) else { continue }
      let id = try fetch(zone.path)
      if zone.path.hasSuffix(".json") {
        observed.addSnapshot(sources[id], id, of: name)
      } else {
        observed.addFile(sources[id], id, of: name)
      }
    }
    bag.add(contentsOf: observed.findings)
    var list: TenantReader.Profiles?
    if let profiles {
      let id = try fetch(profiles)
      list = YAMLReader.read(sources[id], id: id, into: &bag)
        .flatMap { TenantReader.profiles($0, into: &bag) }
    }
    var exchange = ListExchange()
    if let list {
      for reference in list.references { _ = try fetch(reference.value.path) }
      exchange = ListExchange(list.profiles, encoding: list.encoding, isNormal: \.isNFC) {
        reference in
        guard let id = read[reference.path] else { return nil }
        bag.add(contentsOf: ReferencedText.inAnyEncoding(sources[id], id: id))
        return ReferencedText(sources[id], id: id).holdsSecret ? nil : (sources[id], id)
      }
      bag.add(contentsOf: TenantRules.findings(of: exchange, list.profiles))
    }
    let findings = bag.sorted.filter { $0.code.severity != .note }
    let renderer = HumanRenderer(
      sources: sources, language: language, colors: Terminal.hasColors(.error),
      findings: findings)
    let text = findings.map { renderer.render($0) }.joined(separator: "\n")
    if !text.isEmpty { Terminal.write(text, to: .error) }
    guard !bag.hasErrors else { throw InitDialog.nothingWritten(language) }
    adopted = Adopted(
      zones: observed.zones, encoding: list?.encoding ?? .utf8, profiles: list?.profiles ?? [],
      exchange: exchange)
  }
}
