/// Collects findings up to a limit, so that a hostile file cannot fill the memory with them.
package struct DiagnosticBag: Sendable {
  /// How many findings one run reports.
  package static let limit = 1000

  private var collected: [Diagnostic] = []
  /// How many findings came after the limit.
  package private(set) var dropped = 0
  /// Whether any finding, dropped ones included, is an error.
  package private(set) var hasErrors = false

  package init() {}

  /// Whether further findings are only counted, so that their texts need not be made with care.
  package var isFull: Bool { collected.count >= Self.limit }

  package mutating func add(_ diagnostic: Diagnostic) {
    if diagnostic.code.severity == .error { hasErrors = true }
    if collected.count < Self.limit {
      collected.append(diagnostic)
    } else {
      dropped += 1
    }
  }

  /// Counts findings that were not made because the bag is full.
  package mutating func drop(_ count: Int, of code: DiagnosticCode) {
    guard count > 0 else { return }
    if code.severity == .error { hasErrors = true }
    dropped += count
  }

  package mutating func add(contentsOf diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics { add(diagnostic) }
  }

  /// The findings by place, then code. The order of adding decides between equals.
  package var sorted: [Diagnostic] {
    collected.enumerated().sorted { left, right in
      (left.element.primary, left.element.code.number, left.offset)
        < (right.element.primary, right.element.code.number, right.offset)
    }.map(\.element)
  }
}
