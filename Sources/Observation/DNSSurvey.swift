internal import MailRecords
package import Procedure

extension DNSRecorder {
  /// How many names the SPF record of one domain may lead to.
  private static let nameLimit = 50
  /// How many hosts of an MX are asked for; RFC 7208 §4.6.4 allows ten.
  private static let hostLimit = 20

  /// Asks all that is worth knowing about a domain: what the steps change and the rules judge.
  package mutating func survey(_ inquiry: DNSInquiry) {
    let name = inquiry.domain.ascii
    for type in DNSSnapshot.types { _ = lookup(DNSQuestion(name, type)) }
    askAuthority(above: name)
    for label in ["_dmarc", "_smtp._tls", "_mta-sts"] {
      _ = lookup(DNSQuestion("\(label).\(name)", .txt))
    }
    for selector in inquiry.selectors {
      for type in [RecordType.txt, .cname] {
        _ = lookup(DNSQuestion("\(selector.text)._domainkey.\(name)", type))
      }
    }
    for host in exchangers(of: name) + inquiry.exchangers.map(\.ascii) {
      for type in [RecordType.a, .aaaa, .cname] { _ = lookup(DNSQuestion(host, type)) }
    }
    askSPF(of: name, inquiry.terms)
    askReceivers(of: inquiry)
  }

  /// The SOA of the zone that a domain lies in, where it has none of its own.
  private mutating func askAuthority(above name: String) {
    var rest = name
    for _ in 0..<16 {
      guard case .noData = lookup(DNSQuestion(rest, .soa)).answer.outcome,
        let dot = rest.firstIndex(of: "."), rest[rest.index(after: dot)...].contains(".")
      else { return }
      rest = String(rest[rest.index(after: dot)...])
    }
  }

  private mutating func exchangers(of name: String) -> [String] {
    guard case .records(let data, _) = lookup(DNSQuestion(name, .mx)).answer.outcome else {
      return []
    }
    return data.compactMap { datum in
      if case .mx(_, let host) = datum, host != "." { DNSQuestion(host, .a).name } else { nil }
    }.prefix(Self.hostLimit).map { $0 }
  }

  private mutating func texts(at name: String) -> [String] {
    guard case .records(let data, _) = lookup(DNSQuestion(name, .txt)).answer.outcome else {
      return []
    }
    return data.compactMap { if case .txt(let value) = $0 { value.text } else { nil } }
  }

  /// All that an evaluation of the domain's SPF can come to, today or with the terms to be; macros
  /// are passed over, for what they stand for is known to the receiver only.
  private mutating func askSPF(of domain: String, _ terms: [SPFTerm]) {
    var asked: Set<String> = [domain]
    var queue = [(domain, terms)]
    for text in texts(at: domain) where SPFRecord.isSPF(text) {
      if let record = try? SPFRecord(parsing: text) { queue.append((domain, record.terms)) }
    }
    while !queue.isEmpty {
      let (name, terms) = queue.removeFirst()
      for term in terms {
        guard let (target, types) = term.questions(at: name), !target.contains("%") else {
          continue
        }
        let isNew = asked.insert(target).inserted
        guard asked.count <= Self.nameLimit + 1 else { return }
        for type in types { _ = lookup(DNSQuestion(target, type)) }
        if types == [.mx] {
          for host in exchangers(of: target) {
            for type in [RecordType.a, .aaaa] { _ = lookup(DNSQuestion(host, type)) }
          }
        }
        guard isNew, types == [.txt] else { continue }
        for text in texts(at: target) where SPFRecord.isSPF(text) {
          if let record = try? SPFRecord(parsing: text) { queue.append((target, record.terms)) }
        }
      }
    }
  }

  /// Whether others allow the domain's reports (RFC 9990 §4), and which of them are others at all
  /// (RFC 9989 §4.10).
  private mutating func askReceivers(of inquiry: DNSInquiry) {
    let name = inquiry.domain.ascii
    let today = texts(at: "_dmarc.\(name)").compactMap { DMARCRecord(parsing: $0) }
      .flatMap { $0.aggregateReports + $0.failureReports }.map(\.domain)
    var seen: Set<DomainName> = []
    for receiver in (inquiry.receivers + today).prefix(Self.hostLimit)
    where receiver != inquiry.domain && seen.insert(receiver).inserted {
      for above in ReportAuthorization.walk(inquiry.domain) + ReportAuthorization.walk(receiver) {
        _ = lookup(DNSQuestion("_dmarc.\(above)", .txt))
      }
      _ = lookup(DNSQuestion("\(name)._report._dmarc.\(receiver.ascii)", .txt))
    }
  }
}

extension SPFTerm {
  /// What evaluating the term asks for; nil where it asks for nothing.
  fileprivate func questions(at name: String) -> (target: String, types: [RecordType])? {
    func target(_ text: String?) -> String { text.map { DNSQuestion($0, .a).name } ?? name }
    switch self {
    case .redirect(let domain): return (target(domain), [.txt])
    case .directive(_, .include(let domain)): return (target(domain), [.txt])
    case .directive(_, .a(let domain, _, _)): return (target(domain), [.a, .aaaa])
    case .directive(_, .mx(let domain, _, _)): return (target(domain), [.mx])
    case .directive(_, .ptr(let domain)): return (target(domain), [.a, .aaaa])
    case .directive(_, .exists(let domain)): return (target(domain), [.a])
    default: return nil
    }
  }
}
