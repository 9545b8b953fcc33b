internal import SourceText
package import TenantModel

// How a comment silences a warning or a note (rule 7 of the language):
//
//   # mgc:allow MGC3041 until 2027-01-31 the partner still sends from there
//
// At the end of a line it speaks of the findings that begin on that line. Alone on its line it
// speaks of what begins next, to its end: the member or the element with all that is in it.
// A finding in a file that tenant.yaml names is silenced at the line that names the file.
//
// `AllowanceReader` turns comments into allowances, `AllowanceTargets` finds what they speak of,
// and `Allowances.apply` sorts the findings of a run.

/// One code that a comment silences.
struct Allowance: Sendable {
  /// The code's name, such as `MGC3041`.
  let code: Located<String>
  /// The whole comment, from its `#`.
  let comment: SourceSpan
  /// The last day on which it holds; without one it has no end.
  let until: Located<CalendarDate>?
  let reason: String
  /// The lines where the findings begin that it speaks of; nil where nothing follows the comment.
  let lines: ClosedRange<Int>?
  /// What takes it out of the file.
  let removal: TextEdit
}

/// What the comments of a file silence.
package struct Allowances: Sendable {
  var items: [Allowance] = []

  package init() {}

  package var isEmpty: Bool { items.isEmpty }

  /// Adds those of another file of the run.
  package mutating func add(_ other: Allowances) { items += other.items }

  /// Those that end by themselves, in the order of the file.
  package var reprieves: [Reprieve] {
    items.compactMap { item in
      item.until.map { Reprieve(code: item.code.value, until: $0.value, reason: item.reason) }
    }
  }
}
