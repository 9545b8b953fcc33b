internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// What a rule knows about the names that SPF leads to: the records that step 2 makes, the zones,
/// what was recorded, and for want of all that the catalogue.
struct SPFTargets {
  let knowledge: SPFKnowledge

  init(_ input: RuleInput, _ domains: [DomainSPF]) {
    let answers = ZoneAnswers(input.zones, recorded: input.answers)
    var merged: [String: DNSAnswer] = [:]
    for spf in domains {
      let name = spf.domain.name.value.ascii
      if let value = spf.merged.flatMap({ TXTValue(ascii: $0.description) }) {
        merged[name] = .records([.txt(value)], ttl: DomainChanges.usualTTL)
      } else if spf.texts.isEmpty {
        merged[name] = .unknown
      }
    }
    let known = SPFKnowledge(answers)
    let own = merged
    knowledge = SPFKnowledge(
      answer: { $0.type == .txt ? own[$0.name] ?? known.answer($0) : known.answer($0) },
      estimate: known.estimate)
  }
}

extension DomainSPF {
  /// What the record to be costs; nil where there is none.
  func budget(_ targets: SPFTargets) -> SPFBudget? {
    merged.map { SPFBudget(of: $0, at: domain.name.value.ascii, knowing: targets.knowledge) }
  }

  /// Where a term of the merged record was written: in tenant.yaml, else in the zone.
  func span(of term: SPFTerm) -> SourceSpan {
    let sender = domain.spf?.senders.first { $0.value.identity == term.identity }
    return sender?.span ?? (texts.isEmpty ? nil : zone?.span("@", .txt)) ?? place
  }
}
