import Invariants
import TestSupport
import Testing

/// SPF records that nobody meant well.
struct SPFInputTests {
  @Test func `Many long includes end in findings that can be read`() {
    let name = String(repeating: "a", count: 60)
    for count in [12, 60, 400] {
      for kind in ["include:", "?include:", "a:", "exists:", "mx:"] {
        let terms = (0..<count).map { "\"\(kind)x\($0).\(name).example \"" }
        let zone = """
          $ORIGIN kaede.example.
          $TTL 300
          @ IN SOA ns.dns.example. hostmaster.kaede.example. 1 7200 900 604800 300
          @ IN TXT "v=spf1 " \(terms.joined(separator: " ")) "~all"

          """
        #expect(FuzzInput(.zone, Array(zone.utf8)).faults() == [], "\(kind) \(count)")
      }
    }
  }

  @Test func `Records of any pieces evaluate within their limits`() {
    let pieces = [
      "v=spf1", " ", " ", " ", "include:", "redirect=", "exp=", "a", "mx", "ptr", "exists:", "ip4:",
      "p0.example", "x.example", "void.example", "%{d}", "%{p}", "%{l1r-}", "%{", "192.0.2.1",
      "/24",
      "//64", "all", "-", "~", "?", "\n", "\nv=spf1 ", "%", ":", "=", "é",
    ]
    var random = SplitMix64(seed: 17)
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
      #expect(FuzzInput(.spf, Array(("v=spf1 " + text).utf8)).faults() == [], "\(text)")
    }
  }
}
