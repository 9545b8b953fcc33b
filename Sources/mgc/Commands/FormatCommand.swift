internal import ArgumentParser
internal import Diagnostics
internal import Layout
internal import SourceText
internal import TenantFiles
internal import TenantModel
internal import Wording
internal import YAMLTree

/// `mgc fmt`: the canonical layout.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "正規の配置に整える / Lay tenant.yaml out",
    discussion: """
      書き換えたファイルの名前を出力する。コメントはすべて残る。\
      / It prints the names of the files that it changed. Every comment stays.
      """)

  @Argument(
    help:
      "tenant.yaml、そのフォルダー、またはそれらを集めたフォルダー。「-」は標準入力から標準出力へ / a tenant.yaml, its folder, or a folder of such folders; - reads standard input and writes standard output"
  )
  var paths: [String] = ["."]

  @Flag(
    help:
      "書き換えず、配置の異なるファイルの名前を出力して1で終わる / write nothing, print the names of the files that would change, and exit with 1"
  )
  var check = false

  @Option(help: "ja または en / ja or en")
  var language: Language = .ja

  func run() throws {
    var isWell = true
    for path in paths {
      if path == "-" {
        isWell = try formatInput() && isWell
        continue
      }
      do {
        for place in try TenantPlace.find(path) { isWell = try format(place) && isWell }
      } catch let problem as ReadProblem {
        say(SessionProblem(problem))
        isWell = false
      }
    }
    if !isWell { throw ExitCode(1) }
  }

  /// - Returns: whether all is well.
  private func format(_ place: TenantPlace) throws -> Bool {
    do {
      let folder = try Folder.open(place.folder)
      let bytes = try read(place, in: folder)
      guard let new = try laidOut(SourceFile(name: place.file, bytes: bytes)) else { return false }
      if new == bytes { return true }
      if !check {
        try FileReplacement.perform(
          [FileReplacement(folder, place.name, old: bytes, new: new)], in: folder)
      }
      let line: TerminalText = "\(text: place.file)\n"
      Terminal.write(line.rendered(colors: false))
      return !check
    } catch let code as ExitCode {
      throw code
    } catch {
      say(SessionProblem(error))
      return false
    }
  }

  /// Reads the file without following a link, which could not be kept by what is written.
  private func read(_ place: TenantPlace, in folder: Folder) throws(ReadProblem) -> [UInt8] {
    do throws(ReadProblem) {
      return try folder.read(place.name, limit: YAMLLimits.standard.bytes)
    } catch {
      // Named as the person did.
      if case .link = error.reason {
        throw ReadProblem(path: place.file, reason: .link(place.file))
      }
      throw ReadProblem(path: place.file, reason: error.reason)
    }
  }

  private func formatInput() throws -> Bool {
    let bytes = Terminal.readInput(limit: YAMLLimits.standard.bytes + 1)
    guard let new = try laidOut(SourceFile(name: "-", bytes: bytes)) else { return false }
    if !check { Terminal.write(new) }
    return !check || new == bytes
  }

  /// The bytes in their layout; nil after the findings of a file that cannot be read.
  private func laidOut(_ file: SourceFile) throws -> [UInt8]? {
    var bag = DiagnosticBag()
    let outcome = TenantLayout.format(file, id: .tenant, into: &bag)
    switch outcome {
    case .laidOut(let bytes): return bytes
    case .unread:
      let findings = bag.sorted
      let renderer = HumanRenderer(
        sources: SourceSet([file]), language: language, colors: Terminal.hasColors(.error),
        findings: findings)
      Terminal.write(findings.map(renderer.render).joined(separator: "\n"), to: .error)
      return nil
    case .unproven:
      say(
        SessionProblem(
          .init(
            ja: "mgcの不具合: 「\(file.name.excerpt())」を整えると意味が変わるため、書き込まなかった",
            en:
              "a bug in mgc: laying \"\(file.name.excerpt())\" out would change what it says, so nothing was written"
          )))
      throw ExitCode(70)
    }
  }

  private func say(_ problem: SessionProblem) {
    Terminal.write(problem.text(language).rendered(colors: Terminal.hasColors(.error)), to: .error)
  }
}
