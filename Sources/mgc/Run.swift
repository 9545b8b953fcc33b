internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import FoundationEssentials
internal import SourceText
internal import TenantFiles
internal import TenantModel
internal import Wording

/// A run over all tenants that the arguments mean.
struct Run {
  let options: TenantOptions

  init(_ options: TenantOptions) { self.options = options }

  /// The language of what is said before a tenant is known.
  var language: Language { options.language ?? .ja }

  /// The tenants, in the order of the arguments; a path that means none is a problem that is said.
  func places() -> (places: [TenantPlace], isWhole: Bool) {
    var places: [TenantPlace] = []
    var isWhole = true
    for path in options.paths {
      do throws(ReadProblem) {
        places += try TenantPlace.find(path)
      } catch {
        say(SessionProblem(error))
        isWhole = false
      }
    }
    return (places, isWhole)
  }

  /// Compiles the tenants side by side and hands each to `body`, in order. One that cannot be read
  /// is said and stops no other.
  ///
  /// - Returns: whether all could be read.
  func forEach(_ body: (Session) -> Void) async -> Bool {
    let found = places()
    let places = found.places
    let now = options.moment
    let width = max(1, ProcessInfo.processInfo.activeProcessorCount)
    var isWhole = found.isWhole
    await withTaskGroup(of: (Int, Result<Session, SessionProblem>).self) { group in
      var started = 0
      var next = 0
      var ready: [Int: Result<Session, SessionProblem>] = [:]
      func start() {
        guard started < places.count else { return }
        let index = started
        started += 1
        group.addTask { (index, Self.open(places[index], now: now)) }
      }
      for _ in 0..<width { start() }
      for await (index, result) in group {
        ready[index] = result
        while let result = ready.removeValue(forKey: next) {
          next += 1
          start()
          switch result {
          case .success(let session): body(session)
          case .failure(let problem):
            say(problem)
            isWhole = false
          }
        }
      }
    }
    return isWhole
  }

  private static func open(
    _ place: TenantPlace, now: Timestamp
  ) -> Result<Session, SessionProblem> {
    do {
      return .success(try Session.open(place, now: now))
    } catch {
      return .failure(SessionProblem(error))
    }
  }

  /// Says what keeps mgc from working, on standard error.
  func say(_ problem: SessionProblem) {
    let colors = Terminal.hasColors(.error)
    var line: TerminalText = "\(text: language == .ja ? "エラー" : "error")"
    line = line.styled(.bold, .red) + ": \(text: problem.message[language])\n"
    if let help = problem.help {
      line += "  \(text: language == .ja ? "ヘルプ" : "help"): \(text: help[language])\n"
    }
    Terminal.write(line.rendered(colors: colors), to: .error)
  }

  /// Says that an apply did not come to its end.
  func warn(_ pending: PendingJournal, _ session: Session) {
    let language = options.language ?? session.compilation.language
    let word: TerminalText = "\(text: language == .ja ? "警告" : "warning")"
    let line: TerminalText =
      "\(text: session.place.folder): \(word, .bold, .yellow): \(text: pending.message[language])\n"
    Terminal.write(line.rendered(colors: Terminal.hasColors(.error)), to: .error)
  }
}

extension Session {
  /// The findings for people.
  func renderFindings(
    _ options: TenantOptions, to stream: Terminal.Stream, summary: Bool
  ) {
    let language = options.language ?? compilation.language
    let renderer = HumanRenderer(
      sources: compilation.sources, language: language, colors: Terminal.hasColors(stream),
      findings: compilation.diagnostics)
    var text = compilation.diagnostics.map(renderer.render).joined(separator: "\n")
    if summary {
      if !text.isEmpty { text += "\n" }
      let counts = renderer.summary(compilation.diagnostics, dropped: compilation.dropped)
      let name: TerminalText = "\(text: place.file): "
      text += name.rendered(colors: false) + counts
    }
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    Terminal.write(text, to: stream)
  }
}
