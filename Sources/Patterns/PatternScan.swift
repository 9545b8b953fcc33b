/// What a regular expression is made of, as far as all dialects agree: escapes, classes in brackets
/// and parentheses.
struct PatternScan {
  /// Where brackets are that have no partner.
  struct Marks {
    var openParenthesis: Int?
    var openBracket: Int?
    var strayParenthesis: Int?
  }

  enum Kind { case plain, escape, classStart, classPart, classEnd, open, close }

  /// The kind of each byte; the byte after a backslash is of the escape.
  private(set) var kinds: [Kind]
  private(set) var marks = Marks()
  /// Whether there is a `[` within a class, which ICU and Java take for a class within it, or a
  /// `\Q` or `\E`, which only some dialects know: what closes what is then a matter of dialect.
  private(set) var dependsOnDialect = false

  init(_ bytes: [UInt8]) {
    kinds = Array(repeating: .plain, count: bytes.count)
    var opened: [Int] = []
    var classStart: Int?
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x5C {
        kinds[index] = .escape
        if index + 1 < bytes.count {
          kinds[index + 1] = .escape
          if bytes[index + 1] == 0x51 || bytes[index + 1] == 0x45 { dependsOnDialect = true }
        }
        index += 2
        continue
      }
      if let start = classStart {
        // A bracket right after `[` or `[^` is a character of the class.
        let isFirst =
          index == start + 1 || (index == start + 2 && bytes[start + 1] == 0x5E)
        if byte == 0x5D, !isFirst {
          kinds[index] = .classEnd
          classStart = nil
        } else {
          kinds[index] = .classPart
          if let end = endOfNamedClass(bytes, index) {
            index = end
          } else if byte == 0x5B {
            dependsOnDialect = true
          }
        }
      } else {
        switch byte {
        case 0x5B:
          kinds[index] = .classStart
          classStart = index
        case 0x28:
          kinds[index] = .open
          opened.append(index)
        case 0x29:
          kinds[index] = .close
          if opened.popLast() == nil { marks.strayParenthesis = marks.strayParenthesis ?? index }
        default: break
        }
      }
      index += 1
    }
    marks.openParenthesis = opened.last
    marks.openBracket = classStart
  }

  /// The index of the `]` of a `[:name:]` that begins here.
  private mutating func endOfNamedClass(_ bytes: [UInt8], _ start: Int) -> Int? {
    guard bytes[start] == 0x5B, start + 1 < bytes.count, bytes[start + 1] == 0x3A else {
      return nil
    }
    var index = start + 2
    while index + 1 < bytes.count, (0x61...0x7A).contains(bytes[index]) || bytes[index] == 0x5E {
      index += 1
    }
    guard index + 1 < bytes.count, bytes[index] == 0x3A, bytes[index + 1] == 0x5D else {
      return nil
    }
    for place in start...index + 1 { kinds[place] = .classPart }
    return index + 1
  }
}
