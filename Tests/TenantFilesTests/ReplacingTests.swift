import TenantFiles
import Testing

@Suite struct ReplacingTests {
  private func failure(_ body: () throws(ApplyError) -> Void) -> ApplyError? {
    do {
      try body()
      return nil
    } catch {
      return error
    }
  }

  @Test func replacesWhatWasRead() throws {
    let sandbox = try Sandbox()
    try sandbox.write("tenant/tenant.yaml", "old")
    // A draft that a run left behind is in nobody's way.
    try sandbox.write("tenant/.tenant.yaml.mgc-draft", "half")
    let folder = try sandbox.tenant()
    try folder.replaceFile("tenant.yaml", from: Array("old".utf8), to: Array("new and longer".utf8))
    #expect(try sandbox.listing("tenant") == ["tenant.yaml=new and longer"])
  }

  @Test(arguments: ["olD", "old ", "ol", ""])
  func refusesWhatWasChanged(_ text: String) throws {
    let sandbox = try Sandbox()
    try sandbox.write("tenant/tenant.yaml", text)
    let folder = try sandbox.tenant()
    let error = failure { () throws(ApplyError) in
      try folder.replaceFile("tenant.yaml", from: Array("old".utf8), to: [])
    }
    #expect(error == .changedMeanwhile("tenant.yaml"))
    #expect(try sandbox.listing("tenant") == ["tenant.yaml=" + text])
  }

  @Test func refusesLinksFoldersAndNothing() throws {
    let sandbox = try Sandbox()
    try sandbox.write("secret", "old")
    try sandbox.link("tenant/link", to: "../secret")
    try sandbox.makeFolder("tenant/folder")
    let folder = try sandbox.tenant()
    for (name, expected) in [
      ("link", ApplyError.link("link")), ("folder", .notAFile("folder")),
      ("nothing", .changedMeanwhile("nothing")),
    ] {
      let error = failure { () throws(ApplyError) in
        try folder.replaceFile(name, from: Array("old".utf8), to: [])
      }
      #expect(error == expected)
    }
    #expect(sandbox.text("secret") == "old")
  }
}
