import Diagnostics
import TenantModel
import Testing

/// Where the findings about MTA-STS end.
struct TransportPolicyRuleTests {
  /// The fixture's codes once texts have been replaced in its files.
  private static func codes(
    _ name: String, _ changes: [(file: String, old: String, new: String)] = []
  ) throws -> [String] {
    var fixture = try #require(Fixture.all.first { $0.name == name })
    for change in changes {
      let text = try #require(fixture.texts[name + change.file])
      #expect(text.contains(change.old))
      fixture.texts[name + change.file] = text.replacing(change.old, with: change.new)
    }
    return try fixture.compile().findings.map(\.code.name)
  }

  @Test(arguments: [
    // A day is enough, and where nothing is refused any time is.
    ("MGC3381", ".yaml", "maxAge: 3600", "maxAge: 86400"),
    ("MGC3381", ".yaml", "mode: enforce", "mode: testing"),
    // The asterisk stands for one label.
    ("MGC3382", ".txt", "*.mx.hosting", "*.hosting"),
    ("MGC3382", ".txt", "mode: enforce", "mode: none"),
    (
      "MGC3383", ".zone", "_mta-sts",
      "_smtp._tls IN TXT \"v=TLSRPTv1; rua=mailto:a@x.jp\"\n_mta-sts"
    ),
    ("MGC3383", ".yaml", "mode: enforce", "mode: testing"),
    ("MGC3384", ".yaml", "mode: enforce", "mode: testing"),
    ("MGC3384-none", ".txt", "mode: none", "mode: testing\nmx: *.hosting.example"),
    // The new MX is covered, nothing is refused, or there is time.
    ("MGC3385", ".txt", "max_age", "mx: *.gateway.example\nmax_age"),
    ("MGC3385", ".txt", "mode: enforce", "mode: testing"),
    ("MGC3385", ".txt", "max_age: 2592000", "max_age: 2300000"),
    ("MGC3386", ".zone", "_mta-sts", "_other"),
  ])
  func `The finding goes with its cause`(
    _ name: String, _ file: String, _ old: String, _ new: String
  ) throws {
    let code = String(name.prefix(7))
    #expect(try Self.codes(name).contains(code))
    #expect(try !Self.codes(name, [(file, old, new)]).contains(code))
  }

  /// The plan says what 3060 warns of, and reports are one finding.
  @Test func `One fact has one finding`() throws {
    let found = try Self.codes("MGC3383")
    #expect(!found.contains("MGC3060") && !found.contains("MGC3067"))
    let left = try Self.codes("MGC3383", [(".yaml", "mode: enforce", "mode: testing")])
    #expect(left.contains("MGC3067") && !left.contains("MGC3060"))
  }

  @Test func `Without inbound-security nothing is written, and that is said`() throws {
    let found = try Self.codes(
      "MGC3386",
      [
        (
          ".yaml", "services: [inbound-security] }",
          "services: [leak-prevention] }\nnotice: { accessName: kaede }"
        ),
        (
          ".yaml", "egress:",
          "relay: { host: r.gateway.example, port: 25, tls: required }, spf: spf.gateway.example, egress:"
        ),
      ])
    #expect(found.contains("MGC9003") && !found.contains("MGC3386"))
  }
}
