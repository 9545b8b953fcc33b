import Artifacts
import Foundation
import TestSupport
import Testing

@Suite struct ShellTests {
  @Test func whatIsHiddenCannotBeMade() {
    for text in ["a\nb", "\u{0}", "\u{1B}[31m", "\u{202E}", "\u{85}"] {
      #expect(ShellValue(text) == nil)
    }
    #expect(ShellValue("") != nil)
  }

  /// A document passes through a script unchanged, whatever is in it.
  @Test(arguments: ["/bin/dash", "/bin/bash"])
  func aDocumentIsReadBack(shell: String) throws {
    var table = PostfixTable(.texthash)
    table.comment("END")
    for text in HostileText.values() { table.comment(text) }
    var main = PostfixMainCf()
    main.set("smtpd_client_restrictions", "check_client_access cidr:$config_directory/`a`")
    let lines = LineList(["END", "END_2", "$(reboot)", "\\", "'"].compactMap(LineEntry.init))
    var script = ShellScript()
    script.feed("cat", table)
    script.feed("cat", main)
    script.feed("cat", lines)
    #expect(try Self.run(script, by: shell) == table.bytes + main.bytes + lines.bytes)
  }

  @Test func piecesThatTouchStayTwo() throws {
    let a = try #require(ShellValue("a"))
    #expect(("x \(a)\(a)" as Shell).text == "x 'a' 'a'")
    #expect(("$\(a)" as Shell).text == "$ 'a'")
    #expect(("\\\(a)" as Shell).text == "\\ 'a'")
  }

  private static func run(_ script: ShellScript, by shell: String) throws -> [UInt8] {
    try Judge.inFolder { folder in
      let file = folder.appending(path: "script")
      try Data(script.bytes).write(to: file)
      let verdict = try Judge.run(shell, [file.path()])
      #expect(verdict.status == 0 && verdict.errors == "", "\(verdict.errors)")
      return Array(verdict.output)
    }
  }
}
