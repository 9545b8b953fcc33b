/// What receivers are asked to do with mail that fails DMARC.
package enum DMARCPolicy: String, CaseIterable, Sendable {
  case none
  case quarantine
  case reject
}

extension DMARCPolicy: Comparable {
  /// The stricter is the greater.
  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .none: 0
    case .quarantine: 1
    case .reject: 2
    }
  }
}

/// How exactly a signing domain must match the author's.
package enum DMARCAlignment: String, CaseIterable, Sendable {
  case relaxed = "r"
  case strict = "s"
}

/// When a report of a single failure is wanted; several may stand.
package enum DMARCFailureOption: String, CaseIterable, Sendable {
  case allFail = "0"
  case anyFail = "1"
  case dkim = "d"
  case spf = "s"
}

/// What the record's domain is to the tree walk.
package enum DMARCPublicSuffix: String, CaseIterable, Sendable {
  case yes = "y"
  case no = "n"
  case unknown = "u"
}

/// A tag as it is written.
package struct DMARCTag: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// What is odd about a record that was read.
package enum DMARCProblem: Hashable, Sendable {
  /// Without `p`, receivers take `none`, and older ones ignore the record.
  case missingPolicy
  /// `p` does not come right after the version, where older receivers want it.
  case policyNotFirst
  /// `pct`, `rf` or `ri`, which RFC 9989 took away.
  case removedTag(String)
  case unknownTag(String)
  case duplicateTag(String)
  case badValue(tag: String, value: String)
  /// A part between semicolons that is not `name=value`.
  case notATag(String)
  case badURI(tag: String, uri: String, ReportURIError)
}

/// A DMARC record (RFC 9989).
package struct DMARCRecord: Hashable, Sendable {
  package let policy: DMARCPolicy
  /// `sp`
  package let subdomainPolicy: DMARCPolicy?
  /// `np`
  package let nonexistentPolicy: DMARCPolicy?
  package let dkimAlignment: DMARCAlignment?
  package let spfAlignment: DMARCAlignment?
  /// `rua`
  package let aggregateReports: [ReportURI]
  /// `ruf`
  package let failureReports: [ReportURI]
  package let failureOptions: [DMARCFailureOption]
  /// `t=y`: receivers apply one level less.
  package let isTesting: Bool
  package let publicSuffix: DMARCPublicSuffix?
  /// The tags as they were read, the version not among them; empty for a record made of values.
  package let tags: [DMARCTag]
  package let problems: [DMARCProblem]

  package init(
    policy: DMARCPolicy, subdomainPolicy: DMARCPolicy? = nil, nonexistentPolicy: DMARCPolicy? = nil,
    dkimAlignment: DMARCAlignment? = nil, spfAlignment: DMARCAlignment? = nil,
    aggregateReports: [ReportURI] = [], failureReports: [ReportURI] = [],
    failureOptions: [DMARCFailureOption] = [], isTesting: Bool = false,
    publicSuffix: DMARCPublicSuffix? = nil
  ) {
    self.init(
      policy: policy, subdomainPolicy: subdomainPolicy, nonexistentPolicy: nonexistentPolicy,
      dkimAlignment: dkimAlignment, spfAlignment: spfAlignment, aggregateReports: aggregateReports,
      failureReports: failureReports, failureOptions: failureOptions, isTesting: isTesting,
      publicSuffix: publicSuffix, tags: [], problems: [])
  }

  init(
    policy: DMARCPolicy, subdomainPolicy: DMARCPolicy?, nonexistentPolicy: DMARCPolicy?,
    dkimAlignment: DMARCAlignment?, spfAlignment: DMARCAlignment?,
    aggregateReports: [ReportURI], failureReports: [ReportURI],
    failureOptions: [DMARCFailureOption], isTesting: Bool, publicSuffix: DMARCPublicSuffix?,
    tags: [DMARCTag], problems: [DMARCProblem]
  ) {
    self.policy = policy
    self.subdomainPolicy = subdomainPolicy
    self.nonexistentPolicy = nonexistentPolicy
    self.dkimAlignment = dkimAlignment
    self.spfAlignment = spfAlignment
    self.aggregateReports = aggregateReports
    self.failureReports = failureReports
    self.failureOptions = failureOptions
    self.isTesting = isTesting
    self.publicSuffix = publicSuffix
    self.tags = tags
    self.problems = problems
  }

  /// Reads a record tolerantly: what is odd is in `problems`, and the field has its default. Nil
  /// where the text does not begin with `v=DMARC1`.
  package init?(parsing text: String) {
    var reader = DMARCReader(text)
    guard let record = reader.record() else { return nil }
    self = record
  }
}

extension DMARCRecord: CustomStringConvertible {
  /// `p` comes right after the version, for readers older than RFC 9989; then what is set.
  package var description: String {
    var parts = ["v=DMARC1", "p=" + policy.rawValue]
    func add(_ name: String, _ value: String?) {
      if let value { parts.append(name + "=" + value) }
    }
    func list(_ uris: [ReportURI]) -> String? {
      uris.isEmpty ? nil : uris.map(\.description).joined(separator: ",")
    }
    add("sp", subdomainPolicy?.rawValue)
    add("np", nonexistentPolicy?.rawValue)
    add("adkim", dkimAlignment?.rawValue)
    add("aspf", spfAlignment?.rawValue)
    add("rua", list(aggregateReports))
    add("ruf", list(failureReports))
    if !failureOptions.isEmpty {
      add("fo", failureOptions.map(\.rawValue).joined(separator: ":"))
    }
    add("t", isTesting ? "y" : nil)
    add("psd", publicSuffix?.rawValue)
    return parts.joined(separator: "; ")
  }
}
