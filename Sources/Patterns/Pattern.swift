// Regular expressions that a tenant writes. The dialect of the console is not published, so the
// room says what PCRE2 says, and tells what any engine would refuse from what only some do. Nothing
// here runs an expression on a tenant's mail.

/// A regular expression, read by PCRE2 within limits that no expression can escape.
package struct Pattern: Sendable {
  /// The longest expression that is looked at, in bytes.
  package static let maximumLength = 4_096

  let bytes: [UInt8]
  let options: PCRE2.Options

  /// - Parameter flags: the letters after the second slash of `/…/i`; unknown ones do nothing.
  package init(_ text: String, flags: String = "") {
    bytes = Array(text.utf8)
    var options = PCRE2.Options.unicode
    for letter in flags.utf8 {
      switch letter {
      case 0x69: options.insert(.caseless)
      case 0x6D: options.insert(.multiline)
      case 0x73: options.insert(.dotAll)
      case 0x78: options.insert(.extended)
      default: break
      }
    }
    self.options = options
  }

  /// Why PCRE2 refuses it; nil where it is a regular expression.
  package var fault: PatternFault? {
    guard bytes.count <= Self.maximumLength else { return PatternFault(.tooLarge, at: 0..<0) }
    guard let refusal = PCRE2.refusal(of: bytes, options) else { return nil }
    return PatternFault(refusal, in: bytes)
  }
}

/// What is wrong with a regular expression, and where.
package struct PatternFault: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// A `(` or `[` that nothing closes, or a `)` that nothing opens.
    case openParenthesis, openBracket, strayParenthesis
    case endsInBackslash
    /// `[z-a]` and `a{3,1}`
    case classOrder, quantifierOrder
    /// A quantifier with nothing before it.
    case nothingToRepeat
    /// `[]` or `[^]`, which JavaScript takes.
    case emptyBracket
    case quantifierTooBig
    case unknownEscape
    case lookbehind
    case unknownProperty
    case unknownReference
    case groupName
    case unknownGroup
    /// Beyond the limits within which mgc looks.
    case tooLarge
    /// What PCRE2 names and mgc does not.
    case other

    /// Whether every engine in common use refuses it, where they agree on what a class is.
    fileprivate var isBroken: Bool {
      switch self {
      case .openParenthesis, .openBracket, .strayParenthesis, .endsInBackslash, .classOrder,
        .quantifierOrder:
        true
      case .nothingToRepeat, .emptyBracket, .quantifierTooBig, .unknownEscape, .lookbehind,
        .unknownProperty,
        .unknownReference, .groupName, .unknownGroup, .tooLarge, .other:
        false
      }
    }
  }

  package let kind: Kind
  /// The bytes of the expression that it is about; the whole of it where there are none to name.
  package let range: Range<Int>
  /// Whether every engine in common use refuses it.
  package let isBrokenEverywhere: Bool

  init(_ kind: Kind, at range: Range<Int>) {
    self.kind = kind
    self.range = range
    isBrokenEverywhere = false
  }

  /// PCRE2 names the place where it stopped: at the mistake or after it, and for what is never
  /// closed the end.
  init(_ refusal: PCRE2.Refusal, in bytes: [UInt8]) {
    let scan = PatternScan(bytes)
    let marks = scan.marks
    let isEmpty =
      refusal.kind == .openBracket
      && marks.openBracket.map { bytes[($0 + 1)...].drop { $0 == 0x5E }.first == 0x5D } ?? false
    kind = isEmpty ? .emptyBracket : refusal.kind
    isBrokenEverywhere = kind.isBroken && !scan.dependsOnDialect
    let stop = min(max(refusal.offset, 0), bytes.count)
    let place: Int? =
      switch kind {
      case .openParenthesis: marks.openParenthesis
      case .openBracket, .emptyBracket: marks.openBracket
      case .strayParenthesis: marks.strayParenthesis ?? stop
      case .endsInBackslash: bytes.count - 1
      case .classOrder, .nothingToRepeat, .unknownReference, .groupName, .unknownGroup:
        min(stop, bytes.count - 1)
      case .quantifierOrder, .quantifierTooBig, .unknownEscape, .lookbehind, .unknownProperty:
        stop - 1
      case .tooLarge, .other: nil
      }
    guard let place, bytes.indices.contains(place) else {
      range = 0..<bytes.count
      return
    }
    // A character may have several bytes.
    var start = place
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    var end = place + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    range = start..<end
  }
}
