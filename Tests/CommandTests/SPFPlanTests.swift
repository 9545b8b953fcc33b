import Foundation
import Testing

/// What programs read of an SPF record in a plan.
struct SPFPlanTests {
  @Test func termsHaveOwnersAndCosts() throws {
    try Scratch.example("kaede-trading") { folder in
      let outcome = try MGC.run(["plan", "--now", MGC.now, "--format", "json"], in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let spf = try #require(
        Self.first("spf", in: JSONSerialization.jsonObject(with: Data(outcome.output))))
      let terms = try #require(spf["terms"] as? [[String: Any]])
      let lines = terms.map { term in
        let cost = (term["cost"] as? [String: Int])?["lookups"].map { String($0) } ?? "-"
        return [term["term"], term["owner"], term["action"]].map { $0 as? String ?? "" } + [cost]
      }
      #expect(
        lines == [
          ["include:spf.protection.outlook.com", "mail-server", "kept", "1"],
          ["ip4:198.51.100.7", "customer", "added", "0"],
          ["include:spf.gateway.example", "gateway", "added", "1"],
          ["~all", "customer", "kept", "0"],
          ["include:old-sender.example", "customer", "removed", "-"],
        ])
      #expect(spf["worst"] as? [String: Int] == ["lookups": 2, "voids": 0])
      #expect(spf["best"] as? [String: Int] == ["lookups": 1, "voids": 0])
      #expect(spf["limit"] as? [String: Int] == ["lookups": 10, "voids": 2])
    }
  }

  /// The first object that has a name, wherever it stands.
  private static func first(_ name: String, in value: Any) -> [String: Any]? {
    switch value {
    case let object as [String: Any]:
      if let found = object[name] as? [String: Any] { return found }
      return object.keys.sorted().lazy.compactMap { first(name, in: object[$0] as Any) }.first
    case let array as [Any]: return array.lazy.compactMap { first(name, in: $0) }.first
    default: return nil
    }
  }
}
