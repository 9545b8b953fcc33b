internal import Diagnostics
internal import Wording

/// One line on standard error that says how far a run is. It is there only on a terminal and for
/// many tenants, and gone before anything else is written.
struct Progress {
  /// From how many tenants on.
  static let threshold = 10

  private let total: Int
  private let language: Language
  private let isShown: Bool
  private var isVisible = false
  private var last: ContinuousClock.Instant?

  init(total: Int, language: Language) {
    self.total = total
    self.language = language
    isShown = total >= Self.threshold && Terminal.isInteractive(.error)
  }

  /// Says how many are done, ten times a second at most.
  mutating func show(_ done: Int) {
    guard isShown else { return }
    let now = ContinuousClock.now
    if let last, now - last < .milliseconds(100) { return }
    last = now
    let word = language == .ja ? "検査中" : "checking"
    let line: TerminalText = "\(text: word) \(done)/\(total)"
    Terminal.write("\r" + line.rendered(colors: false) + "\u{1B}[K", to: .error)
    isVisible = true
  }

  /// Takes the line away.
  mutating func clear() {
    guard isVisible else { return }
    Terminal.write("\r\u{1B}[K", to: .error)
    isVisible = false
  }
}
