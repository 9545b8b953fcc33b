internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import JSONText
internal import MailRecords
internal import Observation
internal import Procedure
internal import SourceText
internal import TenantFiles
internal import TenantModel
internal import Wording

extension DNSServer: ExpressibleByArgument {
  package init?(argument: String) { self.init(parsing: argument) }
}

/// `mgc verify`: asks the DNS whether each step holds. The only command that uses the network.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "手順がDNSに現れているか確かめる / Ask the DNS whether each step holds",
    discussion: """
      権威サーバーに尋ね、手順ごとに、同じ・違う・分からないを示す。ネットワークを使うのはこのコマンドだけ。
      Asks the authoritative servers, and says for each step: same, differs or unknown. No other command uses the network.
      """)

  @OptionGroup var options: TenantOptions

  @Flag(
    help:
      "答えをdns/snapshot.json(またはzone: { snapshot: … } の場所)に記録する / write the answers to dns/snapshot.json, or where zone: { snapshot: … } says"
  )
  var record = false

  @Option(
    help: ArgumentHelp(
      "尋ねるサーバー。複数回書ける。指定がなければ/etc/resolv.confのもの / a server to ask, repeatable; else those of /etc/resolv.conf",
      valueName: "address[:port]"))
  var server: [DNSServer] = []

  func run() throws {
    let run = Run(options)
    guard let servers = servers(run) else { throw ExitCode(1) }
    var isWell = true
    var client = DNSClient()
    let isWhole = run.forEach { session in
      let language = options.language ?? session.compilation.language
      guard let tenant = session.tenant else {
        session.renderFindings(options, to: .error)
        isWell = false
        return
      }
      var recorder = DNSRecorder(
        servers: servers, areGiven: !server.isEmpty, own: tenant.domains.map(\.name.value),
        client: client)
      var current = session
      if record {
        do {
          let written = try write(session, tenant, &recorder)
          let lines = written.map { path in
            let line: TerminalText = "\(text: session.place.display(path))\n"
            return line
          }.reduce("", +)
          Terminal.write(lines.rendered(colors: false))
          current = try Session.open(session.place, now: options.moment)
        } catch {
          run.say(SessionProblem(error))
          isWell = false
        }
      }
      current.renderFindings(options, to: .error)
      if let result = current.compilation.result() {
        var report = VerifyReport(
          current, result.procedure, language: language, now: options.moment)
        for domain in result.procedure.domains {
          report.add(domain, recorder.verdicts(on: domain))
        }
        report.finish(isExhausted: recorder.client.isExhausted)
        Terminal.write(report.text.rendered(colors: Terminal.hasColors(.output)))
        // Who records wants to know what there is, not that all is done.
        if !record { isWell = isWell && report.isWell }
      } else {
        isWell = false
      }
      client = recorder.client
    }
    if !isWell || !isWhole { throw ExitCode(1) }
  }

  /// Those that were named, else the system's; nil after saying that there are none.
  private func servers(_ run: Run) -> [DNSServer]? {
    if !server.isEmpty { return server }
    let bytes = (try? Folder.readFile("/etc/resolv.conf", limit: 1 << 16)) ?? []
    let found = DNSServer.resolvers(in: String(decoding: bytes, as: UTF8.self))
    guard found.isEmpty else { return found }
    run.say(
      SessionProblem(
        .init(
          ja: "/etc/resolv.conf にDNSサーバーがない", en: "/etc/resolv.conf names no DNS server"),
        help: .init(ja: "--server で尋ねるサーバーを指定する", en: "name a server to ask by --server")))
    return nil
  }

  /// Asks all that is worth knowing and writes it down.
  ///
  /// - Returns: the paths that were written.
  private func write(
    _ session: Session, _ tenant: Tenant, _ recorder: inout DNSRecorder
  ) throws -> [String] {
    for domain in tenant.domains { recorder.survey(DNSInquiry(domain, of: tenant)) }
    let snapshot = DNSSnapshot(recorded: options.moment, answers: recorder.answers)
    var paths: [String] = []
    for domain in tenant.domains {
      if case .snapshot(let reference) = domain.zone?.value, !paths.contains(reference.path) {
        paths.append(reference.path)
      }
    }
    if paths.isEmpty { paths = [DNSSnapshot.usualPath] }
    for path in paths {
      let file = try EvidenceFile(session.folder, path)
      try file.write(Array(snapshot.json.pretty.utf8)) { old in
        SnapshotReader.isSnapshot(SourceFile(name: path, bytes: old))
      }
    }
    return paths
  }
}
