/// A script: lines of code with indentation. CRLF, UTF-8 with a byte order mark where anything is
/// not ASCII (Windows PowerShell 5.1 reads other scripts in the ANSI code page), no blanks at the
/// end of a line.
package struct PowerShellScript: ArtifactDocument {
  private var lines: [(level: Int, code: PowerShell)] = []
  private var level = 0
  /// What the blocks that stay open close with, the outermost first.
  private var endings: [[PowerShell]] = []

  package init() {}

  package mutating func line(_ code: PowerShell) { lines.append((level, code)) }

  package mutating func blank() { lines.append((0, "")) }

  package mutating func comment(_ text: String) { line(.comment(text)) }

  /// `opening`, the body four blanks deeper, and `closing`.
  package mutating func block(
    _ opening: PowerShell, closing: PowerShell = "}", _ body: (inout PowerShellScript) -> Void
  ) {
    line(opening)
    level += 1
    body(&self)
    level -= 1
    line(closing)
  }

  /// `opening`, and all that is written from here on four blanks deeper; `ending` comes last.
  package mutating func enclose(_ opening: PowerShell, ending: [PowerShell]) {
    line(opening)
    level += 1
    endings.append(ending)
  }

  package var bytes: [UInt8] {
    var result: [UInt8] = []
    let closing = endings.enumerated().reversed().flatMap { outer, lines in
      lines.map { (level: outer, code: $0) }
    }
    for (level, code) in lines + closing {
      // A literal may span lines; a value never does.
      for part in code.text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
        var part = part
        while let last = part.last, last == 0x20 || last == 0x09 || last == 0x0D {
          part.removeLast()
        }
        if !part.isEmpty {
          result.append(contentsOf: repeatElement(0x20, count: level * 4))
          result.append(contentsOf: part)
        }
        result.append(contentsOf: [0x0D, 0x0A])
      }
    }
    return result.contains { $0 >= 0x80 } ? [0xEF, 0xBB, 0xBF] + result : result
  }
}
