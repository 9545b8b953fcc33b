internal import MailRecords
internal import SourceText
internal import TenantModel

/// What becomes of a domain's DMARC record: what step 2 publishes, then one stage after the other up
/// to the policy that tenant.yaml asks for.
package struct DMARCChanges: Sendable {
  /// What step 2 publishes: the policy that was there before mgc, or none.
  package let start: DMARCStage
  /// Step 2's change.
  package let first: RecordChange
  /// Step 8's changes; empty where step 2 brings the wished policy.
  package let stages: [Stage]

  /// The change to one stage.
  package struct Stage: Sendable {
    package let stage: DMARCStage
    /// The stage that it follows.
    package let former: DMARCStage
    /// For how many days the reports of the former one are to be watched.
    package let days: Int
    package let change: RecordChange
  }

  /// For how many days the reports of a stage are watched where tenant.yaml says nothing: RFC 9989
  /// section 7.4 advises a month or more.
  package static let usualDays = 30

  /// Nil where tenant.yaml asks for none.
  init?(of domain: TenantDomain, _ editor: ZoneEditor) {
    guard let settings = domain.dmarc else { return nil }
    let before = editor.original(at: "_dmarc", .txt, .dmarc, where: \.isDMARC)
      .compactMap(\.dmarc)
    // Of several records receivers take none (RFC 9989 section 4.10).
    let original = before.count == 1 ? before.first : nil
    let goal = DMARCStage(settings.policy.value, isTesting: settings.isTesting)
    let today = original.map { DMARCStage($0.policy, isTesting: $0.isTesting) } ?? .none
    let wished = settings.stages?.start.map { DMARCStage($0.value, isTesting: false) }
    // Where no mail is sent, there is nothing to watch for.
    let start = domain.role == .parked ? goal : min(wished ?? today, goal)
    let row = DMARCStage.row(
      from: start, to: goal, withTrials: settings.stages?.hasTrials ?? false)
    let all = [start] + row
    let changes = editor.texts(
      at: "_dmarc", .dmarc, replacing: RecordData.isDMARC,
      with: all.map { stage in
        (
          settings.record(at: stage, goal: goal, original: original).description,
          stage == start ? settings.span : settings.policy.span
        )
      },
      reached: { today in
        guard let record = today.compactMap(\.dmarc).first else { return nil }
        let stage = DMARCStage(record.policy, isTesting: record.isTesting)
        return all.lastIndex { $0 <= stage }
      })
    self.start = start
    first = changes.first
    let days = settings.stages?.days?.value ?? Self.usualDays
    stages = zip(changes.rest, zip(row, all)).map { change, pair in
      Stage(stage: pair.0, former: pair.1, days: days, change: change)
    }
  }
}

extension DMARCSettings {
  /// The record at a stage. Up to the last one, subdomains get no stricter policy than the domain
  /// itself, unless they had one before.
  fileprivate func record(
    at stage: DMARCStage, goal: DMARCStage, original: DMARCRecord?
  ) -> DMARCRecord {
    func limited(_ wished: DMARCPolicy?, _ before: DMARCPolicy?) -> DMARCPolicy? {
      guard let wished, stage != goal else { return wished }
      return min(wished, max(stage.policy, before ?? .none))
    }
    return DMARCRecord(
      policy: stage.policy,
      subdomainPolicy: limited(subdomainPolicy?.value, original?.subdomainPolicy),
      nonexistentPolicy: limited(
        nonexistentPolicy?.value, original?.nonexistentPolicy ?? original?.subdomainPolicy),
      dkimAlignment: dkimAlignment?.value, spfAlignment: spfAlignment?.value,
      aggregateReports: aggregateReports.map(\.value), failureReports: failureReports.map(\.value),
      // At a policy of none t=y says nothing, and stays where it was asked for.
      isTesting: stage.isTrial || stage == goal && isTesting)
  }
}

extension RecordData {
  static func isDMARC(_ text: String) -> Bool { text.lowercased().hasPrefix("v=dmarc1") }

  fileprivate var isDMARC: Bool {
    if case .txt(let value) = self { Self.isDMARC(value.text) } else { false }
  }

  fileprivate var dmarc: DMARCRecord? {
    if case .txt(let value) = self { DMARCRecord(parsing: value.text) } else { nil }
  }
}

extension DomainChanges {
  /// Step 2's change of the TLS reporting record (RFC 8460 section 3).
  static func tlsReports(of domain: TenantDomain, _ editor: ZoneEditor) -> RecordChange? {
    guard let first = domain.tlsReports.first else { return nil }
    return editor.text(
      at: "_smtp._tls", .tlsReports, for: first.span,
      replacing: { $0.lowercased().hasPrefix("v=tlsrptv1") },
      with: TLSRPTRecord(reports: domain.tlsReports.map(\.value)).description)
  }
}
