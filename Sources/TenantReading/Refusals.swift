internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

// Why a text is refused as a value of the field, in words.

extension Refusal {
  static func domain(_ text: String, _ error: DomainNameError) -> Refusal {
    if case .mixedScripts(let label) = error { return mixedScripts(label) }
    let shown = text.excerpt()
    // Without its dot, or in ASCII letters, the name may still be none. What is known of SPF is
    // known with its mechanism.
    let bare = text.hasPrefix("include:") ? String(text.dropFirst(8)) : text.halfWidth
    let correction = (error == .trailingDot ? String(text.dropLast()) : bare)
      .flatMap { name in
        let domain = name.hasPrefix("*.") ? String(name.dropFirst(2)) : name
        return (try? DomainName(parsing: domain)) == nil ? nil : name
      }
    let reason = error.wording
    return Refusal(
      .badDomain,
      .init(
        ja: "「\(shown)」はドメイン名でない: \(reason.ja)",
        en: "\"\(shown)\" is not a domain name: \(reason.en)"),
      correction: correction)
  }

  /// A label whose letters cannot be told apart is no one's name, whatever it is a part of.
  private static func mixedScripts(_ label: String) -> Refusal {
    Refusal(
      .mixedScripts,
      .init(
        ja: "「\(label.excerpt())」に、見分けのつかない別の文字体系の文字が混じっている",
        en: "\"\(label.excerpt())\" mixes letters of scripts that look alike"),
      help: .init(
        ja: "キリル文字、ギリシャ文字などを、意図した文字に打ち直す: \(label.strangers)",
        en: "type the Cyrillic, Greek or other letters again as they were meant: \(label.strangers)"
      ))
  }

  static func email(_ text: String, _ error: EmailAddressError) -> Refusal {
    if case .domain(.mixedScripts(let label)) = error { return mixedScripts(label) }
    let correction = text.halfWidth.flatMap { (try? EmailAddress(parsing: $0)) == nil ? nil : $0 }
    let shown = text.excerpt()
    let reason: LocalizedText =
      switch error {
      case .empty: .init(ja: "空", en: "it is empty")
      case .missingAt: .init(ja: "@ がない", en: "it has no @")
      case .emptyLocalPart: .init(ja: "@ の左が空", en: "nothing stands before the @")
      case .localPartTooLong: .init(ja: "@ の左が64文字を超える", en: "more than 64 characters before the @")
      case .misplacedDot: .init(ja: "@ の左の . の位置", en: "a dot at an edge or beside a dot")
      case .quotedLocalPart: .init(ja: "引用符は使えない", en: "quotes cannot be used")
      case .badCharacter(let scalar):
        .init(
          ja: "「\(String(scalar).visible)」は使えない", en: "\"\(String(scalar).visible)\" cannot be used"
        )
      case .domain(let error): error.wording
      }
    return Refusal(
      .badEmail,
      .init(
        ja: "「\(shown)」はメールアドレスでない: \(reason.ja)",
        en: "\"\(shown)\" is not a mail address: \(reason.en)"),
      correction: correction)
  }

  static func prefix(_ text: String, _ error: IPPrefixError) -> Refusal {
    let shown = text.excerpt()
    if case .hostBits(let network) = error {
      return Refusal(
        .hostBits,
        .init(ja: "「\(shown)」はネットワークアドレスでない", en: "\"\(shown)\" has host bits set"),
        help: .init(ja: "この範囲なら \(network) と書く", en: "for this range write \(network)"),
        correction: network)
    }
    let reason: LocalizedText =
      switch error {
      case .leadingZero: .init(ja: "先頭に0がある", en: "a number has a leading zero")
      case .badLength: .init(ja: "プレフィックス長の誤り", en: "the prefix length is wrong")
      case .empty, .notAnAddress, .hostBits: .init(ja: "読み方が決まらない", en: "it cannot be read")
      }
    return Refusal(
      .badPrefix,
      .init(
        ja: "「\(shown)」はIPアドレスでない: \(reason.ja)",
        en: "\"\(shown)\" is not an IP address or prefix: \(reason.en)"),
      help: .init(
        ja: "192.0.2.1 や 192.0.2.0/28 のように書く", en: "write it as 192.0.2.1 or 192.0.2.0/28"))
  }

  static func addressPattern(_ text: String, _ error: AddressPatternError) -> Refusal {
    switch error {
    case .domain(.mixedScripts(let label)), .address(.domain(.mixedScripts(let label))):
      return mixedScripts(label)
    default: break
    }
    let correction = text.halfWidth.flatMap { (try? AddressPattern(parsing: $0)) == nil ? nil : $0 }
    let shown = text.excerpt()
    let isDomain = (try? DomainName(parsing: text)) != nil
    return Refusal(
      .badPattern,
      .init(ja: "「\(shown)」は送信者・受信者の条件でない", en: "\"\(shown)\" is neither an address nor a pattern"),
      help: isDomain
        ? .init(ja: "ドメイン全体なら \"*@\(shown)\" と書く", en: "for the whole domain write \"*@\(shown)\"")
        : .init(
          ja: "sato@partner.example や \"*@partner.example\" のように書く",
          en: "write sato@partner.example or \"*@partner.example\""),
      correction: isDomain ? "*@" + text : correction, isGuess: isDomain)
  }

