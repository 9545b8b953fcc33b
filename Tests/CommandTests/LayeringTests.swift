import Foundation
import Testing

/// The example of a reseller, and where a standard may be.
struct LayeringTests {
  private static let names = ["aoi-shoji", "nagi-works"]

  /// A copy of the reseller's folder.
  private func reseller<Result>(_ body: (URL) throws -> Result) throws -> Result {
    try Scratch.folder { parent in
      let copy = parent.appending(path: "reseller")
      try FileManager.default.copyItem(
        at: MGC.root.appending(path: "examples/reseller"), to: copy)
      return try body(copy)
    }
  }

  private func edit(_ file: URL, _ old: String, _ new: String) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains(old))
    try Data(text.replacing(old, with: new).utf8).write(to: file)
  }

  @Test func `The example is accepted from any folder`() throws {
    try reseller { folder in
      for (path, place) in [
        (".", "tenants"), ("tenants", "."), ("../tenants", "standards"),
        (".", "tenants/aoi-shoji"), ("tenant.yaml", "tenants/aoi-shoji"),
        (folder.path() + "/tenants", "."),
      ] {
        let outcome = try MGC.run(
          ["check", "--now", MGC.now, path], in: folder.appending(path: place))
        #expect(outcome.status == 0, "\(outcome.text)")
      }
    }
  }

  @Test(arguments: names, ["ja", "en"])
  func `The plan with its lines is as reviewed`(_ name: String, _ language: String) throws {
    try reseller { folder in
      let outcome = try MGC.run(
        ["plan", "--show-origin", "--now", MGC.now, "--language", language, "tenants/\(name)"],
        in: folder)
      #expect(outcome.status == 0)
      // A hosting provider's server is not mgc's to close.
      #expect(outcome.errors.components(separatedBy: "[MGC").count == 2)
      #expect(outcome.errors.contains("[MGC8100]"))
      try Golden.expect(outcome.output, "\(name).origin.\(language).txt")
    }
  }

  @Test func `The lines for programs are as reviewed`() throws {
    try reseller { folder in
      let outcome = try MGC.run(
        ["plan", "--show-origin", "--format", "json", "--now", MGC.now, "."],
        in: folder.appending(path: "tenants/nagi-works"))
      #expect(outcome.status == 0)
      try Golden.expect(outcome.output, "nagi-works.origin.json")
    }
  }

  @Test func `Nothing is said of lines unless it is asked for`() throws {
    try reseller { folder in
      for format in ["human", "json"] {
        let outcome = try MGC.run(
          ["plan", "--format", format, "--now", MGC.now, "tenants"], in: folder)
        #expect(outcome.status == 0)
        #expect(!outcome.text.contains("standard.yaml") && !outcome.text.contains("origin"))
      }
    }
  }

  @Test func `A change of the standard is a change of the plan`() throws {
    try reseller { folder in
      let tenants = ["--now", MGC.now, "tenants"]
      #expect(try MGC.run(["apply"] + tenants, in: folder).status == 0)
      let before = try MGC.run(["plan", "--detailed-exitcode"] + tenants, in: folder)
      #expect(before.status == 0)
      try edit(
        folder.appending(path: "standards/standard.yaml"), "imageSpam: false", "imageSpam: true")
      let after = try MGC.run(
        ["plan", "--detailed-exitcode", "--show-origin"] + tenants, in: folder)
      #expect(after.status == 2)
      #expect(after.text.split(separator: "\n").count { $0.contains("+ イメージスパムフィルタ") } == 2)
      #expect(after.text.contains("standards/standard.yaml:20"))
    }
  }

  @Test func `A finding in the standard is shown with the extends of each tenant`() throws {
    try reseller { folder in
      try edit(folder.appending(path: "standards/standard.yaml"), "mail-security", "mail-securty")
      let outcome = try MGC.run(
        ["check", "--language", "en", "--now", MGC.now, "tenants"], in: folder)
      #expect(outcome.status == 1)
      try Golden.expect(outcome.output, "reseller.broken-standard.txt")
    }
  }

  /// Beneath the nearest `mgc.yaml` above, and by no link.
  @Test func `A standard beyond the reseller's folder is not read`() throws {
    try reseller { folder in
      let files = FileManager.default
      let standard = folder.appending(path: "standards/standard.yaml")
      let beyond = folder.appending(path: "../standard.yaml")
      try files.copyItem(at: standard, to: beyond)
      let tenant = folder.appending(path: "tenants/aoi-shoji/tenant.yaml")
      func check() throws -> MGC.Outcome {
        try MGC.run(
          ["check", "--language", "en", "--now", MGC.now, "tenants/aoi-shoji"], in: folder)
      }
      try edit(tenant, "../../standards/standard.yaml", "../../../standard.yaml")
      #expect(try check().text.contains("[MGC1061]"))
      try edit(tenant, "../../../standard.yaml", "../../link.yaml")
      try files.createSymbolicLink(
        at: folder.appending(path: "link.yaml"), withDestinationURL: beyond)
      let linked = try check()
      #expect(linked.text.contains("[MGC1061]") && linked.text.contains("symbolic link"))
      // One cause, one finding.
      #expect(linked.text.contains("tenant.yaml: 1 error\n"), "\(linked.text)")
      try edit(tenant, "../../link.yaml", "../../standards/standard.yaml")
      #expect(try check().status == 0)
      try files.removeItem(at: folder.appending(path: "mgc.yaml"))
      #expect(try check().text.contains("[MGC1061]"))
    }
  }
}
