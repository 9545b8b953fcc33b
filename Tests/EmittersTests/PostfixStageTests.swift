import Foundation
import TestSupport
import Testing

@Suite("Three real instances of Postfix, through every stage")
struct PostfixStageTests {
  private struct Result: Decodable {
    let rows: [Row]
    let runs: [Run]
    let tls: [Level]
    let refusalsLeaveBytes: Bool
    let wayBackLeavesBytes: Bool
    let complaints: [String]
    let idle: Idle
  }

  /// What became of a message.
  private struct Row: Decodable {
    let stage: String
    let mail: String
    let result: String
    /// The hosts that wrote a Received line, the first one first.
    let path: [String]
    let log: String
    let warning: String
  }

  /// A run of a script.
  private struct Run: Decodable {
    let command: String
    let status: Int32
    let said: String
    let errors: String
    let changed: Bool
    let overwritten: [String]
  }

  private struct Level: Decodable {
    let level: String
    let offer: String
    let trust: String
    let status: String
  }

  /// A Postfix that does not run, whose main.cf someone edits between two scripts.
  private struct Idle: Decodable {
    let runs: [Run]
    let main: String
    let ended: [Ended]
  }

  /// A run that was ended midway, the run that took it up, and the way back.
  private struct Ended: Decodable {
    let status: [Int32]
    let whole: Bool
    let restored: Bool
  }

  private static let levels = ["opportunistic", "required", "certificate"]

  /// The scripts by name; the start for each level besides.
  private static func scripts() throws -> [String: String] {
    var scripts: [String: String] = [:]
    for level in levels {
      var example = ServerExample(.postfix, lockdown: "{ address: {} }")
      example.domains = ["kaede.example", "もみじ.example"]
      example.egress = ["192.0.2.0/28", "2001:db8:1::/48"]
      example.tls = level
      for (path, text) in try example.compiled().documents where path.hasSuffix(".sh") {
        let name = String(path.split(separator: "/").last ?? "")
        if level == "opportunistic" { scripts[name] = text }
        if name == "start-outbound.sh" { scripts["start-outbound-\(level).sh"] = text }
      }
    }
    return scripts
  }

  private static let stages = [
    "before", "connected", "outbound started", "warn", "cutover", "lockdown", "reopened", "undone",
  ]
  private static let home = "mail.kaede.example"
  private static let gateway = "relay.gateway.example"
  private static let world = "mail.outside.example"

  /// What has to become of a message, and by which way.
  private static func expected(_ stage: String, _ mail: String) -> (String, [String])? {
    let isRouted = ["outbound started", "warn", "cutover", "lockdown", "reopened"].contains(stage)
    let hasMoved = ["cutover", "lockdown", "reopened"].contains(stage)
    switch mail {
    case "in", "in to the IDN":
      return ("passed", hasMoved ? [world, gateway, home] : [world, home])
    case "in, unknown user": return ("bounced", hasMoved ? [gateway, world] : [world])
    case "direct": return stage == "lockdown" ? ("refused", []) : ("passed", [home])
    case "another customer's, by the gateway", "from a printer", "within the domain":
      return ("passed", [home])
    case "out, submission", "out, port without restrictions of its own", "out of the IDN":
      return ("passed", isRouted ? [home, gateway, world] : [home, world])
    case "out of a foreign sender", "out without a sender", "out, the IDN as it is read":
      return ("passed", [home, world])
    case "out, unknown user": return ("bounced", isRouted ? [gateway, home] : [home])
    case "submission without a login", "relay attempt", "relay attempt of a forged sender",
      "relay attempt of the gateway":
      return ("refused", [])
    default: return nil
    }
  }

