import Foundation
import TestSupport
import Testing

/// `mgc verify` by way of a resolver, as people run it, in a network namespace with a DNS of its own.
struct ResolvedVerifyTests {
  private struct World: Encodable {
    struct Step: Encodable {
      let run: [String]
      var input = ""
    }

    let servers: [String: [String: String]]
    let steps: [Step]
  }

  private struct Result: Decodable {
    let status: Int
    let output: String
    let errors: String
  }

  private func run(_ world: World) throws -> [Result] {
    let environment =
      ProcessInfo.processInfo.environment["MGC_JUDGES"]
      ?? Judge.root.appending(path: ".build/judges").path()
    let verdict = try Judge.run(
      "/usr/bin/unshare",
      [
        "--user", "--map-root-user", "--net", "--mount", environment + "/bin/python",
        Judge.root.appending(path: "Tests/Judges/dns_world.py").path(),
      ], input: Array(try JSONEncoder().encode(world)))
    guard verdict.status == 0 else { throw Judge.Failure(description: verdict.errors) }
    return try JSONDecoder().decode([Result].self, from: verdict.output)
  }

  static let root = """
    $TTL 3600
    @ SOA root. root. 1 7200 900 604800 900
    @ NS root.
    root. A 127.0.0.2
    example. NS ns1.dns.example.
    ns1.dns.example. A 127.0.0.2

    """

  static let example = """
    $TTL 3600
    @ SOA ns1.dns root.dns 1 7200 900 604800 900
    @ NS ns1.dns
    ns1.dns A 127.0.0.2
    ns2.dns A 127.0.0.3
    sakura-software NS ns1.dns
    sakura-software NS ns2.dns

    """

  private func mgc(_ arguments: [String], _ folder: URL) -> World.Step {
    World.Step(
      run: [MGC.program.path()] + arguments
        + ["--language", "en", "--now", MGC.now, folder.path()])
  }

  private func update(_ server: String, _ lines: [String]) -> World.Step {
    World.Step(
      run: ["/usr/bin/nsupdate"],
      input: "server \(server)\nzone sakura-software.example\n"
        + lines.map { "update \($0)\n" }.joined() + "send\n")
  }

  @Test func `Every authoritative server is asked, and resolvers may lag behind`() throws {
    let zone = try String(
      contentsOf: MGC.root.appending(
        path: "examples/sakura-software/zones/sakura-software.example.zone"), encoding: .utf8)
    try Scratch.example("sakura-software") { folder in
      let spf =
        "v=spf1 include:_spf.google.com include:mail.newsletter.example include:spf.gateway.example ~all"
      let change = [
        "delete sakura-software.example TXT", "add sakura-software.example 3600 TXT \"\(spf)\"",
        "add _dmarc.sakura-software.example 3600 TXT \"v=DMARC1; p=none; rua=mailto:dmarc@sakura-software.example\"",
      ]
      let results = try run(
        World(
          servers: [
            "127.0.0.2": [
              "": Self.root, "example": Self.example, "sakura-software.example": zone,
            ], "127.0.0.3": ["sakura-software.example": zone],
          ],
          steps: [
            // The resolver remembers that there is no DMARC.
            World.Step(run: ["/usr/bin/dig", "@127.0.0.1", "_dmarc.sakura-software.example", "TXT"]
            ),
            mgc(["verify", "--record"], folder), mgc(["verify"], folder),
            update("127.0.0.2", change), mgc(["verify"], folder), update("127.0.0.3", change),
            mgc(["verify"], folder),
          ]))
      #expect(results.map(\.status) == [0, 0, 1, 0, 1, 0, 0], "\(results.map(\.errors))")
      let before = results[2].output
      for server in ["ns1.dns.example (127.0.0.2)", "ns2.dns.example (127.0.0.3)"] {
        #expect(before.contains("\(server): no such name"), "\(before)")
      }
      #expect(before.contains("Verified: 0 same, 2 differ, 0 unknown"))
      // One server has it: that is no agreement, and the report says which has what.
      let between = results[4].output
      #expect(between.contains("! 2 DMARC: differs"))
      #expect(between.contains("ns1.dns.example (127.0.0.2): TTL 3600; \"v=DMARC1"))
      #expect(between.contains("ns2.dns.example (127.0.0.3): no such name"))
      let after = results[6].output
      #expect(after.contains("= 2 DMARC: same") && after.contains("= 2 SPF: same"), "\(after)")
      #expect(after.contains("127.0.0.1 still has: no such name"))

      // The resolver would have said 7 seconds.
      let snapshot = try String(
        contentsOf: folder.appending(path: "dns/snapshot.json"), encoding: .utf8)
      #expect(snapshot.contains("\"ttl\": 3600") && !snapshot.contains("\"ttl\": 7,"))
    }
  }
}
