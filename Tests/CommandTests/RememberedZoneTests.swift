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

  private func originals(_ lock: String) -> Substring {
    lock.range(of: "\"originals\"").map { lock[$0.lowerBound...] } ?? ""
  }
}