  @Test("mail passes and is refused as it should, and the way back restores every byte")
  func walk() throws {
    let request = try JSONEncoder().encode(["scripts": try Self.scripts()])
    let result = try Judge.read("postfix_stages.py", input: Array(request), as: Result.self)
    for row in result.rows {
      print("\(row.stage) | \(row.mail) | \(row.result) | \(row.log)")
      let (verdict, path) = try #require(Self.expected(row.stage, row.mail), "\(row.mail)")
      #expect(row.result == verdict, "\(row.stage), \(row.mail): \(row.log)")
      #expect(row.path == path, "\(row.stage), \(row.mail)")
    }
    #expect(result.rows.count == Self.stages.count * 18)
    #expect(Set(result.rows.map(\.stage)) == Set(Self.stages))
    Self.judgeLogs(result.rows)
    #expect(result.complaints == [])
    #expect(result.refusalsLeaveBytes)
    #expect(result.wayBackLeavesBytes)
    Self.judgeRuns(result.runs)
    Self.judgeLevels(result.tls)
    Self.judge(result.idle)
    print("Postfix: \(result.rows.count) messages, \(result.runs.count) runs of the scripts")
  }

  /// Why mail was refused, and who was only logged.
  private static func judgeLogs(_ rows: [Row]) {
    for row in rows {
      if row.mail == "direct", row.result == "refused" {
        #expect(row.log.contains("Mail for this domain is accepted only via its gateway"))
      }
      if row.mail == "relay attempt of the gateway" || row.mail == "relay attempt",
        row.stage != "lockdown" || row.mail == "relay attempt of the gateway"
      {
        #expect(row.log.contains("Relay access denied"), "\(row.stage): \(row.log)")
      }
      let isDirect =
        row.mail == "direct" || row.mail.hasPrefix("in") && row.stage == "warn"
        || row.mail.hasPrefix("relay attempt") && !row.mail.hasSuffix("gateway")
      let warns = ["warn", "cutover"].contains(row.stage) && isDirect
      #expect(row.warning.isEmpty != warns, "\(row.stage), \(row.mail): \(row.warning)")
    }
  }

  /// What scripts refuse, in the order of the walk.
  private static let refusals = [
    ("lockdown.sh lockdown", "connect.sh has not been run"),
    ("connect.sh connect", "mynetworks has 192.0.2.5/32"),
    ("connect.sh connect", "mynetworks has MailGates' address 192.0.2.0"),
    ("connect.sh connect", "nothing restricts relaying"),
    ("connect.sh connect", "unused parameter: no_such_parameter"),
    ("start-outbound.sh start", "relay_domains has branch.example"),
    ("start-outbound.sh start", "default_transport is smtp:[192.0.2.99]"),
    ("connect.sh nonsense", "usage: sh connect.sh [check | connect]"),
    ("lockdown.sh warn lockdown", "usage: sh lockdown.sh [check | warn | lockdown]"),
    ("connect.sh connect", "broken. All files are as they were before"),
    ("disconnect.sh disconnect", "run stop-outbound.sh first"),
    ("lockdown.sh lockdown", "the MX of kaede.example is not MailGates alone"),
    ("lockdown.sh lockdown --mx-has-moved", "the MX of kaede.example is not MailGates alone"),
    ("lockdown.sh lockdown", "the MX of kaede.example is not MailGates alone"),
    ("lockdown.sh lockdown --nameserver 127.0.0.9", "the DNS gave no answer about kaede.example"),
    ("lockdown.sh check", "there is neither dig nor host"),
    ("lockdown.sh lockdown", "this server takes mail for outside.example too"),
    ("connect.sh connect", "this would open it again"),
    ("lockdown.sh warn", "this would open it again"),
    ("disconnect.sh disconnect", "run reopen.sh first"),
  ]

