import Foundation
import Testing

/// A zone that is exported anew once the MX has moved.
struct RememberedZoneTests {
  private static let moved = """
    $ORIGIN kaede.example.
    $TTL 3600
    @        IN SOA   ns1.dns.example. hostmaster.kaede.example. ( 2026122001 7200 900 1209600 900 )
             IN NS    ns1.dns.example.
             IN NS    ns2.dns.example.
             IN A     203.0.113.10
    @ 300    IN MX    10 mx1.gateway.example.
    @ 300    IN MX    20 mx2.gateway.example.
             IN TXT   "MS=ms12345678"
    www      IN A     203.0.113.10
    autodiscover IN CNAME autodiscover.outlook.com.

    """

  @Test("applied again on the zone of after step 6, the way back still has the MX of before")
  func theWayBackStays() throws {
    try Scratch.example("kaede-trading") { folder in
      func apply() throws {
        let outcome = try MGC.run(["apply", "--now", MGC.now], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
      }
      func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      }
      let back = "out/rollback/6-mx-cutover/kaede.example.zone"
      let backTTL = "out/rollback/4-ttl/kaede.example.zone"
      let old = "kaede-example.mail.protection.outlook.com."
      try apply()
      let first = (try text(back), try text(backTTL), try text("tenant.lock.json"))
      #expect(first.0.contains("kaede.example. 300 IN MX 0 \(old)\n"))
      // The sender authentication of step 2 stands as well.
      let step2 = try text("out/2-sender-authentication/kaede.example.zone")
      var zone = Self.moved
      for line in step2.split(separator: "\n", omittingEmptySubsequences: false)
      where !line.hasPrefix(";") && !line.hasPrefix("$") { zone += line + "\n" }
      try zone.write(
        to: folder.appending(path: "zones/kaede.example.zone"), atomically: true, encoding: .utf8)
      for _ in 1...2 {
        let plan = try MGC.run(
          ["plan", "--now", MGC.now, "--detailed-exitcode"], in: folder)
        #expect(plan.status == 0, "\(plan.text)\(plan.errors)")
        try apply()
        #expect(try text(back) == first.0)
        #expect(try text(backTTL) == first.1)
        #expect(
          try text("out/6-mx-cutover/kaede.example.zone").contains("\n; already published\n"))
        let lock = try text("tenant.lock.json")
        #expect(originals(lock) == originals(first.2) && lock.contains(old))
        let spf = try text("out/rollback/2-sender-authentication/kaede.example.zone")
        #expect(spf.contains("include:old-sender.example"))
      }
      // Without the lock, nobody can know.
      try FileManager.default.removeItem(at: folder.appending(path: "tenant.lock.json"))
      let forgotten = try MGC.run(["apply", "--now", MGC.now, "--force"], in: folder)
      #expect(forgotten.status == 0)
      #expect(try !text(back).contains(old))
    }
  }

  @Test("applied again on the zone of after step 8, no file sets what an earlier step set")
  func nothingGoesBack() throws {
    try Scratch.example("kaede-trading") { folder in
      func apply() throws {
        let outcome = try MGC.run(["apply", "--now", MGC.now], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
      }
      func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: "out/" + path), encoding: .utf8)
      }
      func records(_ path: String) throws -> String {
        try text(path).split(separator: "\n", omittingEmptySubsequences: false)
          .filter { !$0.hasPrefix(";") && !$0.hasPrefix("$") }.joined(separator: "\n")
      }
      let forms = [
        "2-sender-authentication/octodns/", "4-ttl/octodns/", "6-mx-cutover/octodns/",
        "8-afterwards/octodns-ttl/", "8-afterwards/octodns-dmarc-quarantine/",
        "8-afterwards/octodns-dmarc-reject/",
      ].map { $0 + "kaede.example.yaml" }
      let snippets = [
        "2-sender-authentication/", "4-ttl/", "6-mx-cutover/", "8-afterwards/",
      ].flatMap { folder in
        (folder == "8-afterwards/" ? ["-ttl", "-dmarc-quarantine", "-dmarc-reject"] : [""]).map {
          folder + "kaede.example" + $0 + ".zone"
        }
      }
      try apply()
      // The texts of a set have no order.
      func ways() throws -> [[String]] {
        try (snippets + forms).map {
          try text("rollback/" + $0).split(separator: "\n").map(String.init).sorted()
        }
      }
      let back = try ways()
      // DMARC at its last stage, the MX with the TTL that step 8 restores.
      let step2 = try records(snippets[0]).replacing("p=none", with: "p=reject")
      let ttl = try text("8-afterwards/octodns-ttl/kaede.example.yaml")
      let restored = try #require(ttl.firstMatch(of: /ttl: (\d+)\n    type: MX/)?.1)
      let zone = Self.moved.replacing("@ 300    IN MX", with: "@ \(restored) IN MX") + step2
      try zone.write(
        to: folder.appending(path: "zones/kaede.example.zone"), atomically: true, encoding: .utf8)
      for _ in 1...2 {
        let plan = try MGC.run(["plan", "--now", MGC.now, "--detailed-exitcode"], in: folder)
        #expect(plan.status == 0, "\(plan.text)\(plan.errors)")
        try apply()
        for path in snippets {
          let left = try records(path).filter { !$0.isNewline }
          #expect(left.isEmpty, "\(path): \(left)")
        }
        for path in forms {
          let form = try text(path)
          #expect(form.contains("p=reject") && !form.contains("p=quarantine"), "\(path)")
          #expect(form.contains("mx1.gateway.example.") && !form.contains("ttl: 300\n"), "\(path)")
        }
        #expect(try ways() == back)
      }
    }
  }

  private func originals(_ lock: String) -> Substring {
    lock.range(of: "\"originals\"").map { lock[$0.lowerBound...] } ?? ""
  }
}
