package import MailRecords
internal import SourceText

/// Marks text of the POSIX shell (XCU chapter 2).
package enum ShellSyntax: OutputSyntax {
  /// Two quoted strings that touch are one word, a backslash takes the quote away, and `$'` is a
  /// string of another kind in some shells.
  package static func joint(_ left: UInt8, _ right: UInt8) -> StaticString? {
    (left == 0x27 || left == 0x24 || left == 0x5C) && right == 0x27 ? " " : nil
  }
}

/// Shell code: `"postmap -q \(address) \(table)"`. Never write quotes around an interpolation: it
/// brings its own.
package typealias Shell = OutputText<ShellSyntax>

/// Text that the shell takes for one word once it is quoted: nothing hidden in it, so that a script
/// shows what it does. What cannot be written cannot be made.
package struct ShellValue: Sendable {
  package let text: String

  package init?(_ text: String) {
    guard !text.unicodeScalars.contains(where: \.isHidden) else { return nil }
    self.text = text
  }

  /// A name has letters, digits, hyphens and dots only.
  package init(_ domain: DomainName) { text = domain.ascii }

  /// A network has digits, letters, dots, colons and a slash only.
  package init(_ prefix: IPPrefix) { text = prefix.description }

  /// The address of a network, without its length.
  package init(networkOf prefix: IPPrefix) { text = prefix.network.description }

  /// What a table or a parameter of Postfix says.
  package init(_ postfix: PostfixText) { text = postfix.text.visible }

  /// Words that the shell splits again, as one value.
  package init(words: [ShellValue]) { text = words.map(\.text).joined(separator: " ") }

  /// In single quotes nothing has a meaning but the single quote.
  fileprivate var quoted: String {
    var result = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { result += "'\\''" } else { result.unicodeScalars.append(scalar) }
    }
    return result + "'"
  }
}

extension OutputText.Interpolation where Syntax == ShellSyntax {
  /// One word.
  package mutating func appendInterpolation(_ value: ShellValue) { append(escaped: value.quoted) }

  /// A word for each value.
  package mutating func appendInterpolation(list values: [ShellValue]) {
    append(escaped: values.map(\.quoted).joined(separator: " "))
  }

  package mutating func appendInterpolation(_ number: Int) { append(escaped: String(number)) }

  @available(*, unavailable, message: "make a ShellValue; code is a Shell value")
  package mutating func appendInterpolation(_ text: String) {}
}

/// A script for the POSIX shell: lines of code with indentation, LF.
package struct ShellScript: ArtifactDocument {
  private var lines: [String] = []
  private var level = 0

  /// Begins with the line that names the shell.
  package init() { lines = ["#!/bin/sh"] }

  /// Code of one line or more.
  package mutating func code(_ code: Shell) {
    let indentation = String(repeating: " ", count: level * 2)
    for line in code.text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = String(line).trimmingTrailingBlanks
      lines.append(line.isEmpty ? "" : indentation + line)
    }
  }

  package mutating func blank() { lines.append("") }

  package mutating func comment(_ text: String) {
    let line = text.asCommentLine
    lines.append(String(repeating: " ", count: level * 2) + (line.isEmpty ? "#" : "# " + line))
  }

  /// `opening`, the body two blanks deeper, and `closing`.
  package mutating func block(
    _ opening: Shell, closing: Shell = "}", _ body: (inout ShellScript) -> Void
  ) {
    code(opening)
    level += 1
    body(&self)
    level -= 1
    code(closing)
  }

  /// A command that reads a document, byte for byte, from a here-document in which nothing has a
  /// meaning. A document without a last newline gets one.
  package mutating func feed(_ command: Shell, _ document: some ArtifactDocument) {
    let text = String(decoding: document.bytes, as: UTF8.self)
    var content = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if content.last == "" { content.removeLast() }
    var number = 1
    var end = "END"
    let known = Set(content)
    while known.contains(end) {
      number += 1
      end = "END_\(number)"
    }
    code("\(command) <<\(ShellValue(delimiter: end))")
    lines += content
    lines.append(end)
  }

  package var bytes: [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }
}

extension ShellValue {
  fileprivate init(delimiter: String) { text = delimiter }
}