  static func identifier(_ text: String) -> Refusal {
    Refusal(
      .badIdentifier,
      .init(
        ja: "「\(text.excerpt())」は識別名に使えない", en: "\"\(text.excerpt())\" is not a short name"),
      help: .init(
        ja: "a-z、0-9、- で書き、- で始めず終えない", en: "use a-z, 0-9 and -, and no - at its edges"),
      correction: Corrections.identifier(text), isGuess: true)
  }

  static func groupPath(_ text: String) -> Refusal {
    Refusal(
      .badGroupPath,
      .init(
        ja: "「\(text.excerpt())」はグループのパスでない", en: "\"\(text.excerpt())\" is not a path of a group"),
      help: .init(
        ja: "/営業部/第一課 のように / で区切る", en: "write it as /sales/first, with / before each name"),
      correction: Corrections.groupPath(text))
  }

  static func httpsAddress(_ text: String) -> Refusal {
    Refusal(
      .badAddress,
      .init(
        ja: "「\(text.excerpt())」は https のアドレスでない",
        en: "\"\(text.excerpt())\" is not an https address"),
      help: .init(
        ja: "開通通知書のとおり https:// から書く", en: "copy it from the opening notice, from https:// on"),
      correction: Corrections.httpsAddress(text), isGuess: true)
  }

  static func headerName(_ text: String) -> Refusal {
    Refusal(
      .badHeaderName,
      .init(
        ja: "「\(text.excerpt())」はヘッダー名に使えない",
        en: "\"\(text.excerpt())\" is not a header field's name"),
      help: .init(ja: "空白と : を除くASCIIで書く", en: "use ASCII without blanks and colons"),
      correction: Corrections.headerName(text))
  }

  static func dkimSelector(_ text: String) -> Refusal {
    Refusal(
      .badSelector,
      .init(
        ja: "「\(text.excerpt())」はDKIMのセレクターでない", en: "\"\(text.excerpt())\" is not a DKIM selector"),
      help: .init(
        ja: "管理者画面で入れるのは \(Catalogue.dkimSelector.value)",
        en: "the console is given \(Catalogue.dkimSelector.value)"))
  }

  static func reportURI(_ text: String) -> Refusal {
    let isAddress = (try? EmailAddress(parsing: text)) != nil
    return Refusal(
      .badReportURI,
      .init(
        ja: "「\(text.excerpt())」はレポートの宛先でない",
        en: "\"\(text.excerpt())\" is not an address for reports"),
      help: isAddress
        ? .init(ja: "mailto: を前に付ける", en: "put mailto: before it")
        : .init(
          ja: "mailto:dmarc@kaede.example のように書く", en: "write it as mailto:dmarc@kaede.example"),
      correction: isAddress ? "mailto:" + text : nil)
  }

  static func date(_ text: String) -> Refusal {
    Refusal(
      .badDate,
      .init(ja: "「\(text.excerpt())」という日付はない", en: "\"\(text.excerpt())\" is not a date"),
      help: .init(ja: "2028-10-31 の形で書く", en: "write it as 2028-10-31"),
      correction: Corrections.date(text), isTime: true)
  }

  static func timestamp(_ text: String) -> Refusal {
    Refusal(
      .badTimestamp,
      .init(
        ja: "「\(text.excerpt())」は時差付きの日時でない",
        en: "\"\(text.excerpt())\" is not a date and time with an offset"),
      help: .init(
        ja: "2026-12-19T22:00:00+09:00 の形で書く", en: "write it as 2026-12-19T22:00:00+09:00"),
      correction: Corrections.timestamp(text), isTime: true)
  }

  static func severalSPFTerms(_ text: String) -> Refusal {
    Refusal(
      .badSPFTerm,
      .init(
        ja: "「\(text.excerpt())」は1つの項でない", en: "\"\(text.excerpt())\" is not a single term"),
      help: .init(ja: "項ごとに分けて並べる", en: "write each term as an entry of its own"))
  }

