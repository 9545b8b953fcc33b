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
  ///
  /// - Parameter fails: is told of such a path as well.
  func places(
    _ fails: (String, SessionProblem) -> Void = { _, _ in }
  ) -> (places: [TenantPlace], isWhole: Bool) {
    var places: [TenantPlace] = []
    var isWhole = true
    for path in options.paths {
      do throws(ReadProblem) {
        places += try TenantPlace.find(path)
      } catch {
        let problem = SessionProblem(error)
        say(problem)
        fails(path, problem)
        isWhole = false
      }
    }
    return (places, isWhole)
  }

  /// Compiles the tenants side by side and hands each to `body`, in order. One that cannot be read
  /// is said and stops no other.
  ///
  /// - Returns: whether all could be read.
  func forEach(_ body: (Session) -> Void) -> Bool {
    forEach(prepare: { _ in () }) { session, _ in body(session) }
  }

  /// The same with what can be made of each tenant by itself, which is made side by side as well.
  ///
  /// A single tenant is compiled without a second thread: with one, the allocator takes locks at
  /// every call of libyaml.
  ///
  /// - Parameters:
  ///   - showsProgress: whether a terminal shows how far the run is.
  ///   - fails: is told of each path that cannot be read, after it was said.
  func forEach<Prepared: Sendable>(
    showsProgress: Bool = false, fails: (String, SessionProblem) -> Void = { _, _ in },
    prepare: @Sendable (Session) -> Prepared, _ body: (Session, Prepared) -> Void
  ) -> Bool {
    let found = places(fails)
    var isWhole = found.isWhole
    var identifiers = TenantIdentifiers()
    var progress = Progress(total: showsProgress ? found.places.count : 0, language: language)
    // A few at a time, so that a thousand tenants are not all in memory.
    let width = found.places.count == 1 ? 1 : 4 * ProcessInfo.processInfo.activeProcessorCount
    var rest = found.places[...]
    while !rest.isEmpty {
      progress.show(found.places.count - rest.count)
      let some = Array(rest.prefix(width))
      rest = rest.dropFirst(some.count)
      let results = openAll(some, prepare)
      progress.clear()
      for (place, result) in zip(some, results) {
        switch result {
        case .success((let session, let prepared)):
          if let changed = session.admitted(to: &identifiers) {
            body(changed, prepare(changed))
          } else {
            body(session, prepared)
          }
        case .failure(let problem):
          say(problem)
          fails(place.file, problem)
          isWhole = false
        }
      }
    }
    return isWhole
  }

  private typealias Opened<Prepared> = Result<(Session, Prepared), SessionProblem>

  private func openAll<Prepared: Sendable>(
    _ places: [TenantPlace], _ prepare: @Sendable (Session) -> Prepared
  ) -> [Opened<Prepared>] {
    let now = options.moment
    guard places.count > 1 else {
      return places.map { Self.open($0, now: now).map { ($0, prepare($0)) } }
    }
    let results = Mutex([Opened<Prepared>?](repeating: nil, count: places.count))
    DispatchQueue.concurrentPerform(iterations: places.count) { index in
      let result = Self.open(places[index], now: now).map { ($0, prepare($0)) }
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
  /// The same with a finding where a tenant before it has its id; nil where none has.
  func admitted(to identifiers: inout TenantIdentifiers) -> Session? {
    guard
      let changed = identifiers.admit(
        compilation,
        isSameFile: { first, second in
          URL(filePath: first).resolvingSymlinksInPath().path
            == URL(filePath: second).resolvingSymlinksInPath().path
        })
    else { return nil }
    var session = self
    session.compilation = changed
    return session
  }

  /// Writes the findings for people.
  func renderFindings(_ options: TenantOptions, to stream: Terminal.Stream) {
    let text = findings(
      options.language ?? compilation.language, colors: Terminal.hasColors(stream), summary: false)
    Terminal.write(text, to: stream)
  }

  /// The findings for people.
  func findings(
    _ language: Language, colors: Bool, summary: Bool, listsSilenced: Bool = false
  ) -> String {
    let renderer = HumanRenderer(
      sources: compilation.sources, language: language, colors: colors,
      findings: compilation.diagnostics + compilation.silenced.map(\.diagnostic))
    var text = compilation.diagnostics.map { renderer.render($0) }.joined(separator: "\n")
    if listsSilenced, !compilation.silenced.isEmpty {
      if !text.isEmpty { text += "\n" }
      text += compilation.silenced.map { renderer.render($0) }.joined()
    }
    if summary {
      if !text.isEmpty { text += "\n" }
      let counts = renderer.summary(
        compilation.diagnostics, silenced: compilation.silenced.count,
        dropped: compilation.dropped)
      let name: TerminalText = "\(text: place.file): "
      text += name.rendered(colors: false) + counts
    }
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    return text
  }
}
