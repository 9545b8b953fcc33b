import Foundation
import TenantFiles
import Testing

/// Replacing a tenant's own files.
struct FileReplacementTests {
  private func replace(
    _ sandbox: Sandbox, _ path: String, old: String, new: String
  ) throws(ReplacementError) {
    let tenant: Folder
    do {
      tenant = try sandbox.tenant()
    } catch {
      throw .changed("sandbox")
    }
    try FileReplacement.perform(
      [FileReplacement(tenant, path, old: Array(old.utf8), new: Array(new.utf8))], in: tenant)
  }

  private func text(_ sandbox: Sandbox, _ path: String) throws -> String {
    try String(contentsOfFile: sandbox.path(path), encoding: .utf8)
  }

  @Test func `A file beneath the folder is replaced with its mode`() throws {
    let sandbox = try Sandbox()
    try sandbox.write("tenant/lists/sales.csv", "old")
    let file = sandbox.path("tenant/lists/sales.csv")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    try replace(sandbox, "lists/sales.csv", old: "old", new: "new and longer")
    #expect(try text(sandbox, "tenant/lists/sales.csv") == "new and longer")
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: sandbox.path("tenant/lists"))
        == ["sales.csv"])
  }

  @Test(arguments: ["older", "ol", "", "new"])
  func `A file that changed since is left`(_ present: String) throws {
    let sandbox = try Sandbox()
    try sandbox.write("tenant/tenant.yaml", present)
    #expect(throws: ReplacementError.changed("tenant.yaml")) {
      try replace(sandbox, "tenant.yaml", old: "old", new: "new")
    }
    #expect(try text(sandbox, "tenant/tenant.yaml") == present)
  }

  @Test func `Links, paths that leave and what is no file are refused`() throws {
    let sandbox = try Sandbox()
    try sandbox.write("outside/tenant.yaml", "old")
    try sandbox.link("tenant/tenant.yaml", to: sandbox.path("outside/tenant.yaml"))
    try sandbox.link("tenant/lists", to: sandbox.path("outside"))
    try sandbox.makeFolder("tenant/folder")
    for path in ["tenant.yaml", "lists/tenant.yaml", "../outside/tenant.yaml", "folder", "none"] {
      #expect(throws: ReplacementError.self) {
        try replace(sandbox, path, old: "old", new: "new")
      }
    }
    #expect(try text(sandbox, "outside/tenant.yaml") == "old")
  }
}
