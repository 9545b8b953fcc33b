package import MailRecords
internal import SourceText
internal import TenantModel

/// The two changes of a domain's MTA-STS policy (RFC 8461) around the change of its MX: senders
/// that remember a policy deliver to no MX that it does not name, so first it names the old and the
/// new MX, and in the end the new one alone.
package struct TransportPolicyChanges: Sendable {
  /// Step 4. Nil where the policy without the old MX does at once.
  package let before: Stage?
  /// Step 8. Nil where the policy of step 4 stays.
  package let after: Stage?
  /// The policy that is served today; nil where there is none, or nobody knows it.
  package let current: MTASTSPolicy?
  /// For how many seconds senders may hold the cutover against the policy of today; nil where
  /// nobody knows.
  package let heldFor: Int?

  /// A policy that is served, and the record that tells of it.
  package struct Stage: Sendable {
    package let policy: MTASTSPolicy
    /// What is served until then; nil where nothing is, or nobody knows it.
    package let former: MTASTSPolicy?
    package let record: RecordChange
  }

  /// Nil where tenant.yaml has no `mtaSts`, or the MX does not move.
  init?(
    of domain: TenantDomain, _ editor: ZoneEditor, _ inbound: ContractedServices.Inbound?,
    _ keys: KeyRing
  ) {
    guard let inbound, domain.role != .parked, let settings = domain.mtaSTS else { return nil }
    let current = settings.current.flatMap { keys.policy($0.value) }
    self.current = current
    let mode = settings.mode.value
    let new = inbound.exchangers.map { MTASTSPolicy.Pattern($0.host.value) }
    heldFor = Self.heldFor(current, new, editor)
    func policy(_ mode: MTASTSPolicy.Mode, _ patterns: [MTASTSPolicy.Pattern]) -> MTASTSPolicy {
      MTASTSPolicy(
        mode: mode, maximumAge: settings.maximumAge.value, patterns: mode == .none ? [] : patterns)
    }
    let last = policy(mode, new)
    let first: MTASTSPolicy =
      if editor.knows("@", .mx) {
        policy(mode, editor.exchangers.map { .init($0) } + new)
      } else if let current {
        policy(mode, current.patterns + new)
      } else {
        // Nobody knows the old MX, so nothing may be refused for it.
        policy(mode == .none ? .none : .testing, new)
      }
    let isOnlyStage = first.isSame(as: last)
    let texts = (isOnlyStage ? [first] : [first, last]).map { policy in
      (MTASTSRecord(of: policy).description, settings.span)
    }
    let changes = editor.texts(
      at: MTASTSRecord.owner, .transportPolicy, replacing: MTASTSRecord.isMTASTS, with: texts,
      reached: { today in
        texts.lastIndex { stage in today.contains { $0.text == stage.0 } }
      })
    if isOnlyStage, mode != .none {
      before = nil
      after = Stage(policy: last, former: current, record: changes.first)
    } else {
      before = Stage(policy: first, former: current, record: changes.first)
      after = changes.rest.first.map { Stage(policy: last, former: first, record: $0) }
    }
  }

  /// Only a policy that is enforced keeps mail from a host, and only from one that it does not name.
  private static func heldFor(
    _ current: MTASTSPolicy?, _ new: [MTASTSPolicy.Pattern], _ editor: ZoneEditor
  ) -> Int? {
    if let current {
      let holds = current.mode == .enforce && !new.allSatisfy { current.covers($0.domain) }
      return holds ? current.maximumAge : 0
    }
    guard editor.knows(MTASTSRecord.owner, .txt) else { return nil }
    let records = editor.original(at: MTASTSRecord.owner, .txt, .transportPolicy) { datum in
      if case .txt(let value) = datum { MTASTSRecord.isMTASTS(value.text) } else { false }
    }
    return records.isEmpty ? 0 : nil
  }
}

extension ZoneContents {
  /// The hosts that the MX names today, as a policy can name them.
  package var exchangers: [DomainName] {
    (set(owner: OwnerName(apexOf: origin), type: .mx)?.data ?? []).compactMap(\.exchanger)
  }
}

extension RecordData {
  /// What a TXT record says.
  fileprivate var text: String? { if case .txt(let value) = self { value.text } else { nil } }

  /// The host of an MX, as a policy can name it.
  fileprivate var exchanger: DomainName? {
    guard case .mx(_, let host) = self else { return nil }
    return try? DomainName(parsing: String(host.dropLast()))
  }
}

extension ZoneEditor {
  /// The hosts that the MX names before it moves.
  fileprivate var exchangers: [DomainName] {
    original(at: "@", .mx, .cutover) { _ in true }.compactMap(\.exchanger)
  }
}

extension MTASTSPolicy {
  /// Whether senders would do the same by either policy.
  fileprivate func isSame(as other: Self) -> Bool {
    mode == other.mode && maximumAge == other.maximumAge && Set(patterns) == Set(other.patterns)
  }
}
