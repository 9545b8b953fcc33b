import Foundation
import MailRecords
import Procedure
import SourceText
import TenantModel
import TestSupport
import Testing

/// A zone that real servers and tools are made to change by what mgc writes.
struct LiveZone {
  /// Whose zone it is.
  let name: String
  let example: ExampleProcedure
  let zone: String
  let text: String

  /// Every zone of the examples, and one with what is odd.
  static func all() throws -> [LiveZone] {
    var all: [LiveZone] = []
    for name in ExampleFolder.names {
      let folder = try ExampleFolder(name)
      for (zone, text) in folder.zones.sorted(by: { $0.key < $1.key }) {
        all.append(LiveZone(name: name, example: folder.procedure, zone: zone, text: text))
      }
    }
    return all + [try odd(), try rotating()]
  }

  /// A zone in which one key takes another's place, and Exchange Online signs as well.
  static func rotating() throws -> LiveZone {
    LiveZone(
      name: "rotating", example: try rotation(rotatingZone), zone: "turn.example",
      text: rotatingZone)
  }

  private static func rotation(
    _ text: String, _ remembered: [RememberedRecords] = []
  ) throws -> ExampleProcedure {
    try ExampleProcedure(
      rotatingTenant, zones: ["turn.example": text],
      files: ["keys/new.pem": longKey, "keys/old.txt": oldKey, "exports/dkim.json": signingExport],
      publishing: true, remembered: remembered)
  }

  /// - Parameter isPlain: whether it is without the text that not every tool can hold.
  static func odd(isPlain: Bool = false) throws -> LiveZone {
    let text =
      isPlain
      ? oddZone.split(separator: "\n").filter { !$0.contains("quote") }.joined(separator: "\n")
        + "\n"
      : oddZone
    let example = try ExampleProcedure(
      ExampleProcedure.head(ExampleProcedure.both) + oddDomain, zones: ["odd.example": text],
      files: ["keys/long.pem": longKey], publishing: true)
    return LiveZone(name: "odd", example: example, zone: "odd.example", text: text)
  }

  /// The same tenant when its zone has become another, with what the lock remembers.
  func later(_ text: String, _ remembered: [RememberedRecords]) throws -> LiveZone {
    if name == "rotating" {
      return LiveZone(
        name: name, example: try Self.rotation(text, remembered), zone: zone, text: text)
    }
    let example =
      name == "odd"
      ? try ExampleProcedure(
        ExampleProcedure.head(ExampleProcedure.both) + Self.oddDomain, zones: [zone: text],
        files: ["keys/long.pem": Self.longKey], publishing: true, remembered: remembered)
      : try ExampleFolder(name, changed: [zone: text], remembered: remembered).procedure
    return LiveZone(name: name, example: example, zone: zone, text: text)
  }

  /// The sets of the zone without the SOA.
  var sets: [RecordSet] {
    get throws { try #require(example.zoneContents[zone]).sets }
  }

  /// A whole zone file of record sets.
  static func text(_ sets: [RecordSet], zone: String) -> String {
    "\(zone). 3600 IN SOA ns.\(zone). root.\(zone). 9 60 60 60 300\n"
      + sets.flatMap(\.lines).joined(separator: "\n") + "\n"
  }

  var domain: DomainChanges {
    get throws {
      try #require(
        example.procedure.domains.first { $0.domain.name.value.ascii == zone })
    }
  }

  static let oddDomain = """
    domains:
      - name: odd.example
        deliveryHost: mail.odd.example
        zone: { file: zones/odd.example.zone }
        spf: { senders: ["ip4:203.0.113.80"] }
        dkim: [{ selector: mg, publicKey: keys/long.pem }]
        dmarc:
          policy: reject
          subdomainPolicy: reject
          aggregateReports: ["mailto:d@odd.example", "mailto:d@mx.reports.example"]
          stages: { testing: true }
        tlsReports: ["mailto:t@odd.example"]
        mtaSts: { mode: enforce, maxAge: 86400 }

    """

  static let oddZone = """
    $ORIGIN odd.example.
    $TTL 1h
    @ IN SOA ns root (
        7 ; serial
        2h 15m 2w 5m )
      IN NS ns
    ns A 192.0.2.53
    mail 77 A 203.0.113.80
    @ 4321 IN TXT "v=spf1 ip4:203.0.11" "3.80 mx" " ~all"
    @ 4321 IN TXT "quote \\" backslash \\\\ semicolon ; \\195\\169 (paren"
    @ 4321 IN TXT google-site-verification=abc "" "x"
    @ 4321 IN TXT "\(String(repeating: "k", count: 255))" "\(String(repeating: "l", count: 40))"
    @ 86399 IN MX 0 mail
    @ 86399 IN MX 10 backup.elsewhere.example.
    @ IN CAA 0 issue "ca.example"
    _dmarc IN TXT "v=DMARC1; p=none; rua=mailto:old@odd.example"
    _mta-sts 99 IN TXT "v=STSv1; id=1"
    _mta-sts 99 IN TXT "something else"
    *.wild IN TXT "v=spf1 -all"
    _sip._tcp IN SRV 1 2 5060 sip

    """

