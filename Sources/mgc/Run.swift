internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import Dispatch
internal import FoundationEssentials
internal import SourceText
internal import Synchronization
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
  /// A single tenant is compiled without a second thread: with one, the allocator takes locks at
  /// every call of libyaml.
  ///
  /// - Returns: whether all could be read.
  func forEach(_ body: (Session) -> Void) -> Bool {
    let found = places()
    var isWhole = found.isWhole
    // A few at a time, so that a thousand tenants are not all in memory.
    let width = found.places.count == 1 ? 1 : 4 * ProcessInfo.processInfo.activeProcessorCount
    var rest = found.places[...]
    while !rest.isEmpty {
      let some = Array(rest.prefix(width))
      rest = rest.dropFirst(some.count)
      for result in openAll(some) {
        switch result {
        case .success(let session): body(session)
        case .failure(let problem):
          say(problem)
          isWhole = false
        }
      }
    }
    return isWhole
  }

  private func openAll(_ places: [TenantPlace]) -> [Result<Session, SessionProblem>] {
    let now = options.moment
    guard places.count > 1 else { return places.map { Self.open($0, now: now) } }
    let results = Mutex([Result<Session, SessionProblem>?](repeating: nil, count: places.count))
    DispatchQueue.concurrentPerform(iterations: places.count) { index in
      let result = Self.open(places[index], now: now)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
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
    Terminal.write(problem.text(language).rendered(colors: Terminal.hasColors(.error)), to: .error)
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
