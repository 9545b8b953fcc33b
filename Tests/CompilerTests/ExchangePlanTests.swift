import Compiler
import Diagnostics
import Foundation
import Procedure
import TestSupport
import Testing
import Wording

/// What the plan says of Exchange Online, by an export.
struct ExchangePlanTests {
  private static let folder = Judge.root.appending(path: "examples/nadeshiko-medical")

  /// The states of the resources of Exchange Online, by the end of their ids.
  private func states(
    _ from: String = "", _ to: String = "", tenant: (String, String) = ("", "")
  ) throws -> [String: ObservedState] {
    func text(_ path: String) throws -> String {
      try String(contentsOf: Self.folder.appending(path: path), encoding: .utf8)
    }
    let yaml = try text("tenant.yaml").replacing(tenant.0, with: tenant.1)
    let export = try text("exchange/export.json").replacing(from, with: to)
    let compiled = try Compiled(yaml) { $0 == "exchange/export.json" ? export : nil }
    let result = try #require(compiled.compilation.result(), "\(compiled.errors.map(\.message.en))")
    var states: [String: ObservedState] = [:]
    for resource in result.procedure.resources {
      if case .notExported = resource.observed { continue }
      states[String(resource.id.dropFirst("mail-server/m365/".count))] = resource.observed
    }
    return states
  }

  /// `name: old → new` of each difference.
  private func differences(_ state: ObservedState?) throws -> [String] {
    guard case .differs(let differences, _) = try #require(state) else { return [] }
    return differences.map { difference in
      let old = difference.old.joined(separator: ",")
      let new = difference.new.joined(separator: ",")
      return "\(difference.name): \(old) → \(new)" + (difference.isComparable ? "" : "?")
    }
  }

  @Test func `Each object is new, the same, or differs`() throws {
    let states = try states()
    guard case .same(isEnabled: false) = states["InboundConnector/MailGates m365 inbound"],
      case .absent = states["TransportRule/MailGates m365 outbound"],
      case .absent = states["JournalRule/MailGates m365 archive"]
    else {
      Issue.record("\(states)")
      return
    }
    #expect(
      try differences(states["OutboundConnector/MailGates m365 outbound"]) == [
        "TlsSettings: EncryptionOnly → DomainValidation", "TlsDomain:  → relay.gateway.example",
      ])
    #expect(
      try differences(states["ArcTrustedSealers"]) == [
        "ArcTrustedSealers: old-filter.example → old-filter.example,gateway.example"
      ])
    #expect(
      try differences(states["JournalingReportNdrTo"]) == [
        "JournalingReportNdrTo:  → nadeshiko@reports.archive.example"
      ])
    #expect(
      try differences(states["lockdown"]) == [
        "RestrictDomainsToCertificate: false → true",
        "TlsSenderCertificateName:  → out.gateway.example", "RequireTls: false → true",
        "RejectDirectSend: false → true",
      ])
  }

  @Test func `Without an export all of it is unknown`() throws {
    let states = try states(tenant: ("      export: exchange/export.json", "      #"))
    #expect(states.count == 7)
    for state in states.values {
      guard case .unknown = state else {
        Issue.record("\(state)")
        continue
      }
    }
  }

  @Test(arguments: [
    ("\"smtp:*;1\"", "\"*\""), ("\"192.0.2.0/28\"", "\"192.0.2.5/28\""),
    ("Jimu@Nadeshiko", "JIMU@nadeshiko"), ("\"Partner\"", "\"partner\""),
    ("\"EFSkipIPs\": [\"192.0.2.0/28\"]", "\"EFSkipIPs\": \"192.0.2.0/28\""),
    ("\"RequireTls\": false, \"R", "\"RequireTls\": \"False\", \"R"),
    ("MailGates m365 inbound", "mailgates M365 Inbound"),
    // After the lockdown it is as the lockdown makes it.
    (
      "\"RestrictDomainsToCertificate\": false, \"TlsSenderCertificateName\": null",
      "\"RestrictDomainsToCertificate\": true, \"TlsSenderCertificateName\": \"out.gateway.example\""
    ),
  ])
  func `Another spelling is no difference`(_ from: String, _ to: String) throws {
    let state = try states(from, to)["InboundConnector/MailGates m365 inbound"]
    guard case .same = state else {
      Issue.record("\(String(describing: state))")
      return
    }
  }

  @Test func `Another value is a difference`() throws {
    func inbound(_ from: String, _ to: String) throws -> [String] {
      try differences(states(from, to)["InboundConnector/MailGates m365 inbound"])
    }
    #expect(
      try inbound("\"EFSkipIPs\": [\"192.0.2.0/28\"]", "\"EFSkipIPs\": []") == [
        "EFSkipIPs:  → 192.0.2.0/28"
      ])
    #expect(
      try inbound("Jimu@Nadeshiko.example", "事務 花子") == [
        "EFUsers: 事務 花子 → jimu@nadeshiko.example?"
      ])
    #expect(
      try inbound("\"RequireTls\": false, \"R", "\"RequireTls\": true, \"R").isEmpty,
      "the lockdown by certificate requires TLS")
  }

  @Test func `A rule that names its connector by GUID is the same`() throws {
    let rule = """
      { "Name": "MailGates m365 outbound", "State": "Enabled", "FromScope": "InOrganization", \
      "SentToScope": "NotInOrganization", "SenderDomainIs": ["nadeshiko.example"], \
      "From": ["jimu@nadeshiko.example"], \
      "RouteMessageOutboundConnector": "0D9E3A52-0f5a-4f0e-9d5e-0a3a5d3a9c03", \
      "ExceptIfSenderIpRanges": ["192.0.2.0/28"], "StopRuleProcessing": true, \
      "Mode": "Enforce", "Comments": "mgc nadeshiko-medical/m365" },
      """
    let states = try states("\"transportRules\": [", "\"transportRules\": [\n\(rule)")
    guard case .same(isEnabled: true) = states["TransportRule/MailGates m365 outbound"] else {
      Issue.record("\(String(describing: states["TransportRule/MailGates m365 outbound"]))")
      return
    }
  }

  @Test func `A comment at the export silences what it shows`() throws {
    func text(_ path: String) throws -> String {
      try String(contentsOf: Self.folder.appending(path: path), encoding: .utf8)
    }
    let export = try text("exchange/export.json")
    let yaml = try text("tenant.yaml").replacing(
      "# what preflight.ps1 wrote", with: "# mgc:allow MGC4130 the old filter goes next month")
    let compiled = try Compiled(yaml) { $0 == "exchange/export.json" ? export : nil }
    #expect(!compiled.findings.contains { $0.code.name == "MGC4130" })
    #expect(compiled.findings.contains { $0.code.name == "MGC4126" })
  }
}
