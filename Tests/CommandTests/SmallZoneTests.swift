import Foundation
import Testing

/// Where other tools ask for no leave: octoDNS counts changes only from ten records on.
struct SmallZoneTests {
  private static let zone = """
    $ORIGIN minimal.example.
    $TTL 3600
    @ IN SOA ns hostmaster 1 7200 900 604800 900
      IN NS ns.hosting.example.
      IN A 203.0.113.80
      IN MX 10 mail.hosting.example.

    """

  @Test("the plan says of a zone of three records that its MX moves, from where and to where")
  func theMoveOfTheMXIsSaid() throws {
    try Scratch.example("minimal") { folder in
      let file = folder.appending(path: "tenant.yaml")
      try String(contentsOf: file, encoding: .utf8)
        .replacing(
          "name: minimal.example,",
          with: "name: minimal.example, zone: { file: small.zone }, publish: [octodns],"
        )
        .write(to: file, atomically: true, encoding: .utf8)
      try Self.zone.write(
        to: folder.appending(path: "small.zone"), atomically: true, encoding: .utf8)
      let outcome = try MGC.run(
        ["plan", "--now", MGC.now, "--language", "en", "--detailed-exitcode"], in: folder)
      #expect(outcome.status == 2, "\(outcome.errors)")
      let said = """
        6 Change the MX records
          not before 2027-02-06T22:00:00+09:00: the wished-for time
          ~ Change the MX of minimal.example
            - now: 10 mail.hosting.example.
            + ttl: 300
            + record: 10 mx1.gateway.example.

        """
      #expect(outcome.text.contains(said), "\(outcome.text)")
      #expect(!outcome.text.contains("203.0.113.80"))
    }
  }
}
