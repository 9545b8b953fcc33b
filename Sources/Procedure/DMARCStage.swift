package import MailRecords

/// How far a domain's DMARC policy has come, from watching to refusing (RFC 9989). A trial has
/// `t=y`: receivers apply the level below, and those that rewrite or hold mail by the policy begin
/// to do so.
package enum DMARCStage: Int, CaseIterable, Hashable, Sendable {
  case none
  case quarantineTrial
  case quarantine
  case rejectTrial
  case reject

  /// Those that something leads to; all but the first.
  package static let steps: [Self] = [.quarantineTrial, .quarantine, .rejectTrial, .reject]

  package init(_ policy: DMARCPolicy, isTesting: Bool) {
    self =
      switch policy {
      case .none: .none
      case .quarantine: isTesting ? .quarantineTrial : .quarantine
      case .reject: isTesting ? .rejectTrial : .reject
      }
  }

  /// What is published, `p`.
  package var policy: DMARCPolicy {
    switch self {
    case .none: .none
    case .quarantineTrial, .quarantine: .quarantine
    case .rejectTrial, .reject: .reject
    }
  }

  package var isTrial: Bool { self == .quarantineTrial || self == .rejectTrial }

  /// The tags that tell it, as people name it.
  package var tags: String { "p=" + policy.rawValue + (isTrial ? "; t=y" : "") }

  /// As names of files and identifiers have it.
  package var word: String { policy.rawValue + (isTrial ? "-test" : "") }

  /// The stages from one to another, one level at a time; the first is not among them.
  package static func row(from start: Self, to goal: Self, withTrials: Bool) -> [Self] {
    allCases.filter { $0 > start && $0 <= goal && (withTrials || !$0.isTrial || $0 == goal) }
  }
}

extension DMARCStage: Comparable {
  /// The stricter is the greater.
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
