internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import JSONText
internal import SourceText
internal import TenantFiles
internal import TenantModel
internal import Wording

/// `mgc why FILE:LINE`: where a line of an artifact comes from, and what a line of tenant.yaml
/// touches.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "成果物の行の由来と、tenant.yamlの行の影響を示す / Trace a line to tenant.yaml, and back",
    discussion: """
      out/の中の行なら、それを決めているtenant.yamlの行と事実の出典を示す。tenant.yamlの行なら、それで変わる成果物の行を示す。
      Of a line below out/ it names the lines of tenant.yaml and the facts that decide it; of a line of tenant.yaml, the lines of artifacts that change with it.
      """)

  @Argument(
    help: ArgumentHelp(
      "行、または行と列 / a line, or a line and a column", valueName: "file:line[:column]"))
  var place: String

  @Option(help: "human または json / human or json")
  var format: PlanFormat = .human

  @Option(help: "ja または en。指定がなければtenant.yamlのもの / ja or en; else the tenant's own")
  var language: Language?

  @Option(help: "この時点のものとして判断する(RFC 3339) / judge as of this time (RFC 3339)")
  var now: Timestamp?

  func run() throws {
    let options = options()
    let run = Run(options)
    do {
      let wanted = try TracedPlace(place)
      let (session, trace) = try Session.trace(wanted.tenant, now: options.moment)
      guard let trace else {
        session.renderFindings(options, to: .error)
        throw ExitCode(1)
      }
      let report = WhyReport(session, language: language ?? session.compilation.language)
      let answer = try answer(wanted, session, trace, report)
      switch format {
      case .human:
        Terminal.write(answer.text.rendered(colors: Terminal.hasColors(.output)))
      case .json: Terminal.write(answer.json.pretty)
      }
    } catch let code as ExitCode {
      throw code
    } catch {
      run.say(SessionProblem(error))
      throw ExitCode(1)
    }
  }

  private func answer(
    _ wanted: TracedPlace, _ session: Session, _ trace: Trace, _ report: WhyReport
  ) throws -> WhyReport.Answer {
    switch wanted.file {
    case .artifact(let path):
      guard let origin = trace.origin(of: path, line: wanted.line) else {
        throw SessionProblem(
          .init(
            ja: "tenant.yamlから書かれるものに \(path) の\(wanted.line)行目はない",
            en: "nothing that tenant.yaml writes has a line \(wanted.line) of \(path)"),
          help: .init(
            ja: "書かれるものは mgc apply --dry-run で見られる",
            en: "mgc apply --dry-run shows what is written"))
      }
      let held = try session.folder.line(wanted.line, of: "out/" + path)
      if let held, held != origin.text {
        throw SessionProblem(
          .init(
            ja: "out/\(path) は今のtenant.yamlが書くものと違う",
            en: "out/\(path) is not what tenant.yaml writes now"),
          help: .init(ja: "mgc apply を実行してから尋ねる", en: "run mgc apply, then ask again"))
      }
      return report.origin(origin, path: path, line: wanted.line, column: wanted.column)
    case .source(let name):
      let sources = session.compilation.sources
      guard
        let index = sources.files.firstIndex(where: { $0.name == name }),
        let touched = trace.touched(by: SourceFileID(index: UInt16(index)), line: wanted.line)
      else {
        throw SessionProblem(
          .init(
            ja: "\(name) の\(wanted.line)行目は何も決めていない",
            en: "line \(wanted.line) of \(name) sets nothing"))
      }
      return report.touched(touched, name: name, line: wanted.line)
    }
  }

  private func options() -> TenantOptions {
    var options = TenantOptions()
    options.paths = []
    options.language = language
    options.now = now
    return options
  }
}

/// `FILE:LINE[:COLUMN]`, and whose file it is.
private struct TracedPlace {
  enum File {
    /// Below `out/`.
    case artifact(String)
    case source(String)
  }

  let tenant: TenantPlace
  let file: File
  let line: Int
  /// From 1, in Unicode scalars.
  let column: Int?

  init(_ text: String) throws {
    var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    var numbers: [Int] = []
    while numbers.count < 2, parts.count > 1, let last = parts.last, let number = Int(last),
      number > 0
    {
      numbers.insert(number, at: 0)
      parts.removeLast()
    }
    guard let line = numbers.first else {
      throw SessionProblem(
        .init(ja: "「\(text)」には行番号がない", en: "\"\(text)\" has no line number"),
        help: .init(
          ja: "out/RUNBOOK.md:12 やtenant.yaml:5のように書く",
          en: "write it as out/RUNBOOK.md:12 or tenant.yaml:5"))
    }
    self.line = line
    column = numbers.count > 1 ? numbers[1] : nil
    let path = parts.joined(separator: ":")
    let names = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if let out = names.lastIndex(of: "out"), out + 1 < names.count {
      let folder = names[..<out].joined(separator: "/")
      tenant = try Self.tenant(folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder)
      file = .artifact(names[(out + 1)...].joined(separator: "/"))
    } else {
      tenant = try Self.tenant(path)
      file = .source(tenant.file)
    }
  }

  private static func tenant(_ path: String) throws -> TenantPlace {
    guard let place = try TenantPlace.find(path).first else {
      throw SessionProblem(.init(ja: "\(path) はテナントではない", en: "\(path) is no tenant"))
    }
    return place
  }
}

extension Folder {
  /// A line, from 1, of a file beneath the folder, without its end; nil where there is none.
  fileprivate func line(_ line: Int, of path: String) throws -> String? {
    guard let bytes = try? read(path, limit: Session.fileLimit) else { return nil }
    let file = SourceFile(name: path, bytes: bytes)
    return line <= file.lineCount ? file.text(file.lineRange(line)) : nil
  }
}
