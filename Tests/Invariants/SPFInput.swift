internal import MailRecords

/// Bytes from nowhere as the TXT records of a DNS, evaluated for senders of both kinds.
struct SPFInput {
  /// Each line is a record; the names take them in turn.
  let lines: [String]

  init(_ bytes: [UInt8]) {
    lines = bytes.split(separator: 0x0A).prefix(64).map { String(decoding: $0, as: UTF8.self) }
  }

  /// What does not hold, in words.
  func faults() -> [String] {
    var faults: [String] = []
    for line in lines {
      guard let record = try? SPFRecord(parsing: line) else { continue }
      if (try? SPFRecord(parsing: record.description)) != record {
        faults.append("\(record) is not read as it was printed")
      }
    }
    let values = lines.compactMap { TXTValue(ascii: $0) }
    let resolver: DNSResolver = { question in
      guard question.name != "void.example", !values.isEmpty else { return .noName }
      let number = question.name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
      switch question.type {
      case .txt:
        let index = question.name == "p0.example" ? 0 : number % values.count
        return .records([.txt(values[index])], ttl: TTL(clamping: 60))
      case .mx:
        return .records([.mx(preference: 1, host: question.name + ".")], ttl: TTL(clamping: 60))
      case .other:
        return .records([.other(type: "PTR", text: "p0.example.")], ttl: TTL(clamping: 60))
      default:
        return number.isMultiple(of: 2)
          ? .noData : .records([.a(IPAddress(v4: UInt32(number)))], ttl: TTL(clamping: 60))
      }
    }
    for address in [IPAddress(v4: 7), IPAddress(v6: 7)] {
      let found = SPFEvaluation(
        of: SPFSender(address: address, mailFrom: "a.b-c@p0.example", helo: lines.first ?? ""),
        resolver: resolver)
      if found.lookups > SPFRecord.lookupLimit + 1 || found.voids > 3 || found.records.count > 12 {
        faults.append("evaluation went beyond its limits")
      }
      if found.lookups > SPFRecord.lookupLimit && found.result != .permerror {
        faults.append("more than ten look-ups were \(found.result)")
      }
    }
    for line in lines {
      guard let record = try? SPFRecord(parsing: line) else { continue }
      let budget = SPFBudget(
        of: record, at: "p0.example",
        knowing: SPFKnowledge(answer: resolver, estimate: { _ in nil }))
      if budget.worst.lookups > SPFBudget.ceiling || budget.best.lookups > budget.worst.lookups {
        faults.append("the budget of \(record) is out of bounds")
      }
      let sum = budget.terms.reduce(0) { $0 + $1.cost.lookups }
      if sum != budget.worst.lookups { faults.append("the terms of \(record) do not add up") }
    }
    return faults
  }
}
