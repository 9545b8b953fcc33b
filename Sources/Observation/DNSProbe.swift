internal import Diagnostics
internal import JSONText
package import MailRecords
package import Procedure
internal import SourceText
internal import TenantModel

/// Puts bytes through the reader of DNS messages, as if an authoritative server had sent them.
package enum DNSProbe {
  /// What does not hold of what was read, in words; empty where all is well. Whatever a server
  /// sends, what is recorded of it is read back as the same.
  package static func faults(_ bytes: [UInt8]) -> [String] {
    let answers = answers(bytes)
    let snapshot = DNSSnapshot(recorded: Timestamp(seconds: 0), answers: answers)
    let file = SourceFile(name: "snapshot.json", text: snapshot.json.pretty)
    let (read, findings) = SnapshotReader.read(file, id: .tenant)
    // Text that looks like key material is refused in every file.
    if findings.contains(where: { $0.code.number < 2000 }) { return [] }
    if let read, read.snapshot == snapshot, findings.isEmpty { return [] }
    return ["read back as something else: \(snapshot.json.compact)"]
  }

  /// What would be recorded of a message, for every name that it speaks of.
  package static func answers(_ bytes: [UInt8]) -> [RecordedAnswer] {
    guard let message = LDNSMessage.read(bytes) else { return [] }
    let authority = DNSMessage(
      id: message.id, isResponse: true, isQuery: true, isAuthoritative: true, isTruncated: false,
      code: DNSMessage.noError, question: message.question, answers: message.answers,
      authority: message.authority)
    return message.answers.prefix(100).compactMap { record in
      let question = DNSQuestion(record.name, record.type)
      guard LDNSName.canonical(question.name) == question.name else { return nil }
      switch authority.result(of: question) {
      case .outcome(let outcome): return RecordedAnswer(question, outcome)
      case .alias(let alias): return RecordedAnswer(question, aliases: [alias], .noName)
      default: return nil
      }
    }
  }

  /// A query in wire form, for whoever needs bytes that are a message.
  package static func query(_ question: DNSQuestion) -> [UInt8]? {
    LDNSMessage.query(question, id: 1, recursion: true, payload: 1232)
  }
}
