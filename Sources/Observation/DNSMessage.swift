internal import MailRecords
internal import Procedure

/// A message of the DNS, with what mgc reads of it.
struct DNSMessage: Sendable {
  let id: UInt16
  let isResponse: Bool
  /// Whether it is about a standard query.
  let isQuery: Bool
  let isAuthoritative: Bool
  let isTruncated: Bool
  /// The response code (RFC 1035 §4.1.1).
  let code: Int
  /// Nil where it has none.
  let question: DNSQuestion?
  let answers: [Record]
  let authority: [Record]

  struct Record: Sendable {
    /// As in a question.
    let name: String
    let type: RecordType
    let ttl: TTL
    let data: RecordData
  }

  static let noError = 0
  static let formatError = 1
  static let noSuchName = 3
  static let notImplemented = 4

  /// Whether it answers the very question; a message that says only that something is wrong may
  /// have lost it.
  func answers(_ asked: DNSQuestion, id asked16: UInt16) -> Bool {
    guard id == asked16, isResponse, isQuery else { return false }
    guard let question else { return code != Self.noError && code != Self.noSuchName }
    return question == asked
  }

  /// The records of a type at a name.
  func records(_ name: String, _ type: RecordType) -> [Record] {
    answers.filter { $0.name == name && $0.type == type }
  }

  /// Whether the server knows the zone of what was asked itself.
  var isOwnAnswer: Bool {
    isAuthoritative && (code == Self.noError || code == Self.noSuchName)
  }

  /// What it says about a name. An alias is not followed, for another zone may have its target.
  func result(of question: DNSQuestion) -> DNSServerReply.Result {
    guard code == Self.noError || code == Self.noSuchName else { return .refusal(code) }
    guard isAuthoritative else { return .notAuthoritative }
    let found = records(question.name, question.type)
    if let ttl = found.map(\.ttl).min() {
      guard found.allSatisfy({ $0.data.canBeRecorded }) else { return .malformed }
      var seen: Set<RecordData> = []
      return .outcome(.sorted(found.map(\.data).filter { seen.insert($0).inserted }, ttl: ttl))
    }
    let aliases = records(question.name, .cname)
    if let alias = aliases.first, case .cname(let target) = alias.data {
      return alias.data.canBeRecorded && aliases.allSatisfy { $0.data == alias.data }
        ? .alias(.init(target: target, ttl: alias.ttl)) : .malformed
    }
    return .outcome(code == Self.noSuchName ? .noName : .noData)
  }
}

extension RecordData {
  /// Whether it is the same when it is read back from what is written of it: what is not would make
  /// a snapshot that nobody can read.
  fileprivate var canBeRecorded: Bool {
    presentation.utf8.count <= 65535 && LDNSPresentation.data(type, presentation) == self
  }
}
