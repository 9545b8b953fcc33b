internal import MailRecords
internal import SourceText
internal import TenantModel

/// Whether every mail that one review rule matches is matched by another too. It says so only
/// where it follows from what is written, whatever the console makes of a list of recipients, an
/// exclusion dictionary or a regular expression.
struct ReviewImplication {
  /// The most rules that are compared, for each is with all above.
  static let limit = 500

  /// The phrases of each dictionary of phrases; lines that are comments are none.
  private let phrases: [String: Set<String>]

  init(_ settings: Settings) {
    var phrases: [String: Set<String>] = [:]
    for dictionary in settings.dictionaries?.value ?? [] {
      guard case .phrases(let lines) = dictionary.content.value else { continue }
      phrases[dictionary.name.value.text] = Set(
        lines.map(\.value.text).filter { $0.utf8.first != 0x23 })
    }
    self.phrases = phrases
  }

  func holds(from narrow: ReviewRule, to wide: ReviewRule) -> Bool {
    let (one, other) = (narrow.when, wide.when)
    return covers(wide.scope.target, narrow.scope.target)
      && same(other.header?.value.text, one.header?.value.text)
      && dictionary(other.dictionary?.value.text, covers: one.dictionary?.value.text)
      && same(other.exceptDictionary?.value.text, one.exceptDictionary?.value.text)
      && recipients(other.recipients, cover: one.recipients)
      && sender(other.sender?.value, covers: one.sender?.value)
      && extensions(other.attachmentExtensions, cover: one.attachmentExtensions)
  }

  private func covers(_ wide: ScopeTarget, _ narrow: ScopeTarget) -> Bool {
    wide == .all || wide == narrow
  }

  /// Nothing is asked, or the same.
  private func same(_ wide: String?, _ narrow: String?) -> Bool { wide == nil || wide == narrow }

  private func dictionary(_ wide: String?, covers narrow: String?) -> Bool {
    if same(wide, narrow) { return true }
    guard let wide, let narrow, let more = phrases[wide], let fewer = phrases[narrow] else {
      return false
    }
    return fewer.isSubset(of: more)
  }

  private func sender(_ wide: AddressPattern?, covers narrow: AddressPattern?) -> Bool {
    guard let wide, wide != .everyone else { return true }
    return narrow.map { wide.covers($0) } ?? false
  }

  private func recipients(
    _ wide: ReviewRule.Recipients?, cover narrow: ReviewRule.Recipients?
  ) -> Bool {
    switch (wide, narrow) {
    case (nil, _), (.external, .external): return true
    case (.matching(let more), .matching(let fewer)):
      return fewer.allSatisfy { one in more.contains { $0.value.covers(one.value) } }
    case (.matching(let more), _): return more.contains { $0.value == .everyone }
    case (.external, _): return false
    }
  }

  private func extensions(
    _ wide: [Located<TextLine>], cover narrow: [Located<TextLine>]
  ) -> Bool {
    if wide.isEmpty { return true }
    guard !narrow.isEmpty else { return false }
    return Set(narrow.map { $0.value.text.lowercased() })
      .isSubset(of: wide.map { $0.value.text.lowercased() })
  }
}

extension AddressPattern {
  /// Whether the pattern stands for every address that another stands for.
  func covers(_ other: AddressPattern) -> Bool {
    switch (self, other) {
    case (.everyone, _): true
    case (.anyone(let domain), _), (.bareDomain(let domain), _): other.domain == domain
    case (.address, .address(let address)): matches(address)
    case (.address, _): false
    }
  }
}