  static func spfTerm(_ text: String, _ error: SPFParseError) -> Refusal {
    let reason: LocalizedText =
      switch error.reason {
      case .unknownMechanism(let name):
        .init(ja: "「\(name.excerpt())」という機構はない", en: "there is no mechanism \"\(name.excerpt())\"")
      case .missingArgument(let mechanism):
        .init(ja: "\(mechanism) に値がない", en: "\(mechanism) needs a value")
      case .unexpectedArgument(let mechanism):
        .init(ja: "\(mechanism) に値は付かない", en: "\(mechanism) takes no value")
      case .badDomain: .init(ja: "ドメイン名の誤り", en: "the domain cannot be read")
      case .addressAsDomain(let address):
        .init(
          ja: "アドレスは ip4:\(address.excerpt()) と書く",
          en: "an address is written ip4:\(address.excerpt())")
      case .badAddress: .init(ja: "アドレスの誤り", en: "the address cannot be read")
      case .badLength: .init(ja: "プレフィックス長の誤り", en: "the prefix length is wrong")
      case .missingBlank: .init(ja: "次の項との間に空白がない", en: "a blank is missing before the next term")
      case .notSPF, .badCharacter, .duplicateModifier, .badModifier:
        .init(ja: "読み方が決まらない", en: "it cannot be read")
      }
    return Refusal(
      .badSPFTerm,
      .init(
        ja: "「\(text.excerpt())」はSPFの項でない: \(reason.ja)",
        en: "\"\(text.excerpt())\" is not a term of SPF: \(reason.en)"),
      correction: Corrections.spfTerm(text, error), isGuess: error.reason.isUnknown)
  }

  static func reference(_ text: String, _ problem: FileReference.Problem) -> Refusal {
    let reason: LocalizedText =
      switch problem {
      case .empty: .init(ja: "空", en: "it is empty")
      case .absolute: .init(ja: "絶対パス", en: "it is absolute")
      case .leaves: .init(ja: "空の部分か . または .. がある", en: "it has . or .. or an empty part")
      case .hiddenCharacter: .init(ja: "見えない文字がある", en: "it has a hidden character")
      }
    return Refusal(
      .badReference,
      .init(
        ja: "「\(text.excerpt())」は使えないパス: \(reason.ja)",
        en: "the path \"\(text.excerpt())\" cannot be used: \(reason.en)"),
      help: .init(
        ja: "tenant.yamlのフォルダーの下に置き、相対パスで書く",
        en: "keep the file beneath the folder of tenant.yaml and name it from there"),
      correction: problem == .leaves ? Corrections.path(text) : nil)
  }

  static let notALine = Refusal(
    .hiddenInText, .init(ja: "1行の文字列でない", en: "not a line of text"))
}

extension DomainNameError {
  var wording: LocalizedText {
    switch self {
    case .empty: .init(ja: "空", en: "it is empty")
    case .singleLabel: .init(ja: ". がない", en: "it has no dot")
    case .emptyLabel: .init(ja: "空のラベルがある", en: "it has an empty label")
    case .labelTooLong(let label):
      .init(
        ja: "63文字を超えるラベル「\(label.excerpt(limit: 20))」",
        en: "the label \"\(label.excerpt(limit: 20))\" has more than 63 characters")
    case .nameTooLong: .init(ja: "253文字を超える", en: "it has more than 253 characters")
    case .badCharacter(let scalar):
      .init(
        ja: "「\(String(scalar).visible)」は使えない", en: "\"\(String(scalar).visible)\" cannot be used")
    case .hyphenAtEdge: .init(ja: "ラベルの端に - がある", en: "a label begins or ends with -")
    case .isAddress: .init(ja: "IPアドレスである", en: "it is an IP address")
    case .trailingDot: .init(ja: "末尾に . がある", en: "it ends in a dot")
    case .idna: .init(ja: "IDNA2008で使えない文字の並び", en: "IDNA2008 does not allow it")
    case .mixedScripts(let label):
      .init(
        ja: "「\(label.excerpt())」に文字体系が混じっている",
        en: "\"\(label.excerpt())\" mixes scripts that look alike")
    }
  }
}

extension String {
  /// The text with full-width letters, digits and signs in ASCII; nil where it has none. IDNA2008
  /// takes none of them for what they look like, but people type them.
  fileprivate var halfWidth: String? {
    var result = String.UnicodeScalarView()
    var isChanged = false
    for scalar in unicodeScalars {
      let plain: Unicode.Scalar? =
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
        case 0x3002, 0xFF61: "."
        case 0x3000: nil
        default: scalar
        }
      guard let plain else { return nil }
      if plain != scalar { isChanged = true }
      result.append(plain)
    }
    return isChanged ? String(result) : nil
  }

  /// The letters beyond ASCII of a label with their numbers, for people who cannot see which.
  fileprivate var strangers: String {
    let letters = unicodeScalars.enumerated().filter { !$1.isASCII }.prefix(5)
    return letters.map { index, scalar in
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
      return "\(index + 1): \(String(scalar).visible) U+\(zeros)\(digits)"
    }.joined(separator: ", ")
  }
}
