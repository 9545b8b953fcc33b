package import JSONText
package import MailRecords
package import TenantModel

/// What the DNS said at a time, question by question: what `mgc verify --record` writes. A question
/// that is not here was not asked; nothing is concluded from its absence.
package struct DNSSnapshot: Equatable, Sendable {
  /// The format that this release writes; it reads no later one.
  package static let formatVersion = 1
  /// Where it is written where tenant.yaml names no other place, beside tenant.yaml.
  package static let usualPath = "dns/snapshot.json"

  package let recorded: Timestamp
  /// By question, each once.
  package let answers: [RecordedAnswer]

  /// Sorts what it is given; of several answers to a question the first stays.
  package init(recorded: Timestamp, answers: [RecordedAnswer]) {
    self.recorded = recorded
    var seen: Set<DNSQuestion> = []
    self.answers = answers.filter { seen.insert($0.question).inserted }
      .sorted { $0.question < $1.question }
  }

  /// The document; `json.pretty` is the file.
  package var json: JSONValue {
    .object([
      "format_version": .integer(Self.formatVersion),
      "recorded": .string(recorded.description),
      "answers": .array(answers.map(\.json)),
    ])
  }
}

/// The answer to one question, as the authoritative servers gave it.
package struct RecordedAnswer: Hashable, Sendable {
  package let question: DNSQuestion
  /// The aliases from the name that was asked for to the one that has the answer.
  package let aliases: [Alias]
  package let outcome: Outcome

  /// A CNAME on the way.
  package struct Alias: Hashable, Sendable {
    /// Absolute, with a trailing dot.
    package let target: String
    package let ttl: TTL

    package init(target: String, ttl: TTL) {
      self.target = target
      self.ttl = ttl
    }
  }

  package enum Outcome: Hashable, Sendable {
    /// Sorted as they are written.
    case records([RecordData], ttl: TTL)
    case noData
    case noName
    /// No server gave an answer that can be used.
    case failure
    /// The authoritative servers answer differently.
    case disagreement

    /// Records in their one order.
    package static func sorted(_ data: [RecordData], ttl: TTL) -> Outcome {
      .records(data.sorted { $0.presentation < $1.presentation }, ttl: ttl)
    }

    /// The word in the document.
    package var word: String {
      switch self {
      case .records: "records"
      case .noData: "noData"
      case .noName: "noName"
      case .failure: "failure"
      case .disagreement: "disagreement"
      }
    }
  }

  package init(_ question: DNSQuestion, aliases: [Alias] = [], _ outcome: Outcome) {
    self.question = question
    self.aliases = aliases
    self.outcome = outcome
  }

  /// The answer as an evaluation sees it: aliases followed.
  package var answer: DNSAnswer {
    switch outcome {
    case .records(let data, let ttl):
      .records(data, ttl: aliases.map(\.ttl).min().map { min($0, ttl) } ?? ttl)
    case .noData: .noData
    case .noName: .noName
    case .failure, .disagreement: .failure
    }
  }

  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(question.name)), .init("type", .string(question.type.description)),
      .init("answer", .string(outcome.word)),
    ]
    if !aliases.isEmpty {
      let list = aliases.map {
        JSONValue.object(["target": .string($0.target), "ttl": .integer(Int($0.ttl.seconds))])
      }
      members.append(.init("aliases", .array(list)))
    }
    if case .records(let data, let ttl) = outcome {
      members.append(.init("ttl", .integer(Int(ttl.seconds))))
      members.append(.init("records", .strings(data.map(\.presentation))))
    }
    return .object(members)
  }
}
