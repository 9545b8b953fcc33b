import Foundation
import Testing
import TestSupport

@Suite("A BIND of the tests")
struct NameServerTests {
  private static let zone = """
    $TTL 3600
    @ IN SOA ns root 7 7200 900 1209600 300
    @ IN NS ns
    ns IN A 192.0.2.53
    @ 600 IN TXT "first" "second"

    """

  @Test("serves a zone, hands it over, takes an update, and is gone afterwards")
  func life() throws {
    let port = try NameServer.run(zones: ["kaede.example": Self.zone]) { server in
      #expect(try server.query("kaede.example", "TXT") == [#""first" "second""#])
      let before = try server.transfer("kaede.example")
      #expect(before.count == 4)
      let update = "zone kaede.example.\nupdate add new.kaede.example. 60 IN TXT \"x\"\nsend\n"
      #expect(try server.update(update).status == 0)
      let after = try server.transfer("kaede.example")
      #expect(Set(after).subtracting(before) == [#"new.kaede.example. 60 IN TXT "x""#])
      let refused = "zone kaede.example.\nprereq nxrrset new.kaede.example. TXT\n"
      let verdict = try server.update(refused + "update delete new.kaede.example. TXT\nsend\n")
      #expect(verdict.status != 0)
      #expect(try server.transfer("kaede.example") == after)
      return server.port
    }
    let verdict = try Judge.run(
      "/usr/bin/dig", ["@127.0.0.1", "-p", "\(port)", "+tries=1", "+time=1", "kaede.example"])
    #expect(verdict.status != 0)
  }

  @Test("says why it does not start")
  func broken() {
    #expect(throws: Judge.Failure.self) {
      try NameServer.run(zones: ["kaede.example": "@ IN MX\n"]) { _ in }
    }
  }
}