  private static func judgeRuns(_ runs: [Run]) {
    let refused = runs.filter { $0.status != 0 }
    #expect(refused.map(\.command) == refusals.map(\.0))
    for (run, (_, reason)) in zip(refused, refusals) {
      #expect(run.errors.contains(reason), "\(run.errors)")
      // Only a failed change leaves something: the copy of what was there before.
      #expect(run.changed == run.errors.contains("broken"), "\(run.command)")
    }
    #expect(runs.flatMap(\.overwritten) == [])
    for deed in [
      "connect.sh connect", "start-outbound.sh start", "lockdown.sh warn", "lockdown.sh lockdown",
      "reopen.sh reopen", "stop-outbound.sh stop", "disconnect.sh disconnect",
    ] {
      let done = runs.filter { $0.command == deed && $0.status == 0 }
      #expect(done.map(\.changed) == [true, false], "\(deed)")
      #expect(done.last?.said.contains("nothing to do") == true, "\(deed)")
      let look = runs.filter { $0.command == deed.split(separator: " ")[0] }
      #expect(!look.isEmpty && look.allSatisfy { !$0.changed }, "\(deed)")
      #expect(look.allSatisfy { $0.said.contains("Nothing was changed") }, "\(deed)")
    }
    let forced = runs.filter { $0.command == "lockdown.sh check --mx-has-moved" }
    #expect(forced.map(\.status) == [0])
  }

  /// A gateway without TLS, with the certificate of another host, and with its own.
  private static func judgeLevels(_ found: [Level]) {
    #expect(
      found.map { "\($0.level), \($0.offer): \($0.status), \($0.trust)" } == [
        "opportunistic, no TLS: sent, none",
        "opportunistic, another name: sent, Trusted",
        "opportunistic, own name: sent, Trusted",
        "required, no TLS: deferred, none",
        "required, another name: sent, Trusted",
        "required, own name: sent, Trusted",
        "certificate, no TLS: deferred, none",
        "certificate, another name: deferred, Untrusted",
        "certificate, own name: sent, Verified",
      ])
  }

  /// What someone edited stays, and what scripts wrote goes.
  private static func judge(_ idle: Idle) {
    #expect(idle.runs.map(\.status) == [0, 0, 1, 0, 0, 1, 1])
    #expect(idle.runs[2].errors.contains("another run is at work"))
    #expect(idle.runs[5].errors.contains("is not a table of these scripts"))
    #expect(idle.runs[6].errors.contains("is a link"))
    #expect(idle.ended.map(\.status) == Array(repeating: [-9, 0, 0], count: 3))
    #expect(idle.ended.allSatisfy { $0.whole && $0.restored })
    #expect(!idle.main.contains("mailgates"))
    for line in [
      "# A configuration as someone wrote it,", "myhostname = edited.example", "# someone's own",
      "smtp_tls_policy_maps = inline:{a.example=may}",
    ] {
      #expect(idle.main.contains(line), "\(line)")
    }
  }

  @Test(
    "shells and a linter read every script",
    arguments: ServerExample.Contract.allCases, ["opportunistic", "certificate"])
  func syntax(contract: ServerExample.Contract, tls: String) throws {
    var example = ServerExample(.postfix, lockdown: "{ address: {} }")
    example.contract = contract
    example.tls = tls
    example.domains = ["kaede.example", "もみじ.example"]
    let documents = try example.compiled().documents
    let scripts = documents.filter { $0.key.hasSuffix(".sh") }
    #expect(scripts.count == (contract.hasInbound ? 4 : 0) + (contract.hasOutbound ? 2 : 0))
    try Judge.inFolder { folder in
      for (path, text) in scripts {
        let file = folder.appending(path: path.split(separator: "/").joined(separator: "-"))
        try Data(text.utf8).write(to: file)
        #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(path)")
        for shell in ["/bin/sh", "/bin/dash", "/bin/bash"] {
          let verdict = try Judge.run(shell, ["-n", file.path()])
          #expect(verdict.status == 0 && verdict.errors == "", "\(path): \(verdict.errors)")
        }
        let verdict = try Judge.run("/usr/bin/env", ["shellcheck", "-s", "sh", file.path()])
        #expect(
          verdict.status == 0, "\(path): \(String(decoding: verdict.output, as: UTF8.self))")
      }
    }
    // What a script writes is what lies beside it.
    for table in documents.keys where table.contains("/mailgates_") {
      let text = documents[table] ?? ""
      let folder = table.split(separator: "/").dropLast().joined(separator: "/")
      let beside = scripts.filter { $0.key.hasPrefix(folder) }
      #expect(beside.contains { $0.value.contains("\n\(text)END\n") }, "\(table)")
    }
  }
}
