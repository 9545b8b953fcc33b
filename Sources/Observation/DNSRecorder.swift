package import MailRecords
package import Procedure

/// Asks authoritative servers, and keeps what they say. Which servers those are, resolvers know.
package struct DNSRecorder {
  package private(set) var client: DNSClient
  /// Resolvers, or servers that a person named.
  private let servers: [DNSServer]
  /// Whether a person named them: then one that knows a zone itself is asked as its authority.
  private let areGiven: Bool
  /// For names in these domains every authoritative server is asked, and they must agree.
  private let own: [DomainName]
  private var authorities: [String: [DNSServer]] = [:]
  private var lookups: [DNSQuestion: DNSLookup] = [:]

  /// How many authoritative servers of a zone are asked.
  private static let serverLimit = 8
  private static let aliasLimit = 8
  /// How many questions a recording holds.
  private static let lookupLimit = 5000

  package init(
    servers: [DNSServer], areGiven: Bool, own: [DomainName], client: DNSClient = DNSClient()
  ) {
    self.servers = servers
    self.areGiven = areGiven
    self.own = own
    self.client = client
  }

  /// All that was asked, as it is recorded.
  package var answers: [RecordedAnswer] {
    lookups.values.map(\.answer).sorted { $0.question < $1.question }
  }

  /// What the authoritative servers say; asked once.
  package mutating func lookup(_ question: DNSQuestion) -> DNSLookup {
    if let known = lookups[question] { return known }
    guard lookups.count < Self.lookupLimit, LDNSName.canonical(question.name) == question.name
    else {
      return DNSLookup(answer: RecordedAnswer(question, .failure), replies: [])
    }
    let lookup = follow(question)
    lookups[question] = lookup
    return lookup
  }

  private mutating func follow(_ question: DNSQuestion) -> DNSLookup {
    var name = question.name
    var aliases: [RecordedAnswer.Alias] = []
    var replies: [DNSServerReply] = []
    var seen: Set<String> = [name]
    func found(_ outcome: RecordedAnswer.Outcome) -> DNSLookup {
      DNSLookup(answer: RecordedAnswer(question, aliases: aliases, outcome), replies: replies)
    }
    while aliases.count <= Self.aliasLimit {
      let said = ask(DNSQuestion(name, question.type))
      if aliases.isEmpty { replies = said }
      let usable = said.map(\.result).filter(\.isUsable)
      guard let first = usable.first else { return found(.failure) }
      guard usable.allSatisfy({ $0.agrees(with: first) }) else { return found(.disagreement) }
      switch first {
      case .alias(let alias):
        let longest = usable.compactMap {
          if case .alias(let alias) = $0 { alias.ttl } else { nil }
        }
        aliases.append(.init(target: alias.target, ttl: longest.max() ?? alias.ttl))
        name = DNSQuestion(alias.target, question.type).name
        guard seen.insert(name).inserted else { return found(.failure) }
      case .outcome(.records(let data, let ttl)):
        let longest = usable.compactMap {
          if case .outcome(.records(_, let ttl)) = $0 { ttl } else { nil }
        }
        return found(.records(data, ttl: longest.max() ?? ttl))
      case .outcome(let outcome): return found(outcome)
      default: return found(.failure)
      }
    }
    return found(.failure)
  }

  /// The replies of the authoritative servers of a name's zone: of all where the name is the
  /// tenant's, else until one can be used.
  private mutating func ask(_ question: DNSQuestion) -> [DNSServerReply] {
    let isOwn = own.contains {
      question.name == $0.ascii || question.name.hasSuffix("." + $0.ascii)
    }
    var replies: [DNSServerReply] = []
    for server in authorities(of: question.name) {
      let result: DNSServerReply.Result =
        switch client.ask(question, server, recursion: false) {
        case .message(let message): message.result(of: question)
        case .silence: .silence
        case .unreachable: .unreachable
        case .notAsked: .notAsked
        }
      replies.append(DNSServerReply(server: server, result: result))
      if !isOwn, result.isUsable { break }
    }
    return replies
  }

  /// What the resolvers say now, of those that are no authority for the name: old records, while
  /// they remember them.
  package mutating func cached(_ question: DNSQuestion) -> [DNSServerReply] {
    let authorities = Set(authorities(of: question.name))
    return servers.filter { !authorities.contains($0) }.compactMap { server in
      guard case .message(let message) = client.ask(question, server, recursion: true),
        message.code == DNSMessage.noError || message.code == DNSMessage.noSuchName
      else { return nil }
      let found = message.records(question.name, question.type)
      let outcome: RecordedAnswer.Outcome =
        found.map(\.ttl).min().map { .sorted(found.map(\.data), ttl: $0) }
        ?? (message.code == DNSMessage.noSuchName ? .noName : .noData)
      return DNSServerReply(server: server, result: .outcome(outcome))
    }
  }

  // MARK: Finding the authority

  private mutating func authorities(of name: String) -> [DNSServer] {
    if let known = authorities[name] { return known }
    var found: [DNSServer] = []
    if areGiven {
      found = servers.filter { server in
        if case .message(let message) = client.ask(DNSQuestion(name, .soa), server, recursion: true)
        {
          message.isOwnAnswer
        } else {
          false
        }
      }
    }
    if found.isEmpty, let apex = apex(of: name) { found = nameServers(of: apex) }
    authorities[name] = found
    return found
  }

  /// The name of the zone that a name is in, by its SOA (RFC 2308 §3).
  private mutating func apex(of name: String) -> String? {
    var rest = name
    for _ in 0..<16 {
      guard let message = resolved(DNSQuestion(rest, .soa)) else { return nil }
      if !message.records(rest, .soa).isEmpty { return rest }
      if message.records(rest, .cname).isEmpty,
        let soa = message.authority.first(where: { $0.type == .soa }),
        rest == soa.name || rest.hasSuffix("." + soa.name)
      {
        return soa.name
      }
      // An alias tells of another zone; its own is that of the name above.
      guard let dot = rest.firstIndex(of: ".") else { return nil }
      rest = String(rest[rest.index(after: dot)...])
    }
    return nil
  }

  private mutating func nameServers(of apex: String) -> [DNSServer] {
    guard let message = resolved(DNSQuestion(apex, .ns)) else { return [] }
    var names: [String] = []
    for record in message.records(apex, .ns) {
      if case .ns(let host) = record.data { names.append(DNSQuestion(host, .a).name) }
    }
    var found: [DNSServer] = []
    for name in Set(names).sorted().prefix(Self.serverLimit) {
      var addresses: [IPAddress] = []
      for type in [RecordType.a, .aaaa] where addresses.isEmpty {
        for record in resolved(DNSQuestion(name, type))?.answers ?? [] {
          switch record.data {
          case .a(let address), .aaaa(let address): addresses.append(address)
          default: break
          }
        }
      }
      found += Set(addresses).sorted().prefix(2).map { DNSServer(address: $0, name: name) }
    }
    return Array(found.prefix(Self.serverLimit))
  }

  /// The answer of the first resolver that has one.
  private mutating func resolved(_ question: DNSQuestion) -> DNSMessage? {
    for server in servers {
      if case .message(let message) = client.ask(question, server, recursion: true),
        message.code == DNSMessage.noError || message.code == DNSMessage.noSuchName
      {
        return message
      }
    }
    return nil
  }
}

/// A question with its answer, and what each server said about the name itself.
package struct DNSLookup: Sendable {
  package let answer: RecordedAnswer
  package let replies: [DNSServerReply]
}

extension DNSServerReply.Result {
  /// Whether two servers tell of the same records. A TTL may differ, and so may the serial of a
  /// zone that was just changed.
  fileprivate func agrees(with other: Self) -> Bool {
    switch (self, other) {
    case (.alias(let one), .alias(let two)): one.target == two.target
    case (.outcome(.records(let one, _)), .outcome(.records(let two, _))):
      one.map(\.withoutSerial).sorted() == two.map(\.withoutSerial).sorted()
    default: self == other
    }
  }
}

extension RecordData {
  fileprivate var withoutSerial: String {
    guard type == .soa else { return presentation }
    var fields = presentation.split(separator: " ").map(String.init)
    if fields.count == 7 { fields[2] = "" }
    return fields.joined(separator: " ")
  }
}
