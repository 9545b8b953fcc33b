/// A fact of the vendor's or a platform's, with where it stands and when it was read.
package struct Fact<Value: Sendable>: Sendable {
  private let stated: Value
  /// The article or document.
  package let source: String
  /// When the source was read, `YYYY-MM-DD`.
  package let read: String

  init(value: Value, source: String, read: String) {
    stated = value
    self.source = source
    self.read = read
  }

  package var value: Value { FactTrial.value(of: self, stated) }
}

/// Every fact of the vendor's that mgc builds in. What the vendor publishes nowhere is an input of
/// tenant.yaml and is not here.
package enum Catalogue {
  private static let support = "https://cloud-sup.cybersolutions.co.jp/hc/ja/articles/"

  static func fact<Value>(_ value: Value, _ article: String) -> Fact<Value> {
    Fact(value: value, source: support + article, read: "2026-11-23")
  }

  /// The TTL before the cutover, in seconds, at most.
  package static let loweredTTL = fact(300, "4402739136153")
  /// How many days before the cutover the TTL is lowered.
  package static let ttlLeadDays = fact(10, "360041005591")
  /// The selector of DKIM keys in the console.
  package static let dkimSelector = fact("mg", "12194730127897")
  /// How many months a client secret of Microsoft 365 lives at most.
  package static let secretMonths = fact(24, "900005830683")
  /// How many months before its end a client secret is renewed, at the latest.
  package static let secretRenewalMonths = fact(2, "900005830683")
  /// For how many days a linked attachment can be fetched.
  package static let linkDays = fact(1...93, "44235421260953")
  /// The days that the console begins with.
  package static let linkDefaultDays = fact(30, "44235421260953")
  /// How many keyword dictionaries the console holds.
  package static let dictionaries = fact(20, "900005108503")
  /// How many lines a dictionary holds.
  package static let dictionaryLines = fact(100, "900005108503")
  /// How many exclusion dictionaries the console holds besides.
  package static let exclusionDictionaries = fact(20, "900005108503")
  /// How many days mail waits for its review.
  package static let reviewHoldDays = fact(14, "44235421260953")
  /// How many days spam stays in quarantine.
  package static let quarantineDays = fact(14, "44235421260953")
  /// How many hours lie between two notices of spam.
  package static let spamNoticeHours = fact(6, "44235421260953")
  /// The largest mail, in megabytes.
  package static let mailMegabytes = fact(200, "44235421260953")
  /// The largest file that the sandbox takes, in megabytes.
  package static let sandboxMegabytes = fact(10, "44235421260953")
  /// The article that says of self-approval that it has no exceptions.
  package static let selfApproval = fact("900003437366", "900003437366")
  /// The article whose examples except senders from self-approval.
  package static let reviewExamples = fact("360039832351", "360039832351")
  /// How many days ahead the vendor wants to hear of a new source address: a month.
  package static let addressNoticeDays = fact(30, "44234964774425")
  /// The port on which MailGates takes mail to relay.
  package static let relayPort = fact(25, "44234964774425")
  /// The SPF include of another product, CYBERMAIL Σ, which is not MailGates'.
  package static let otherProductInclude = fact("spfcm.cybermail.jp", "360040491452")
  /// The login page where users sign in with OAuth or SAML: before and after the access name.
  package static let loginAddress = fact(("https://", "-mgf.cybermail.jp"), "360040872191")
  /// The login page of users of other mail servers.
  package static let loginAddressOther = fact("https://mgf.cybermail.jp", "360040872191")
  /// The onboarding article that the steps come from.
  package static let onboarding = fact("4402739136153", "4402739136153")
  /// The article on the OAuth client of Google Workspace.
  package static let googleClient = fact("900001210703", "900001210703")
  /// The article on SAML with Entra ID; those of other providers ask for the same.
  package static let samlRequest = fact("900001747846", "900001747846")
  /// How SAML is set up at an identity provider, by the names of those that the vendor writes of.
  package static let samlProviders = [
    fact("Entra ID", "900001747846"), fact("Google Workspace", "900001982146"),
    fact("CloudGate UNO", "900001317366"), fact("Nextset", "4409919245465"),
  ]
  /// The SPF include that Microsoft documents for Microsoft 365.
  package static let microsoftInclude = Fact(
    value: "spf.protection.outlook.com",
    source: "learn.microsoft.com, on SPF for Microsoft 365",
    read: "2026-11-23")
  /// The SPF include that Google documents for Google Workspace.
  package static let googleInclude = Fact(
    value: "_spf.google.com", source: "https://support.google.com/a/answer/178333",
    read: "2026-11-23")
  /// What SPF includes of the mail services cost in look-ups, nested ones included
  /// (RFC 7208 section 4.6.4), for want of a look at the DNS.
  package static let spfCosts: [(domain: String, lookups: Int, read: String)] = [
    ("_spf.google.com", 1, "2025-12-01"),
    ("spf.protection.outlook.com", 1, "2026-11-23"),
  ]
}
