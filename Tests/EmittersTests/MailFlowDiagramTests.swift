import Artifacts
import Emitters
import Foundation
import Procedure
import SourceText
import TenantModel
import TestSupport
import Testing
import Wording

/// The pictures of the mail flow, in the runbook and as SVG.
@Suite struct MailFlowDiagramTests {
  private struct Chart: Decodable {
    let kind: String
    let nodes: [[String]]
    let arrows: [[String]]
    let ends: [[Int]]
    let lines: [String]
  }

  private static func charts(in runbook: String) -> [String] {
    runbook.components(separatedBy: "```mermaid\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }

  @Test(arguments: ExampleFolder.names)
  func `The runbook of an example has three charts that Mermaid reads`(_ name: String) throws {
    let procedure = try ExampleFolder(name).procedure
    let texts = Self.charts(in: try procedure.text("RUNBOOK.md"))
    #expect(texts.count == 3)
    let charts = try Judge.read(
      "mermaid_reader.py", input: Array(try JSONEncoder().encode(texts)), as: [Chart].self)
    let diagram = MailFlowDiagram(procedure.procedure)
    for (scene, chart) in zip(diagram.scenes, charts) {
      let drawn = diagram.chart(of: scene, language: procedure.procedure.tenant.language)
      #expect(chart.kind == "flowchart-v2")
      #expect(chart.nodes == drawn.nodes.map(\.label))
      #expect(chart.ends == drawn.arrows.map { [$0.start, $0.end] })
    }
  }

  private static let exchange = """
    version: 1
    tenant: { id: kaede, name: 楓商事株式会社, language: ja }
    contract: { services: [inbound-security, leak-prevention] }
    notice: { accessName: kaede, oauth: { redirect: https://redirect.gateway.example/ } }
    gateway:
      console: mail-security
      mx: [{ host: mx1.gateway.example, preference: 10 }]
      relay: { host: relay.gateway.example, port: 25, tls: required }
      egress: [192.0.2.0/28]
      spf: spf.gateway.example
      loopGuard: { header: { name: X-Example-Loop, value: kaede } }
    mailServers:
      - name: m365
        microsoft365:
          tenant: kaede.onmicrosoft.com
          spamBypass: enhanced-filtering
          lockdown: { address: {} }
          signIn: { oauth: {} }
      - { name: hosted, other: { description: レンタルサーバー } }
    domains:
      - { name: kaede.example, mailServer: m365, deliveryHost: kaede-example.mail.protection.outlook.com }
      - { name: shop.example, mailServer: hosted, deliveryHost: mx.hosting.example }
    """

  /// `label --> label`, with what the line is.
  private static func lines(_ chart: Flowchart) -> [String] {
    chart.arrows.map { arrow in
      let ends = [arrow.start, arrow.end].map { chart.nodes[$0].label[0] }
      return "\(ends[0]) \(arrow.line) \(ends[1])"
    }
  }

  @Test func `Before, during and after are drawn as they are`() throws {
    let zone = """
      $ORIGIN kaede.example.
      $TTL 3600
      @ IN SOA ns.dns.example. hostmaster.kaede.example. 1 7200 900 604800 900
      @ IN NS ns.dns.example.
      @ IN MX 10 filter.old.example.

      """
    let diagram = MailFlowDiagram(
      try ExampleProcedure(Self.exchange, zones: ["kaede.example": zone]).procedure)
    #expect(
      Self.lines(diagram.chart(of: .before, language: .en)) == [
        "Senders outside solid The MX of today", "The MX of today solid m365",
        "Senders outside solid The MX of today", "The MX of today solid hosted",
        "m365 solid Recipients outside",
        "hosted solid Recipients outside",
      ])
    #expect(
      Self.lines(diagram.chart(of: .during, language: .en)).prefix(2) == [
        "Senders outside dotted The MX of today", "Senders outside dotted MailGates, inbound",
      ])
    #expect(
      Self.lines(diagram.chart(of: .after, language: .en)) == [
        "Senders outside solid MailGates, inbound", "MailGates, inbound solid m365",
        "MailGates, inbound solid hosted", "m365 solid MailGates, outbound",
        "MailGates, outbound solid Recipients outside", "hosted solid MailGates, outbound",
        "Senders outside crossed m365", "Senders outside dotted hosted",
      ])
    print(diagram.chart(of: .after, language: .ja).mermaid.text)
  }

  private struct Read: Decodable {
    let title: String
    let description: String
    let labels: [String]
    let ids: [String]
  }

  @Test func `The pictures of a page are SVG with names of their own`() throws {
    let diagram = MailFlowDiagram(try ExampleProcedure.make(Self.exchange))
    for language in Language.allCases {
      let drawings = diagram.scenes.map { diagram.svg(of: $0, language: language).text }
      let read = try Judge.read(
        "svg_reader.py", input: Array(try JSONEncoder().encode(drawings)), as: [Read].self)
      let ids = read.flatMap(\.ids)
      #expect(Set(ids).count == ids.count)
      for (scene, read) in zip(diagram.scenes, read) {
        #expect(read.title == diagram.title(of: scene)[language])
        #expect(read.description == diagram.caption(of: scene)[language])
        let chart = diagram.chart(of: scene, language: language)
        #expect(read.labels == chart.nodes.flatMap(\.label) + chart.arrows.flatMap(\.label))
      }
    }
  }

  @Test func `A tenant with many servers has a small picture`() throws {
    let servers = (0..<300).map { "  - { name: s\($0), other: { description: x } }\n" }.joined()
    let domains = (0..<300).map {
      "  - { name: d\($0).example, mailServer: s\($0), deliveryHost: mx\($0).hosting.example }\n"
    }.joined()
    let yaml = """
      version: 1
      tenant: { id: kaede, name: 楓商事株式会社, language: ja }
      contract: { services: [inbound-security] }
      gateway: { console: mail-security, mx: [{ host: mx1.gateway.example, preference: 10 }], egress: [192.0.2.0/28] }
      mailServers:
      \(servers)domains:
      \(domains)
      """
    let diagram = MailFlowDiagram(try ExampleProcedure.make(yaml))
    for scene in diagram.scenes {
      let chart = diagram.chart(of: scene, language: .ja)
      #expect(chart.nodes.count <= 20 && chart.arrows.count <= 40)
      #expect(chart.mermaid.text.utf8.count < 5_000)
    }
  }
}
