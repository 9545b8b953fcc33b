import Artifacts
import TestSupport
import Testing

@Suite struct PowerShellTests {
  @Test func aScriptIsWrittenLineByLine() {
    var script = PowerShellScript()
    script.line("#Requires -Version 5.1")
    script.blank()
    script.comment("for 'example.jp'")
    script.block("if (\(bool: true)) {") { script in
      script.line("New-Thing -Name \(quoted: "O'Brien") -Count \(3) -Off \(bool: false)   ")
      script.line("Set-Thing -Names \(list: ["a", "b’c"]) -Offset \(-1) -None \(list: [])")
    }
    let lines = [
      "\u{FEFF}#Requires -Version 5.1", "", "# for 'example.jp'", "if ($true) {",
      "    New-Thing -Name 'O''Brien' -Count 3 -Off $false",
      "    Set-Thing -Names @('a', 'b’’c') -Offset (-1) -None @()", "}", "",
    ]
    #expect(script.bytes == lines.joined(separator: "\r\n").octets)
  }

  @Test func anASCIIScriptHasNoByteOrderMark() {
    var script = PowerShellScript()
    script.line("$name = \(quoted: "\u{1F600}a\u{1B}\u{E0001}")")
    #expect(script.bytes.first == 0xEF)
    script = PowerShellScript()
    script.line("$name = \(quoted: "a\u{1B}\u{E0001}b")")
    #expect(
      script.bytes
        == "$name = ('a' + [char]0x001B + [char]::ConvertFromUtf32(0xE0001) + 'b')\r\n".octets)
  }

  @Test func piecesThatTouchStayTwo() {
    let text: PowerShell = "f \(quoted: "a")\(quoted: "b") @\(quoted: "c")"
    #expect(text.text == "f 'a' 'b' @ 'c'")
    #expect((text + "\(quoted: "d")").text == "f 'a' 'b' @ 'c' 'd'")
    #expect(["a", "b \(1)" as PowerShell].joined(separator: "; ").text == "a; b 1")
  }

  @Test func commentsStayComments() throws {
    let values = HostileText.values() + ["\u{301}SIG # x", " requires", "#Requires"]
    var script = PowerShellScript()
    for value in values {
      script.comment(value)
      script.line(.comment("  " + value))
    }
    var reader = PowerShellLexer(script.bytes)
    #expect(try reader.assignments() == [])
    let lines = String(decoding: script.bytes.dropFirst(3), as: UTF8.self).split(separator: "\r\n")
    #expect(lines.count == 2 * values.count)
    for line in lines {
      let word = line.dropFirst().drop { $0.isWhitespace }.lowercased()
      #expect(line.hasPrefix("#"))
      #expect(!word.hasPrefix("requires") && !word.hasPrefix("sig"))
    }
  }

  @Test func theReaderKnowsTheQuotes() throws {
    var split = PowerShellLexer("$a = 'Bob’s'".octets)
    #expect(throws: PowerShellLexer.Unexpected.self) { try split.assignments() }
    var closed = PowerShellLexer("$a = ‘Bob’".octets)
    #expect(try closed.assignments() == [.string("Bob".octets)])
    var number = PowerShellLexer("$a = ([char]0x41 + 'b')".octets)
    #expect(throws: PowerShellLexer.Unexpected.self) { try number.assignments() }
  }
}
