/// Where facts stand, and when it was read.
package struct FactSource: Hashable, Comparable, Sendable {
  /// The article or document.
  package let source: String
  /// `YYYY-MM-DD`.
  package let read: String

  package init(source: String, read: String) {
    self.source = source
    self.read = read
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.source, left.read) < (right.source, right.read)
  }
}

extension Catalogue {
  /// The sources of all facts, each once, sorted. Adding a fact adds a line here, or a trace does
  /// not find its source.
  package static let sources: [FactSource] = {
    var sources: Set<FactSource> = []
    func add<Value>(_ fact: Fact<Value>) {
      sources.insert(FactSource(source: fact.source, read: fact.read))
    }
    add(loweredTTL)
    add(ttlLeadDays)
    add(dkimSelector)
    add(secretMonths)
    add(secretRenewalMonths)
    add(linkDays)
    add(linkDefaultDays)
    add(dictionaries)
    add(dictionaryLines)
    add(exclusionDictionaries)
    add(reviewHoldDays)
    add(quarantineDays)
    add(spamNoticeHours)
    add(mailMegabytes)
    add(sandboxMegabytes)
    add(selfApproval)
    add(reviewExamples)
    add(addressNoticeDays)
    add(relayPort)
    add(otherProductInclude)
    add(loginAddress)
    add(loginAddressOther)
    add(onboarding)
    add(googleClient)
    add(samlRequest)
    add(microsoftInclude)
    add(googleInclude)
    add(GoogleConsole.inboundGateway)
    add(GoogleConsole.hosts)
    add(GoogleConsole.routing)
    add(GoogleConsole.endUserAccess)
    add(GoogleConsole.delayHours)
    for screen in ConsoleScreenName.allCases {
      for generation in Gateway.ConsoleGeneration.allCases { add(screen.path(in: generation)) }
      screen.seenWords.forEach(add)
    }
    samlProviders.forEach(add)
    for note in VendorNote.all {
      for source in note.sources { sources.insert(FactSource(source: source, read: note.read)) }
    }
    return sources.sorted()
  }()
}
