import TenantReading
import TestSupport

/// Writes documents in every style that the language allows, with comments and blank lines anywhere.
/// Each comment holds `cN;` and each scalar `sN;` with a number of its own, so that none can get
/// lost or come twice unseen.
struct YAMLGenerator {
  private var random: SplitMix64
  private var text = ""
  private var number = 0
  private var anchors: [String] = []
  private let allowsAliases: Bool
  private let lineEnd: String

  init(seed: UInt64, schema: Schema) {
    random = SplitMix64(seed: seed)
    allowsAliases = seed % 3 == 0
    lineEnd = seed % 7 == 0 ? "\r\n" : "\n"
    document(schema)
  }

  /// The document.
  var result: String { text }

  // MARK: Chance

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private mutating func upTo(_ limit: Int) -> Int { Int.random(in: 0...limit, using: &random) }

  private mutating func next() -> Int {
    number += 1
    return number
  }

  // MARK: Between the nodes

  private mutating func newline() {
    if chance(8) { text += String(repeating: " ", count: upTo(3)) }
    text += lineEnd
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private mutating func comment() -> String {
    "#" + pick([" ", "", "  ", "\t", " 注 "]) + "c\(next());"
      + pick(["", " 楓 # {[", ": \"x\" - ", "  "])
  }

  /// Ends a line, sometimes with a comment and others that continue it.
  private mutating func endLine() {
    if chance(15) {
      text += spaces(1 + upTo(6)) + comment()
      newline()
      while chance(15) {
        text += spaces(2 * upTo(12)) + comment()
        newline()
      }
    } else {
      newline()
    }
  }

  /// Blank lines and comments alone on theirs.
  private mutating func fill(_ indent: Int) {
    while chance(12) { newline() }
    while chance(12) {
      text += spaces(chance(60) ? indent : upTo(9)) + comment()
      newline()
      while chance(15) { newline() }
    }
  }

  private mutating func anchor() -> String {
    guard allowsAliases, chance(15) else { return "" }
    let name = chance(4) && !anchors.isEmpty ? pick(anchors) : "a\(next())"
    anchors.append(name)
    return "&" + name
  }

  // MARK: Scalars

  private mutating func words(_ count: Int, flow: Bool) -> [String] {
    let marks = ["a:b", "-x", "x#y", "楓", "商事,", "12", "it's", "?", "-", "*z", "&q", "say\"so"]
    let flowMarks = ["a:b", "-x", "x#y", "楓", "12", "it's", "say\"so", "100%"]
    return ["s\(next());"] + (0..<count).map { _ in pick(flow ? flowMarks : marks) }
  }

  /// A scalar of one line.
  private mutating func scalar(flow: Bool) -> String {
    switch upTo(4) {
    case 0:
      "'"
        + words(upTo(3), flow: flow).joined(separator: " ")
        .replacing("'", with: "''") + pick(["", " ", " # "]) + "'"
    case 1:
      "\""
        + words(upTo(3), flow: flow).joined(separator: pick([" ", "\\n", " \\\\ "]))
        .replacing("say\"so", with: "\\\"") + pick(["", "\\ ", " # "]) + "\""
    case 2: pick(["1", "true", "~", "null", "2027-01-01", "[]", "{}", "''", "\"\"", "{ }", "[ ]"])
    default: words(upTo(3), flow: flow).joined(separator: " ")
    }
  }

  /// A scalar over more lines, the later ones indented deeper than `indent`.
  private mutating func folded(_ indent: Int, flow: Bool) -> String {
    let style = upTo(2)
    var lines = [""]
    for index in 0...(1 + upTo(2)) {
      var line = words(upTo(2), flow: flow).joined(separator: " ")
      if style == 1 { line = line.replacing("'", with: "''") }
      if style == 2 {
        line = line.replacing("\"", with: "\\\"")
        if chance(20) { line += pick([" \\", "\\ ", " \\\\", "\\\\ ", "\\ \t "]) }
      }
      if index > 0 {
        lines += (0..<(chance(25) ? 1 + upTo(1) : 0)).map { _ in spaces(upTo(4)) }
        line = spaces(indent + 1 + upTo(4)) + line
      }
      if chance(15), !line.hasSuffix("\\") { line += spaces(1 + upTo(2)) }
      lines.append(line)
    }
    let body = lines.dropFirst().joined(separator: lineEnd)
    return style == 0 ? body : style == 1 ? "'" + body + "'" : "\"" + body + "\""
  }

  /// A block scalar; the line of its `|` has begun.
  private mutating func block(_ indent: Int) {
    let deeper = 1 + upTo(4)
    let hasIndicator = chance(30)
    let chomping = pick(["", "-", "+"])
    let digit = hasIndicator ? "\(deeper)" : ""
    text += pick(["|", ">"]) + (chance(50) ? digit + chomping : chomping + digit)
    if chance(15) { text += "  " + comment() }
    text += lineEnd
    let margin = spaces(max(indent, 0) + deeper)
    for index in 0..<upTo(4) {
      while chance(15) {
        text += spaces(hasIndicator ? upTo(9) : upTo(margin.utf8.count)) + lineEnd
      }
      let lead = index > 0 || hasIndicator ? pick(["", "", " ", "   ", "\t"]) : ""
      text +=
        margin + lead + pick(["# ", "- ", "", "k: "])
        + words(upTo(3), flow: false)
        .joined(separator: " ") + pick(["", "", "  "]) + lineEnd
    }
    while chance(20) { text += lineEnd }
  }

  // MARK: Flow

  /// White space between the parts of a flow collection: with line ends where it is spread.
  private mutating func flowGap(_ isSpread: Bool, _ indent: Int) {
    if isSpread, chance(30) {
      endLine()
      while chance(20) {
        text += spaces(upTo(8)) + comment()
        newline()
      }
      text += spaces(indent + 1 + upTo(4))
    } else {
      text += spaces(upTo(1))
    }
  }

  private mutating func flow(_ schema: Schema?, depth: Int, indent: Int, isSpread: Bool) {
    switch depth <= 0 ? 2 : kind(schema) {
    case 0:
      text += "{"
      let names = keys(schema, upTo(3))
      for (index, key) in names.enumerated() {
        flowGap(isSpread, indent)
        text += isSpread && chance(5) ? "? " : ""
        let own = anchor()
        text += own + (own.isEmpty ? "" : " ")
        text += chance(15) ? "\"\(key.name)\":" : key.name + ": "
        if chance(92) {
          flowGap(isSpread, indent)
          flow(key.schema, depth: depth - 1, indent: indent, isSpread: isSpread)
        }
        if index < names.count - 1 || chance(10) {
          flowGap(isSpread, indent)
          text += ","
        }
      }
      flowGap(isSpread, indent)
      text += "}"
    case 1:
      text += "["
      let count = upTo(3)
      for index in 0..<count {
        flowGap(isSpread, indent)
        if chance(6) { text += "p\(next()): " }
        flow(schema.flatMap(Self.element), depth: depth - 1, indent: indent, isSpread: isSpread)
        if index < count - 1 || chance(10) {
          flowGap(isSpread, indent)
          text += ", "
        }
      }
      flowGap(isSpread, indent)
      text += "]"
    default:
      if let alias = alias() {
        text += alias + " "
        return
      }
      let own = anchor()
      text += own + (own.isEmpty ? "" : " ")
      text += isSpread && chance(10) ? folded(indent, flow: true) : scalar(flow: true)
    }
  }

  private mutating func alias() -> String? {
    guard allowsAliases, !anchors.isEmpty, chance(15) else { return nil }
    return "*" + pick(anchors)
  }

  // MARK: Blocks

  private static func element(_ schema: Schema) -> Schema? {
    if case .list(let element, _) = schema { element } else { nil }
  }

  /// Mapping 0, sequence 1, scalar 2; mostly what the schema says.
  private mutating func kind(_ schema: Schema?) -> Int {
    guard let schema, chance(90) else { return upTo(2) }
    switch schema {
    case .object, .wordOr: return 0
    case .list: return 1
    default: return 2
    }
  }

  /// So many keys, each there once, mostly from the key table, in any order.
  private mutating func keys(_ schema: Schema?, _ count: Int) -> [(name: String, schema: Schema?)] {
    var known: [(name: String, schema: Schema?)] = []
    if case .object(let keys, _) = schema { known = keys.map { ($0.name, $0.schema) } }
    known.shuffle(using: &random)
    return (0..<count).map { _ in
      if chance(75), let key = known.popLast() { return key }
      return ("k\(next())" + pick(["", " x", "楓", "#y", ":"]), nil)
    }
  }

  private mutating func mapping(_ schema: Schema?, depth: Int, indent: Int, isInline: Bool) {
    for (index, key) in keys(schema, 1 + upTo(depth > 2 ? 6 : 3)).enumerated() {
      if index > 0 || !isInline {
        fill(indent)
        text += spaces(indent)
      }
      let own = anchor()
      let start = own + (own.isEmpty ? "" : " ")
      switch upTo(40) {
      case 0:
        text += "? " + start + key.name
        endLine()
        text += spaces(indent) + ":"
      case 1:
        text += "? " + start
        block(indent)
        text += spaces(indent) + ":"
      case 2: text += start + "\"\(key.name)\" :"
      case 3: text += "? " + start + folded(indent, flow: false) + lineEnd + spaces(indent) + ":"
      case 4: text += start + "'\(key.name)':"
      default: text += start + key.name + ":"
      }
      value(key.schema, depth: depth - 1, indent: indent, isElement: false)
    }
  }

  private mutating func sequence(_ schema: Schema?, depth: Int, indent: Int, isInline: Bool) {
    for index in 0...upTo(3) {
      if index > 0 || !isInline {
        fill(indent)
        text += spaces(indent)
      }
      text += "-"
      value(schema.flatMap(Self.element), depth: depth - 1, indent: indent, isElement: true)
    }
  }

  /// What comes after a key's colon or a dash, to the end of its last line.
  private mutating func value(_ schema: Schema?, depth: Int, indent: Int, isElement: Bool) {
    if chance(4) { return endLine() }
    if let alias = alias() {
      text += " " + alias
      return endLine()
    }
    let own = anchor()
    let kind = depth <= 0 ? 2 : kind(schema)
    text += own.isEmpty ? "" : " " + own
    if kind < 2, chance(55) {
      // A block below, or beside its dash.
      if isElement, own.isEmpty, chance(60) {
        let gap = 1 + upTo(3)
        text += spaces(gap)
        collection(kind, schema, depth: depth, indent: indent + 1 + gap, isInline: true)
      } else {
        endLine()
        let deeper = kind == 1 && !isElement && chance(30) ? 0 : 1 + upTo(4)
        collection(kind, schema, depth: depth, indent: indent + deeper, isInline: false)
      }
      return
    }
    if kind < 2 {
      text += " "
      if chance(5) { beginBelow(indent) }
      let isSpread = chance(30)
      flow(schema, depth: depth, indent: indent, isSpread: isSpread)
      return endLine()
    }
    text += " "
    if chance(8) { return block(indent) }
    if chance(6) { beginBelow(indent) }
    text += chance(12) ? folded(indent, flow: false) : scalar(flow: false)
    endLine()
  }

  /// Goes on in the next line, after comments perhaps.
  private mutating func beginBelow(_ indent: Int) {
    endLine()
    fill(indent + 1)
    text += spaces(indent + 1 + upTo(3))
  }

  private mutating func collection(
    _ kind: Int, _ schema: Schema?, depth: Int, indent: Int, isInline: Bool
  ) {
    if kind == 0 {
      mapping(schema, depth: depth, indent: indent, isInline: isInline)
    } else {
      sequence(schema, depth: depth, indent: indent, isInline: isInline)
    }
  }

  private mutating func document(_ schema: Schema) {
    fill(0)
    if chance(10) { text += "# yaml-language-server: $schema=x" + lineEnd }
    fill(0)
    if chance(8) {
      text += "---"
      endLine()
      fill(0)
    }
    if chance(90) {
      mapping(schema, depth: 5, indent: 0, isInline: false)
    } else {
      flow(schema, depth: 4, indent: 0, isSpread: chance(70))
      endLine()
    }
    fill(0)
    if chance(8) {
      text += "..."
      endLine()
    }
    if chance(20), text.hasSuffix(lineEnd) { text.removeLast() }
  }
}
