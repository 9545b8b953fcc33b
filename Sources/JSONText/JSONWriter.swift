internal import SourceText

extension JSONValue {
  /// The document as people review it: two blanks a level, one member a line, LF, final newline.
  package var pretty: String {
    var writer = JSONWriter(indented: true)
    writer.write(self, level: 0)
    writer.text += "\n"
    return writer.text
  }

  /// The document on one line without blanks and without a final newline.
  package var compact: String {
    var writer = JSONWriter(indented: false)
    writer.write(self, level: 0)
    return writer.text
  }
}

private struct JSONWriter {
  let indented: Bool
  var text = ""

  mutating func write(_ value: JSONValue, level: Int) {
    switch value {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .integer(let number): text += String(number)
    case .string(let string): write(string)
    case .array(let values):
      write(open: "[", close: "]", values, level: level) { writer, value in
        writer.write(value, level: level + 1)
      }
    case .object(let members):
      write(open: "{", close: "}", members, level: level) { writer, member in
        writer.write(member.name)
        writer.text += writer.indented ? ": " : ":"
        writer.write(member.value, level: level + 1)
      }
    }
  }

  private mutating func write<Element>(
    open: String, close: String, _ elements: [Element], level: Int,
    each: (inout JSONWriter, Element) -> Void
  ) {
    text += open
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      breakLine(level + 1)
      each(&self, element)
    }
    if !elements.isEmpty { breakLine(level) }
    text += close
  }

  private mutating func breakLine(_ level: Int) {
    guard indented else { return }
    text += "\n"
    for _ in 0..<level { text += "  " }
  }

  /// RFC 8259 section 7, and besides it every character that would paint a terminal, break a line
  /// or hide: what a person sees in the file is what a program reads.
  private mutating func write(_ string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default:
        if scalar.isHidden {
          for unit in String(scalar).utf16 {
            let hex = String(unit, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
          }
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }
}
