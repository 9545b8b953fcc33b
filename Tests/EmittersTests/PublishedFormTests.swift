import Emitters
import Foundation
import MailRecords
import Procedure
import TestSupport
import Testing

@Suite("What tools take stands where the runbook names it, and says nothing that nobody has seen")
struct PublishedFormTests {
  private static let domains = """
    mailServers:
      - name: octodns-ttl
        postfix: { host: mail.odd.example, addresses: [203.0.113.80], lockdown: { address: {} } }
    domains:
      - name: odd.example
        zone: { file: zones/odd.example.zone }
        dkim: [{ selector: mg, publicKey: keys/long.pem }, { selector: later }]
        dmarc: { policy: reject, aggregateReports: ["mailto:d@odd.example"] }
        cutover: 2026-12-19T22:00:00+09:00

    """

  private static func example(isZoneKnown: Bool) throws -> ExampleProcedure {
    let head = ExampleProcedure.head(ExampleProcedure.both, language: "en")
    let start = try #require(head.range(of: "mailServers:"))
    let zone = "    zone: { file: zones/odd.example.zone }\n"
    return try ExampleProcedure(
      String(head[..<start.lowerBound])
        + (isZoneKnown ? domains : domains.replacing(zone, with: "")),
      zones: isZoneKnown ? ["odd.example": LiveZone.oddZone] : [:],
      files: ["keys/long.pem": LiveZone.longKey], publishing: true)
  }

  @Test("each phase lists its own files of each form, and so does each part of the way back")
  func runbook() throws {
    let example = try Self.example(isZoneKnown: true)
    let book = try example.text("RUNBOOK.md")
    let sections = ("\n" + book).split(separator: "\n## ").map(String.init)
    let stages = try #require(example.procedure.domains.first).stages
    #expect(stages.count == 6)
    func lines(_ text: String, with path: String) -> [String] {
      text.split(separator: "\n").map(String.init).filter { $0.contains("`\(path)`") }
    }
    for (form, ending) in [("octodns", ".yaml"), ("terraform-route53", ".tf")] {
      var phases: [Int] = []
      var parts: [Int] = []
      for stage in stages {
        let path = stage.path(form, ending, back: false)
        let found = sections.indices.filter { !lines(sections[$0], with: path).isEmpty }
        #expect(found.count == 1, "\(path)")
        phases += found
        // The zone file of the same stage stands in the same phase.
        let zone = path.replacing(
          "/\(form)\(stage.kind.suffix)/odd.example\(ending)",
          with: "/odd.example\(stage.kind.suffix).zone")
        #expect(found.allSatisfy { !lines(sections[$0], with: zone).isEmpty }, "\(zone)")
        let back = stage.path(form, ending, back: true)
        let items = book.split(separator: "\n").map(String.init).enumerated()
          .filter { $0.element.contains("`\(back)`") }
        #expect(items.count == 1, "\(back)")
        parts += items.map(\.offset)
      }
      // Step 8's last stages may change places; none shares a section with another.
      #expect(Set(phases).count == stages.count && Set(parts).count == stages.count)
      #expect(Array(phases.prefix(3)) == phases.prefix(3).sorted())
      #expect(Array(parts.prefix(3)) == parts.prefix(3).sorted(by: >))
    }
    // A server that is called as a form's folder is still a server.
    let closing = sections.filter {
      $0.contains("`8-afterwards/octodns-ttl/mailgates_clients.cidr`")
    }
    #expect(closing.count == 1 && !closing[0].contains("odd.example-ttl.zone"))
  }

  @Test("Terraform gets nothing of an unknown zone, and lets what it kept be")
  func unknown() throws {
    let example = try Self.example(isZoneKnown: false)
    let stages = try #require(example.procedure.domains.first).stages
    for stage in stages {
      for isBack in [false, true] {
        let text = try example.text(stage.path("terraform-route53", ".tf", back: isBack))
        let live = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        for word in ["resource \"", "import {", "variable", "\"v=", "mx1."] {
          #expect(!live.contains { $0.contains(word) }, "\(stage.kind) \(word)")
        }
        let sets = isBack ? stage.before + stage.later : stage.after
        #expect(text.components(separatedBy: "\nremoved {\n").count == sets.count + 1)
        #expect(text.components(separatedBy: "does not know what").count == sets.count + 1)
        #expect(text.components(separatedBy: "    destroy = false\n").count == sets.count + 1)
      }
    }
    let first = try #require(stages.first)
    for (form, ending) in [("octodns", ".yaml"), ("terraform-route53", ".tf")] {
      let text = try example.text(first.path(form, ending, back: false))
      #expect(text.contains("# later._domainkey.odd.example. TXT waits for the DKIM key"))
    }
  }

  @Test("what the zone had before mgc is taken over, what it had not is made")
  func takenOver() throws {
    let example = try Self.example(isZoneKnown: true)
    for stage in try #require(example.procedure.domains.first).stages {
      for isBack in [false, true] {
        let text = try example.text(stage.path("terraform-route53", ".tf", back: isBack))
        for set in isBack ? stage.before + stage.later : stage.after {
          let name = set.owner.absolute.dropLast().split(separator: ".").joined(separator: "_")
            .replacing("_dmarc", with: "__dmarc").replacing("_domainkey", with: "__domainkey")
          let address = "aws_route53_record.\("\(set.type)".lowercased())_\(name)\n"
          let isHeld = text.contains("  to = " + address)
          let isLeftOut = text.contains("  from = " + address)
          // The apex has a text beyond ASCII.
          #expect(isLeftOut == (set.type == .txt && set.owner.isApex), "\(address)")
          #expect(isHeld == (set.original != nil && !isLeftOut), "\(stage.kind) \(address)")
        }
      }
    }
  }
}
