internal import Wording

/// How a comment begins, as far as silencing goes.
enum AllowanceOpening {
  /// It is for people.
  case prose
  /// `mgc:allow`.
  case allow
  /// Something that can only have been meant as `mgc:…`, and whether as `mgc:allow`.
  case slip(Range<Int>, isAllow: Bool)
  /// `mgc:allow` with a code after other words.
  case late(Range<Int>)

  /// What other programs call it.
  private static let otherVerbs = ["ignore", "disable", "silence", "suppress", "skip", "noqa"]

  /// Reads the opening; the words after it are left.
  init(_ words: inout CommentWords) {
    let first = words.word()
    let text = words.text(first)
    if text == "mgc:allow" {
      self = .allow
      return
    }
    let head = String(text.lowercased().map { $0 == "：" ? ":" : $0 })
    if head.hasPrefix("mgc:"), head != "mgc:" {
      self = .slip(first, isAllow: Self.meansAllow(String(head.dropFirst(4))))
      return
    }
    var second = words
    let verb = second.word()
    if head == "mgc:" || head == "mgc" {
      var third = second
      if Self.meansAllow(second.text(verb)), AllowanceCode(third.text(third.listWord())) != nil {
        self = .slip(first.lowerBound..<verb.upperBound, isAllow: true)
        return
      }
    } else if head.hasPrefix("mgc"),
      Self.meansAllow(String(head.dropFirst(3).drop { !$0.isLetter }))
    {
      var code = words
      if AllowanceCode(code.text(code.listWord())) != nil {
        self = .slip(first, isAllow: true)
        return
      }
    }
    self = Self.later(words)
  }

  private static func meansAllow(_ verb: String) -> Bool {
    let verb = verb.lowercased()
    return otherVerbs.contains(verb) || Spelling.nearest(to: verb, among: ["allow"]) != nil
  }

  private static func later(_ words: CommentWords) -> AllowanceOpening {
    var words = words
    var word = words.word()
    while !word.isEmpty {
      let text = words.text(word)
      if text == "mgc:allow" || text == "#mgc:allow" {
        var code = words
        if AllowanceCode(code.text(code.listWord())) != nil { return .late(word) }
      }
      word = words.word()
    }
    return .prose
  }
}

/// A word that is a code, or can only have been meant as one.
struct AllowanceCode {
  /// As it must be written: `MGC3041`.
  let name: String
  let isExact: Bool

  init?(_ word: String) {
    var text = Substring(word)
    while let last = text.last, last == ":" || last == ";" || last == "." { text.removeLast() }
    let upper = text.uppercased()
    let digits = upper.hasPrefix("MGC") ? upper.dropFirst(3).drop { $0 == "-" } : upper[...]
    guard digits.utf8.count == 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      upper.hasPrefix("MGC") || text.utf8.count == 4
    else { return nil }
    name = "MGC" + digits
    isExact = word == name
  }
}
