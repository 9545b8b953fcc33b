package import Diagnostics
package import SourceText
package import TenantModel

/// What the comments leave of a run's findings.
package struct Silencing: Sendable {
  /// The findings that no comment silences.
  package private(set) var kept: [Diagnostic] = []
  package private(set) var silenced: [SilencedFinding] = []
  /// What is found of the comments themselves.
  package private(set) var findings: [Diagnostic] = []

  /// What is judged beside the comments and the findings.
  package struct Ground {
    /// Every code that a run can find.
    let codes: [DiagnosticCode]
    /// The places in tenant.yaml that name each other file.
    let references: [(file: SourceFileID, span: SourceSpan)]
    let today: CalendarDate
    /// Whether everything was judged, so that a comment without a finding silences nothing.
    let isWhole: Bool

    package init(
      codes: [DiagnosticCode], references: [(file: SourceFileID, span: SourceSpan)],
      today: CalendarDate, isWhole: Bool
    ) {
      self.codes = codes
      self.references = references
      self.today = today
      self.isWhole = isWhole
    }
  }

  private enum State {
    case holds
    case expired(Located<CalendarDate>)
    case refused(Diagnostic)
  }

  package init(
    _ allowances: Allowances, of findings: [Diagnostic], in sources: SourceSet, _ ground: Ground
  ) {
    let items = allowances.items
    guard !items.isEmpty else {
      kept = findings
      return
    }
    let states = Self.states(of: items, ground)
    var byCode: [String: [Int]] = [:]
    for (index, item) in items.enumerated() {
      if case .refused = states[index] { continue }
      byCode[item.code.value, default: []].append(index)
    }
    var isUsed = [Bool](repeating: false, count: items.count)
    for finding in findings {
      var holder: Allowance?
      if let candidates = byCode[finding.code.name] {
        let places = Self.places(of: finding, in: sources, ground)
        for index in candidates where items[index].covers(places) {
          isUsed[index] = true
          if case .holds = states[index], holder == nil { holder = items[index] }
        }
      }
      guard let holder else {
        kept.append(finding)
        continue
      }
      silenced.append(
        SilencedFinding(
          finding, comment: holder.comment, until: holder.until?.value.description,
          reason: holder.reason))
    }
    for (index, item) in items.enumerated() {
      let isAlone =
        (index == 0 || items[index - 1].comment != item.comment)
        && (index + 1 == items.count || items[index + 1].comment != item.comment)
      switch states[index] {
      case .refused(let finding): self.findings.append(finding)
      case .holds, .expired:
        if !isUsed[index], ground.isWhole {
          // A standard speaks to many tenants, of which another may need it.
          if item.comment.file != .tenant { continue }
          self.findings.append(.unusedAllowance(item, isOnlyCode: isAlone))
        } else if case .expired(let until) = states[index] {
          self.findings.append(.allowanceExpired(item.code, until))
        }
      }
    }
  }

  private static func states(of items: [Allowance], _ ground: Ground) -> [State] {
    let own = Set(allowanceCodes.map(\.name))
    let known = Dictionary(
      ground.codes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return items.map { item in
      guard let code = known[item.code.value] else {
        return .refused(.allowanceOfUnknownCode(item.code))
      }
      if code.severity == .error || own.contains(code.name) {
        return .refused(.allowanceOfError(item.code, isError: code.severity == .error))
      }
      if let until = item.until, until.value < ground.today { return .expired(until) }
      return .holds
    }
  }

  /// Where a finding can be silenced: where it begins, and where tenant.yaml names its file.
  private static func places(
    of finding: Diagnostic, in sources: SourceSet, _ ground: Ground
  ) -> [(file: SourceFileID, line: Int)] {
    let own = finding.primary
    let spans = [own] + ground.references.filter { $0.file == own.file }.map(\.span)
    return spans.map { ($0.file, sources[$0.file].position(of: $0.lowerBound).line) }
  }
}

extension Allowance {
  fileprivate func covers(_ places: [(file: SourceFileID, line: Int)]) -> Bool {
    guard let lines else { return false }
    return places.contains { $0.file == comment.file && lines.contains($0.line) }
  }
}
