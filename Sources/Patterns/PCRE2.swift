internal import CPCRE2

// The only file that knows PCRE2, and the only one with unsafe code in this room.

/// PCRE2 without its just-in-time compiler, with a ceiling on what it allocates and how long it
/// works.
enum PCRE2 {
  struct Options: OptionSet, Sendable {
    let rawValue: UInt32

    static let unicode = Options(rawValue: PCRE2_UTF | PCRE2_UCP)
    static let caseless = Options(rawValue: PCRE2_CASELESS)
    static let multiline = Options(rawValue: PCRE2_MULTILINE)
    static let dotAll = Options(rawValue: PCRE2_DOTALL)
    static let extended = Options(rawValue: PCRE2_EXTENDED)
  }

  struct Refusal: Sendable {
    let kind: PatternFault.Kind
    /// Where PCRE2 stopped, in bytes.
    let offset: Int
  }

  /// The most bytes of one allocation.
  private static let memory = 1 << 20
  /// How deep parentheses may be in one another.
  private static let depth: UInt32 = 100

  /// Why an expression does not compile; nil where it does.
  static func refusal(of pattern: [UInt8], _ options: Options) -> Refusal? {
    var refusal: Refusal?
    unsafe withCode(pattern, options) { _, _ in
    } otherwise: {
      refusal = $0
    }
    return refusal
  }

  /// Whether a match gives up after so many steps. Expressions without a match, and those that do
  /// not compile, do not.
  static func givesUp(
    _ pattern: [UInt8], _ options: Options, on subject: [UInt8], steps: UInt32
  ) -> Bool {
    var result = false
    unsafe withCode(pattern, options) { code, general in
      guard let context = unsafe pcre2_match_context_create_8(general) else { return }
      defer { unsafe pcre2_match_context_free_8(context) }
      guard let data = unsafe pcre2_match_data_create_8(1, general) else { return }
      defer { unsafe pcre2_match_data_free_8(data) }
      unsafe pcre2_set_match_limit_8(context, steps)
      unsafe pcre2_set_depth_limit_8(context, steps)
      // In KiB.
      unsafe pcre2_set_heap_limit_8(context, 1024)
      let status = unsafe subject.withUnsafeBufferPointer { text in
        unsafe pcre2_match_8(code, text.baseAddress, text.count, 0, 0, data, context)
      }
      result = status == PCRE2_ERROR_MATCHLIMIT
    } otherwise: { _ in
    }
    return result
  }

  private static func withCode(
    _ pattern: [UInt8], _ options: Options, body: (OpaquePointer, OpaquePointer) -> Void,
    otherwise: (Refusal) -> Void
  ) {
    let general = unsafe pcre2_general_context_create_8(
      { size, _ in
        size > PCRE2.memory
          ? nil : UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
      }, { block, _ in unsafe block?.deallocate() }, nil)
    guard let general = unsafe general else {
      return otherwise(Refusal(kind: .tooLarge, offset: 0))
    }
    defer { unsafe pcre2_general_context_free_8(general) }
    guard let context = unsafe pcre2_compile_context_create_8(general) else {
      return otherwise(Refusal(kind: .tooLarge, offset: 0))
    }
    defer { unsafe pcre2_compile_context_free_8(context) }
    unsafe pcre2_set_max_pattern_length_8(context, Pattern.maximumLength)
    unsafe pcre2_set_parens_nest_limit_8(context, depth)
    var status: CInt = 0
    var offset = 0
    // Start optimizations would hide what other engines go through.
    let flags =
      options.rawValue | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_UTF_CHECK | PCRE2_NO_START_OPTIMIZE
    let code = unsafe pattern.withUnsafeBufferPointer { bytes in
      unsafe pcre2_compile_8(
        bytes.baseAddress, bytes.count, flags, &status, &offset, context)
    }
    guard let code = unsafe code else {
      return otherwise(Refusal(kind: kind(of: status), offset: offset))
    }
    defer { unsafe pcre2_code_free_8(code) }
    unsafe body(code, general)
  }

