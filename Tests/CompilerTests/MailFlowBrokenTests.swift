import Diagnostics
import Foundation
import Procedure
import TestSupport
import Testing
import Wording

/// Tenants that are wrong, each found at the line to blame; and hosts in the wrong place.
struct MailFlowBrokenTests {
  private static let head = """
    version: 1
    tenant: { id: kaede, name: 楓商事株式会社, language: ja }
    contract: { services: [inbound-security] }
    gateway: { console: mail-security, mx: [{ host: mx1.gateway.example, preference: 10 }], egress: [192.0.2.0/28] }
    mailServers:
      - { name: head, postfix: { host: mail.kaede.example, addresses: [203.0.113.25], lockdown: { address: {} } } }
      - { name: branch, postfix: { host: mail2.kaede.example, addresses: [203.0.113.26], lockdown: { address: {} } } }

    """

  /// - Parameter zone: further lines of the zone of kaede.example.
  private static func compiled(
    _ domains: [String], server: String = "", zone: String = ""
  ) throws -> Compiled {
    let time = "cutover: 2027-02-06T22:00:00+09:00"
    let lines = domains.map { "  - { \($0), \(time) }\n" }.joined()
    return try Compiled(
      head + server + "domains:\n" + lines,
      file: { path in
        path == "kaede.zone"
          ? MatrixTenant.zone + "mail IN A 203.0.113.25\n" + zone : nil
      })
  }

  private static let kaede =
    "name: kaede.example, mailServer: head, deliveryHost: mail.kaede.example, zone: { file: kaede.zone }"
  private static let branch =
    "name: kaede-branch.example, mailServer: branch, deliveryHost: mail2.kaede.example"

  private func codes(_ compiled: Compiled) -> [String] {
    compiled.findings.filter { $0.code.name.hasPrefix("MGC81") || $0.code.severity != .note }
      .map(compiled.place)
  }

  @Test func `What is right has no finding`() throws {
    #expect(codes(try Self.compiled([Self.kaede, Self.branch])) == [])
  }

  @Test func `A loop is found at the delivery host`() throws {
    let wrong = Self.branch.replacing("mail2.kaede", with: "mail.kaede")
    let compiled = try Self.compiled([Self.kaede, wrong])
    #expect(codes(compiled) == ["MGC8101 at 10:69"])
    let finding = try #require(compiled.findings.first { $0.code.name == "MGC8101" })
    #expect(compiled.source(finding) == "mail.kaede.example")
    // The finding is what the check proves of the procedure.
    let check = MailFlowCheck(MailFlow(try MailFlowTests.procedure(compiled)))
    let loops = check.problems.filter { $0.problem.reason == .loop }
    #expect(loops.map(\.problem.domain) == [1] && loops[0].problem.property == .noLoop)
    print("a loop: \(compiled.place(finding)): \(finding.message.en)")
  }

  @Test func `A way around is found at the server`() throws {
    let compiled = try Self.compiled(
      [
        Self.kaede, Self.branch,
        "name: kaede-shop.example, mailServer: hosted, deliveryHost: mx.hosting.example",
      ], server: "  - { name: hosted, other: { description: レンタルサーバー } }\n")
    #expect(codes(compiled) == ["MGC8100 at 8:13"])
    let finding = try #require(compiled.findings.first { $0.code.name == "MGC8100" })
    #expect(compiled.source(finding) == "hosted")
    let check = MailFlowCheck(MailFlow(try MailFlowTests.procedure(compiled)))
    #expect(check.openServers == [2])
    print("a bypass: \(compiled.place(finding)): \(finding.message.en)")
  }

  @Test func `An early lockdown is found where the name is`() throws {
    let compiled = try Self.compiled(
      [Self.kaede, Self.branch], zone: "news IN MX 10 mail\nlist IN MX 10 mx.newsletter.example.\n")
    #expect(codes(compiled) == ["MGC8102 at kaede.zone:9:1"])
    let finding = try #require(compiled.findings.first { $0.code.name == "MGC8102" })
    #expect(finding.message.en.contains("news.kaede.example"))
    #expect(finding.message.en.contains("the lockdown of \"head\" refuses it"))
    print("an early lockdown: \(compiled.place(finding)): \(finding.message.en)")
  }

  @Test func `Each fault of a host is said once`() throws {
    let hosts: [(host: String, zone: String, codes: [String])] = [
      ("mx1.gateway.example", "", ["MGC8014"]),
      ("kaede.example", "", ["MGC8015"]),
      ("kaede-branch.example", "", ["MGC8015"]),
      ("mail2.kaede.example", "", ["MGC8101"]),
      ("relay2.kaede.example", "relay2 IN CNAME mx1.gateway.example.\n", ["MGC8103"]),
      ("kaede-example.mail.protection.outlook.com", "", ["MGC8016"]),
      ("mx9.elsewhere.example", "", []),
      ("mail.kaede.example", "", []),
    ]
    for (host, zone, codes) in hosts {
      let compiled = try Self.compiled(
        [Self.kaede.replacing("mail.kaede.example", with: host), Self.branch], zone: zone)
      let found = compiled.findings.filter { compiled.source($0) == host }
      #expect(found.map(\.code.name) == codes, "\(host)")
    }
    print("hosts: \(hosts.count) swapped, \(hosts.filter { !$0.codes.isEmpty }.count) caught")
  }
}
