internal import ArgumentParser
internal import Artifacts
internal import Compiler
internal import Diagnostics
internal import JSONText
internal import Ledger
internal import TenantFiles
internal import Wording

/// `mgc apply`: writes `out/` and the lock.
struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "成果物を書き出す / Write the artifacts",
    discussion: """
      tenant.yamlの隣の out/ と tenant.lock.json を書く。途中で止まっても、次の実行が完了させる。
      Writes out/ and tenant.lock.json beside tenant.yaml. A run that was killed is completed by the next.
      """)

  @OptionGroup var options: TenantOptions

  @Flag(
    help:
      "書くはずのすべてをパッチとして示し、何も書かない / print all that would be written, as a patch, and write nothing")
  var dryRun = false

  @Flag(help: "手で直されたファイルも上書きする / overwrite files that were edited by hand")
  var force = false

  func run() throws {
    let run = Run(options)
    var isWhole = true
    if !dryRun { isWhole = recover(run) }
    isWhole =
      run.forEach { session in
        session.pending.map { run.warn($0, session) }
        session.renderFindings(options, to: .error)
        guard let result = session.compilation.result() else {
          isWhole = false
          return
        }
        do throws(ApplyError) {
          let output = result.output()
          if dryRun { try show(session, output) } else { try apply(session, output) }
        } catch {
          run.say(SessionProblem(error))
          isWhole = false
        }
      } && isWhole
    if !isWhole { throw ExitCode(1) }
  }

  /// Completes what an earlier run left, before the lock is read.
  private func recover(_ run: Run) -> Bool {
    var isWhole = true
    for place in run.places().places {
      do {
        let folder = try Folder.open(place.folder)
        if try OutputFolder.pending(folder) != nil {
          try OutputFolder.recover(folder, force: force)
        }
      } catch {
        run.say(SessionProblem(error))
        isWhole = false
      }
    }
    return isWhole
  }

  private func folder(_ session: Session, _ output: Compilation.Output) -> OutputFolder {
    OutputFolder(
      session.folder, files: output.artifacts.map { ($0.path.description, $0.bytes) },
      previous: session.lock, next: output.lock)
  }

  private func apply(
    _ session: Session, _ output: Compilation.Output
  ) throws(ApplyError) {
    let changes = try folder(session, output).apply(force: force)
    let language = options.language ?? session.compilation.language
    var text: TerminalText = ""
    for change in changes where change.kind != .same {
      text += "\(mark(change.kind)) \(text: session.place.display("out/" + change.path))\n"
    }
    let count = changes.count { $0.kind != .same }
    let wording =
      language == .ja
      ? "\(session.place.folder): \(changes.count)件のうち\(count)件を書いた"
      : "\(session.place.folder): wrote \(count) of \(changes.count) files"
    text += "\(text: wording)\n"
    Terminal.write(text.rendered(colors: Terminal.hasColors(.output)))
  }

  private func mark(_ kind: FileChange.Kind) -> TerminalText {
    switch kind {
    case .create: "+"
    case .change: TerminalText("~").styled(.yellow)
    case .remove: TerminalText("-").styled(.red)
    case .same: "="
    }
  }

  /// Everything that an apply would write, as a patch that `patch -p0` and `git apply -p0` take.
  private func show(_ session: Session, _ output: Compilation.Output) throws(ApplyError) {
    let changes = try folder(session, output).inspect()
    let edited = changes.filter(\.isEditedByHand).map { session.place.display("out/" + $0.path) }
    let new = Dictionary(
      output.artifacts.map { ($0.path.description, $0.bytes) }, uniquingKeysWith: { $1 })
    var patch = Patch()
    for change in changes where change.kind != .same {
      let path = session.place.display("out/" + change.path)
      let old = try? session.folder.read("out/" + change.path, limit: Patch.limit)
      patch.add(path, old: old, new: change.kind == .remove ? nil : new[change.path])
    }
    let lock = Array(output.lock.json.pretty.utf8)
    let oldLock = try? session.folder.read(Lock.fileName, limit: Patch.limit)
    if oldLock != lock {
      patch.add(session.place.display(Lock.fileName), old: oldLock, new: lock)
    }
    Terminal.write(patch.bytes)
    if !edited.isEmpty && !force { throw .editedByHand(edited) }
  }
}