  private static func kind(of status: CInt) -> PatternFault.Kind {
    switch status {
    case PCRE2_ERROR_END_BACKSLASH: .endsInBackslash
    case PCRE2_ERROR_QUANTIFIER_OUT_OF_ORDER: .quantifierOrder
    case PCRE2_ERROR_QUANTIFIER_TOO_BIG: .quantifierTooBig
    case PCRE2_ERROR_MISSING_SQUARE_BRACKET: .openBracket
    case PCRE2_ERROR_CLASS_RANGE_ORDER: .classOrder
    case PCRE2_ERROR_QUANTIFIER_INVALID: .nothingToRepeat
    case PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS, PCRE2_ERROR_MISSING_COMMENT_CLOSING,
      PCRE2_ERROR_MISSING_CONDITION_CLOSING:
      .openParenthesis
    case PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS: .strayParenthesis
    case PCRE2_ERROR_END_BACKSLASH_C, PCRE2_ERROR_UNKNOWN_ESCAPE,
      PCRE2_ERROR_ESCAPE_INVALID_IN_CLASS, PCRE2_ERROR_UNSUPPORTED_ESCAPE_SEQUENCE,
      PCRE2_ERROR_BACKSLASH_C_CALLER_DISABLED, PCRE2_ERROR_MISSING_OCTAL_OR_HEX_DIGITS,
      PCRE2_ERROR_INVALID_HEXADECIMAL, PCRE2_ERROR_INVALID_OCTAL,
      PCRE2_ERROR_BACKSLASH_O_MISSING_BRACE, PCRE2_ERROR_CODE_POINT_TOO_BIG,
      PCRE2_ERROR_BACKSLASH_N_IN_CLASS:
      .unknownEscape
    case PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH, PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED,
      PCRE2_ERROR_LOOKBEHIND_TOO_LONG:
      .lookbehind
    case PCRE2_ERROR_MALFORMED_UNICODE_PROPERTY, PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY,
      PCRE2_ERROR_UNKNOWN_POSIX_CLASS, PCRE2_ERROR_POSIX_CLASS_NOT_IN_CLASS,
      PCRE2_ERROR_POSIX_NO_SUPPORT_COLLATING, PCRE2_ERROR_CLASS_INVALID_RANGE:
      .unknownProperty
    case PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE, PCRE2_ERROR_BAD_RELATIVE_REFERENCE,
      PCRE2_ERROR_ZERO_RELATIVE_REFERENCE, PCRE2_ERROR_BACKSLASH_G_SYNTAX,
      PCRE2_ERROR_BACKSLASH_K_SYNTAX:
      .unknownReference
    case PCRE2_ERROR_MISSING_NAME_TERMINATOR, PCRE2_ERROR_DUPLICATE_SUBPATTERN_NAME,
      PCRE2_ERROR_INVALID_SUBPATTERN_NAME, PCRE2_ERROR_SUBPATTERN_NAME_TOO_LONG,
      PCRE2_ERROR_SUBPATTERN_NAME_EXPECTED, PCRE2_ERROR_SUBPATTERN_NAMES_MISMATCH:
      .groupName
    case PCRE2_ERROR_INVALID_AFTER_PARENS_QUERY, PCRE2_ERROR_UNRECOGNIZED_AFTER_QUERY_P,
      PCRE2_ERROR_VERB_UNKNOWN, PCRE2_ERROR_INVALID_HYPHEN_IN_OPTIONS,
      PCRE2_ERROR_ALPHA_ASSERTION_UNKNOWN:
      .unknownGroup
    case PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP, PCRE2_ERROR_PATTERN_TOO_LARGE,
      PCRE2_ERROR_HEAP_FAILED, PCRE2_ERROR_PATTERN_TOO_COMPLICATED,
      PCRE2_ERROR_PATTERN_STRING_TOO_LONG, PCRE2_ERROR_TOO_MANY_CAPTURES,
      PCRE2_ERROR_TOO_MANY_NAMED_SUBPATTERNS, PCRE2_ERROR_PARENTHESES_STACK_CHECK:
      .tooLarge
    default: .other
    }
  }
}
