import Compiler
import Foundation
import MailRecords
import Procedure
import SourceText
import TenantModel
import Testing

/// The proof of the mail flow for every example and for each contract with each mail server.
struct MailFlowTests {
  static func procedure(_ compiled: Compiled) throws -> Procedure {
    #expect(compiled.errors.map(compiled.place) == [])
    return try #require(compiled.compilation.result()).procedure
  }

  /// What a check found wrong, to be read.
  static func lines(_ check: MailFlowCheck) -> [String] {
    check.problems.map { problem, time in
      var line = "\(time): \(problem.property.rawValue): \(problem.reason)"
      if let server = problem.server { line += " at server \(server)" }
      if let domain = problem.domain { line += " for \(check.flow.domains[domain].name.ascii)" }
      return line
    }
  }

  @Test(arguments: MatrixTenant.all)
  func `Nothing is wrong at any time, for any contract and server`(_ tenant: MatrixTenant) throws {
    let flow = MailFlow(try Self.procedure(try tenant.compiled()))
    let check = MailFlowCheck(flow)
    #expect(Self.lines(check) == [])
    // Only the server that mgc cannot close stays open, and only where MailGates takes mail.
    #expect(check.openServers == (tenant.contract.hasInbound && tenant.server == .other ? [0] : []))
    #expect(check.forward.count == flow.script.count * 2 + 1)
    #expect(!check.back.isEmpty)
  }

  @Test(arguments: Examples.folders)
  func `Nothing is wrong at any time in an example`(_ folder: URL) throws {
    let compiled = try Compiled(
      try Examples.text(in: folder), bytes: Examples.bytes(in: folder))
    let check = MailFlowCheck(MailFlow(try Self.procedure(compiled)))
    #expect(Self.lines(check) == [])
    print("\(folder.lastPathComponent)\n" + Self.table(check))
  }

  @Test func `The nine combinations can be printed`() throws {
    for tenant in MatrixTenant.all {
      let check = MailFlowCheck(MailFlow(try Self.procedure(try tenant.compiled())))
      print("\(tenant.server.rawValue), \(tenant.contract.column)\n" + Self.table(check))
      #expect(check.forward.allSatisfy { $0.problems.isEmpty })
    }
  }

  /// Moments by properties.
  static func table(_ check: MailFlowCheck) -> String {
    let properties = MailFlowCheck.Property.allCases
    var rows = [["moment"] + properties.map(\.rawValue)]
    rows.append(rows[0].map { _ in "---" })
    for moment in check.forward { rows.append(row(moment, name(moment.time), check)) }
    let failing = Set(check.back.flatMap(\.problems).map(\.property))
    rows.append(
      ["way back: \(check.back.count) states"]
        + properties.map { failing.contains($0) ? "FAILS" : "holds" })
    return rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private static func row(
    _ moment: MailFlowCheck.Moment, _ name: String, _ check: MailFlowCheck
  ) -> [String] {
    [name]
      + MailFlowCheck.Property.allCases.map { property in
        if moment.problems.contains(where: { $0.property == property }) { return "FAILS" }
        if property == .inContract, !check.flow.hasOutbound { return "-" }
        if [.directTaken, .gatewayTaken, .noWayAround].contains(property), !check.flow.hasInbound {
          return "-"
        }
        if property == .noWayAround {
          let open = moment.openServers.count
          let all = check.flow.servers.filter { !$0.connection.domains.isEmpty }.count
          return open == 0 ? "holds" : "open: \(open) of \(all)"
        }
        return "holds"
      }
  }

  private static func name(_ time: MailFlowCheck.Time) -> String {
    switch time {
    case .before: "before"
    case .during(let move): "during \(name(move))"
    case .after(let move): "after \(name(move))"
    }
  }

  private static func name(_ move: MailFlowMove) -> String {
    switch move {
    case .phase(let kind): "\(kind)"
    case .back(let part): "back \(part)"
    case .wait: "the wait for caches"
    }
  }

  @Test func `The phases that wait for caches are those of the clock`() throws {
    let tenant = MatrixTenant(contract: .both, server: .microsoft365)
    let procedure = try Self.procedure(try tenant.compiled())
    let cutover = try #require(procedure.cutover?.value)
    // A day at least, and longer than the TTL of before.
    let late = procedure.phases.filter { phase in
      phase.window?.notBefore.map { $0 >= cutover.adding(seconds: 86_400) } ?? false
    }.map(\.kind)
    #expect(!late.isEmpty)
    #expect(procedure.phases.map(\.kind).filter(\.waitsForCaches) == late)
  }

  @Test func `The way back takes back what is done`() {
    let kinds = WayBackPart.allCases.flatMap { part in
      Phase.Kind.allCases.filter { $0.back == part }
    }
    let left = Set(Phase.Kind.allCases).subtracting(kinds)
    // What people have been told or can do stays, and the pilot is put back by hand.
    #expect(
      left == [
        .addressNotice, .administratorLogin, .accounts, .userLogin, .reportAuthorization, .endPilot,
        .changeSigning,
      ])
  }
}
