/// A finding that a comment of tenant.yaml silences until a day, after which it comes back.
package struct Reprieve: Hashable, Sendable {
  /// The finding's code, such as `MGC3041`.
  package let code: String
  /// The last day on which it is silenced.
  package let until: CalendarDate
  package let reason: String

  package init(code: String, until: CalendarDate, reason: String) {
    self.code = code
    self.until = until
    self.reason = reason
  }
}