  static let oldKey =
    "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="

  static let signingExport = """
    [
      {
        "Domain": "turn.example", "Enabled": false, "Status": "CnameMissing",
        "Selector1CNAME": "selector1-turn-example._domainkey.kaede.r-v1.dkim.mail.microsoft",
        "Selector2CNAME": "selector2-turn-example._domainkey.kaede.r-v1.dkim.mail.microsoft"
      }
    ]

    """

  static let rotatingTenant = """
    version: 1
    tenant: { id: turn, name: 回転商事, language: en }
    contract: { services: [inbound-security, leak-prevention] }
    notice: { accessName: turn }
    gateway:
      console: mail-security
      mx: [{ host: mx1.gateway.example, preference: 10 }]
      relay: { host: relay.gateway.example, port: 25, tls: required }
      egress: [192.0.2.0/28]
      spf: spf.gateway.example
      loopGuard: { egress: {} }
    mailServers:
      - name: m365
        microsoft365:
          tenant: kaede.onmicrosoft.com
          spamBypass: enhanced-filtering
          signIn: { saml: { idp: Entra ID, contact: 佐藤 } }
          dkimExport: exports/dkim.json
    domains:
      - name: turn.example
        deliveryHost: turn-example.mail.protection.outlook.com
        zone: { file: zones/turn.example.zone }
        dkim:
          - { selector: mg2, publicKey: keys/new.pem }
          - selector: mg
            publicKey: keys/old.txt
            retire: true
            signUntil: 2027-02-15T22:00:00+09:00
        cutover: 2026-12-19T22:00:00+09:00

    """

  static let rotatingZone = """
    $ORIGIN turn.example.
    $TTL 1800
    @ IN SOA ns root 7 7200 900 1209600 7200
    @ IN NS ns
    ns A 192.0.2.53
    @ IN MX 0 turn-example.mail.protection.outlook.com.
    @ IN TXT "v=spf1 include:spf.protection.outlook.com ~all"
    mg._domainkey 7200 IN TXT "\(oldKey)"
    mg1._domainkey IN TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
    selector2._domainkey 600 IN CNAME selector2-turn-example._domainkey.kaede.onmicrosoft.com.

    """

  static let longKey: String = {
    let verdict = try? Judge.run(
      "/usr/bin/openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096"])
    let key = (verdict?.output).map { Array($0) } ?? []
    let half = try? Judge.run("/usr/bin/openssl", ["pkey", "-pubout"], input: key)
    return String(decoding: half?.output ?? Data(), as: UTF8.self)
  }()
}

extension RecordSet {
  /// One line of a zone file a record, all names absolute.
  var lines: [String] {
    data.map { "\(owner.absolute) \(ttl) IN \(type) \($0.presentation)" }
  }
}

extension RecordChange {
  /// The sets of a zone once the change has been made to them.
  func applied(to sets: [RecordSet]) -> [RecordSet] {
    sets.filter { $0.owner != owner || $0.type != type } + (afterSet.map { [$0] } ?? [])
  }
}

extension ZoneStage {
  /// Where the stage is in a form that has a folder of its own.
  func path(_ form: String, _ ending: String, back: Bool) -> String {
    let step =
      switch kind.step {
      case .senderAuthentication: "2-sender-authentication"
      case .ttl: "4-ttl"
      case .mxCutover: "6-mx-cutover"
      default: "8-afterwards"
      }
    return (back ? "rollback/" : "") + "\(step)/\(form)\(kind.suffix)/\(zone.ascii)\(ending)"
  }

  /// The zone after the stage, by the lines of before: the sets of the stage as they are meant, all
  /// else as it was.
  func wanted(
    in zone: [String], typeField: Int = 3,
    line: (RecordChange, RecordData) -> String = {
      "\($0.owner.absolute) \($0.ttl) IN \($0.type) \($1.presentation)"
    }
  ) -> [String] {
    var lines = zone
    for change in changes {
      let head = change.owner.absolute + " "
      lines.removeAll {
        $0.hasPrefix(head) && $0.split(separator: " ")[typeField] == "\(change.type)"
      }
      lines += (change.afterSet?.data ?? []).map { line(change, $0) }
    }
    return lines.sorted()
  }
}
