package import MailRecords
package import SourceText

/// A domain of the contract.
package struct TenantDomain: Sendable {
  package let name: Located<DomainName>
  package let role: Role
  /// The name of a mail server; may be left out where there is one.
  package let mailServer: Located<Identifier>?
  /// The host that takes the domain's mail, as the admin center shows it; never derived.
  package let deliveryHost: Located<DomainName>?
  package let zone: Located<ZoneSource>?
  package let publish: [Located<PublishFormat>]
  package let spf: SPFSettings?
  package let dkim: [DKIMSettings]
  package let dmarc: DMARCSettings?
  package let tlsReports: [Located<ReportURI>]
  package let mtaSTS: MTASTSSettings?
  /// When the customer would like the MX to change.
  package let cutover: Located<Timestamp>?
  /// The TTL of the MX before anything was lowered, for where the zone does not say.
  package let mxTTL: Located<TTL>?
  package let span: SourceSpan

  package enum Role: String, CaseIterable, Sendable {
    /// People have mailboxes here.
    case mail
    /// A further name of the same mailboxes.
    case alias
    /// No mail is sent or received.
    case parked
  }

  /// How the DNS is published.
  package enum PublishFormat: String, CaseIterable, Sendable {
    case bind
    case octodns
    case terraformRoute53 = "terraform-route53"
    case nsupdate
    case table
  }

  package init(
    name: Located<DomainName>, role: Role, mailServer: Located<Identifier>?,
    deliveryHost: Located<DomainName>?, zone: Located<ZoneSource>?,
    publish: [Located<PublishFormat>], spf: SPFSettings?, dkim: [DKIMSettings],
    dmarc: DMARCSettings?, tlsReports: [Located<ReportURI>], mtaSTS: MTASTSSettings?,
    cutover: Located<Timestamp>?, mxTTL: Located<TTL>?, span: SourceSpan
  ) {
    self.name = name
    self.role = role
    self.mailServer = mailServer
    self.deliveryHost = deliveryHost
    self.zone = zone
    self.publish = publish
    self.spf = spf
    self.dkim = dkim
    self.dmarc = dmarc
    self.tlsReports = tlsReports
    self.mtaSTS = mtaSTS
    self.cutover = cutover
    self.mxTTL = mxTTL
    self.span = span
  }
}

/// Where the zone as it is today can be read.
package enum ZoneSource: Sendable {
  /// A zone file (RFC 1035 section 5).
  case file(FileReference)
  /// What `mgc verify --record` wrote.
  case snapshot(FileReference)
}

/// What the SPF record must say besides what the zone has.
package struct SPFSettings: Sendable {
  package let senders: [Located<SPFTerm>]
  package let remove: [Located<SPFTerm>]
  package let all: Located<SPFQualifier>?
  package let span: SourceSpan

  package init(
    senders: [Located<SPFTerm>], remove: [Located<SPFTerm>], all: Located<SPFQualifier>?,
    span: SourceSpan
  ) {
    self.senders = senders
    self.remove = remove
    self.all = all
    self.span = span
  }
}

/// A DKIM key that MailGates signs with.
package struct DKIMSettings: Sendable {
  package let selector: Located<DKIMSelector>
  /// The file with the public key; nil until step 2's screen has shown it.
  package let publicKey: Located<FileReference>?
  /// Whether MailGates is to sign with the other keys, and this one is to go in the end.
  package let isRetiring: Bool
  /// When the customer would like the signing to change to the other keys.
  package let signsUntil: Located<Timestamp>?
  package let span: SourceSpan

  package init(
    selector: Located<DKIMSelector>, publicKey: Located<FileReference>?, isRetiring: Bool = false,
    signsUntil: Located<Timestamp>? = nil, span: SourceSpan
  ) {
    self.selector = selector
    self.publicKey = publicKey
    self.isRetiring = isRetiring
    self.signsUntil = signsUntil
    self.span = span
  }
}

/// The policy of MTA-STS to serve (RFC 8461).
package struct MTASTSSettings: Sendable {
  package let mode: Located<MTASTSPolicy.Mode>
  /// How many seconds senders keep the policy.
  package let maximumAge: Located<Int>
  /// The file with the policy that is served today; nil where there is none, or nobody says.
  package let current: Located<FileReference>?
  package let span: SourceSpan

  /// A week: what a policy says where tenant.yaml does not.
  package static let usualAge = 604_800

  package init(
    mode: Located<MTASTSPolicy.Mode>, maximumAge: Located<Int>,
    current: Located<FileReference>?, span: SourceSpan
  ) {
    self.mode = mode
    self.maximumAge = maximumAge
    self.current = current
    self.span = span
  }
}

/// The DMARC record to publish (RFC 9989).
package struct DMARCSettings: Sendable {
  package let policy: Located<DMARCPolicy>
  package let subdomainPolicy: Located<DMARCPolicy>?
  /// Of subdomains that do not exist (`np`).
  package let nonexistentPolicy: Located<DMARCPolicy>?
  package let dkimAlignment: Located<DMARCAlignment>?
  package let spfAlignment: Located<DMARCAlignment>?
  package let aggregateReports: [Located<ReportURI>]
  package let failureReports: [Located<ReportURI>]
  /// Whether receivers are asked to apply one level less (`t=y`).
  package let isTesting: Bool
  /// How the policy is come to.
  package let stages: Stages?
  package let span: SourceSpan

  /// How a policy is come to, one stage at a time.
  package struct Stages: Sendable {
    /// What step 2 publishes; nil where it is what the zone has today.
    package let start: Located<DMARCPolicy>?
    /// For how many days the reports of each stage are watched.
    package let days: Located<Int>?
    /// Whether each stage is tried with `t=y` first.
    package let hasTrials: Bool
    package let span: SourceSpan

    package init(
      start: Located<DMARCPolicy>?, days: Located<Int>?, hasTrials: Bool, span: SourceSpan
    ) {
      self.start = start
      self.days = days
      self.hasTrials = hasTrials
      self.span = span
    }
  }

  /// Where reports of either kind go.
  package var reports: [Located<ReportURI>] { aggregateReports + failureReports }

  package init(
    policy: Located<DMARCPolicy>, subdomainPolicy: Located<DMARCPolicy>?,
    nonexistentPolicy: Located<DMARCPolicy>?, dkimAlignment: Located<DMARCAlignment>?,
    spfAlignment: Located<DMARCAlignment>?, aggregateReports: [Located<ReportURI>],
    failureReports: [Located<ReportURI>], isTesting: Bool, stages: Stages?, span: SourceSpan
  ) {
    self.policy = policy
    self.subdomainPolicy = subdomainPolicy
    self.nonexistentPolicy = nonexistentPolicy
    self.dkimAlignment = dkimAlignment
    self.spfAlignment = spfAlignment
    self.aggregateReports = aggregateReports
    self.failureReports = failureReports
    self.isTesting = isTesting
    self.stages = stages
    self.span = span
  }
}
