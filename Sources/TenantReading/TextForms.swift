internal import MailRecords
internal import Wording

// How each kind of text is written. A pattern stays on this side of what mgc accepts: IDNA, host
// bits, leap years and macros are beyond it.

extension TextForm {
  static let domain = TextForm(
    pattern: "^" + Pattern.noAddress + Pattern.domain + "$", maximum: DomainName.maximumLength,
    examples: ["kaede.example"],
    words: .init(
      ja: "ドット区切りのドメイン名(日本語も可)。末尾のドットは書きません",
      en: "a domain name of two labels or more, in any script, without a dot at its end"))

  static let certificate = TextForm(
    pattern: "^" + Pattern.noAddress + #"(?:\*\.)?"# + Pattern.domain + "$", maximum: 255,
    examples: ["*.gateway.example"],
    words: .init(
      ja: "ドメイン名。先頭に「*.」を付けてもよい", en: "a domain name, with \"*.\" before it if need be"))

  static let email = TextForm(
    pattern: "^" + Pattern.noAddress + Pattern.email + "$", maximum: 320,
    examples: ["sato@kaede.example"],
    words: .init(ja: "メールアドレス(@の前はASCII)", en: "a mail address, in ASCII before the @"))

  static let addressPattern = TextForm(
    pattern: "^" + Pattern.noAddress + #"(?:\*@\*|(?:\*?@|"#
      + Pattern.localPart(#"[0-9A-Za-z!#$%&'+/=?^_`{|}~-]"#) + "@)" + Pattern.domain + ")$",
    maximum: 320, examples: ["*@partner.example"],
    words: .init(
      ja: "メールアドレス、ドメイン全体の「*@ドメイン」、すべての「*@*」",
      en: "a mail address, *@DOMAIN for all of a domain, or *@* for everyone"))

  static let prefix = TextForm(
    pattern: "^(?:" + Pattern.ipv4 + "(?:/(?:[12]?[0-9]|3[0-2]))?"
      + "|(?=[^/]*:[^/]*:)[0-9A-Fa-f:.]{2,45}(?:/(?:[1-9]?[0-9]|1[01][0-9]|12[0-8]))?)$",
    maximum: 64, examples: ["192.0.2.0/28"],
    words: .init(
      ja: "IPアドレス、または「アドレス/長さ」のネットワーク",
      en: "an IP address, or a network as ADDRESS/LENGTH"))

  static let identifier = TextForm(
    pattern: "^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$", maximum: 63, examples: ["kaede-trading"],
    words: .init(
      ja: "英小文字、数字、ハイフン。両端は英数字",
      en: "a–z, 0–9 and hyphens; the first and last character is no hyphen"))

  static let groupPath = TextForm(
    pattern: #"^(?:/(?! )[^/\x00-\x1f\x7f-\x9f]*[^/ \x00-\x1f\x7f-\x9f])+$"#, maximum: 500,
    examples: ["/営業部"],
    words: .init(
      ja: "「/」で始まり、階層を「/」で区切ります", en: "it begins with /, and levels stand between slashes"))

  static let httpsAddress = TextForm(
    pattern: #"^https://(?![/:])[!#-&(-;=?-\[\]_a-z~]+$"#, maximum: 2000,
    examples: ["https://redirect.gateway.example/"],
    words: .init(ja: "https://で始まるアドレス", en: "an address that begins with https://"))

  static let headerName = TextForm(
    pattern: "^[!-9;-~]+$", maximum: 64, examples: ["X-Example-Loop"],
    words: .init(
      ja: "メールヘッダーの名前(ASCII、コロンなし)", en: "the name of a header field, in ASCII, without a colon"))

  static let spfTerm = TextForm(
    pattern: "^ *(?:[+?~-]?(?:" + Pattern.anyCase("all") + "|"
      + "(?:" + Pattern.anyCase("include") + "|" + Pattern.anyCase("exists") + "):[!-~]+|"
      + Pattern.anyCase("ptr") + "(?::[!-~]+)?|"
      + "(?:" + Pattern.anyCase("a") + "|" + Pattern.anyCase("mx") + ")(?:[:/][!-~]+)?|"
      + Pattern.anyCase("ip4") + ":[0-9./]+|" + Pattern.anyCase("ip6") + ":[0-9A-Fa-f:./]+)"
      + "|[A-Za-z][0-9A-Za-z._-]*=[!-~]*) *$",
    maximum: 450, examples: ["include:spf.protection.outlook.com", "ip4:198.51.100.7"],
    words: .init(
      ja: "SPFの項1つ(include:、ip4:、ip6:、a、mxなど)",
      en: "one term of SPF, such as include:, ip4:, ip6:, a or mx"))

  static let dkimSelector = TextForm(
    pattern: "^" + Pattern.label + #"(?:\."# + Pattern.label + ")*$", maximum: 100,
    examples: ["mg"],
    words: .init(ja: "英数字、ハイフン、ドット", en: "letters, digits, hyphens and dots"))

  static let reportURI = TextForm(
    pattern: "^(?:" + Pattern.anyCase("mailto") + ":(?:" + Pattern.noAddress + Pattern.email
      + "|(?=[^%]*%)(?:[^%]|%[0-9A-Fa-f]{2})+)|" + Pattern.anyCase("https")
      + #"://(?![^:/?]*\.[0-9]+(?:[:/?]|$))"# + Pattern.domain + #"(?:[:/?][!$-;=?-\[\]-~]*)?)$"#,
    maximum: 500, examples: ["mailto:dmarc@kaede.example"],
    words: .init(ja: "mailto:アドレス、またはhttps://のアドレス", en: "mailto:ADDRESS or an https:// address"))

  static let date = TextForm(
    pattern: "^" + Pattern.date + "$", maximum: 10, examples: ["2028-10-31"],
    words: .init(ja: "YYYY-MM-DD", en: "YYYY-MM-DD"))

  static let timestamp = TextForm(
    pattern: "^" + Pattern.date
      + "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$",
    maximum: 25, examples: ["2026-12-19T22:00:00+09:00"],
    words: .init(
      ja: "YYYY-MM-DDThh:mm:ss+hh:mm(時差は必須)",
      en: "YYYY-MM-DDThh:mm:ss+hh:mm, with its offset"))

  static let file = TextForm(
    pattern: #"^(?!\\)(?!(?:.*/)?\.{0,2}(?:/|$)).+$"#, maximum: 255,
    examples: ["zones/kaede.example.zone"],
    words: .init(
      ja: "tenant.yamlのフォルダーからの相対パス。「..」は使えません",
      en: "a path from tenant.yaml's folder, which it does not leave"))

  static let standard = TextForm(
    pattern: #"^(?!\\)(?:\.\./)*(?!\.{0,2}(?:/|$))[^/]+(?:/(?!\.{0,2}(?:/|$))[^/]+)*$"#,
    maximum: 1000, examples: ["../standards/standard.yaml"],
    words: .init(
      ja: "tenant.yamlのフォルダーからの相対パス。「..」で始められます",
      en: "a path from tenant.yaml's folder, which may begin with .."))

  /// Free text of one line.
  static func line(_ examples: [String], maximum: Int) -> TextForm {
    TextForm(
      pattern: #"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+$"#, maximum: maximum, examples: examples)
  }
}

private enum Pattern {
  private static let solid = #"(?:[0-9A-Za-z]|[^\x00-\x7f])"#
  private static let inner = #"(?:[0-9A-Za-z-]|[^\x00-\x7f])"#
  private static let internationalLabel = solid + "(?:" + inner + "{0,61}" + solid + ")?"

  static let label = "[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?"
  static let domain = internationalLabel + #"(?:\."# + internationalLabel + ")+"
  /// The last label is not all digits, as in an address.
  static let noAddress = #"(?!.*\.[0-9]+$)"#
  static let email = localPart("[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]") + "@" + domain

  static func localPart(_ atom: String) -> String {
    "(?=[^@]{1,64}@)" + atom + #"+(?:\."# + atom + "+)*"
  }

  private static let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
  static let ipv4 = octet + #"(?:\."# + octet + "){3}"

  static let date =
    "(?!0000)[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    + "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"

  /// A word in any case: JSON Schema has no flag for it.
  static func anyCase(_ word: String) -> String {
    word.map { letter in
      letter.isLetter ? "[\(letter.uppercased())\(letter)]" : String(letter)
    }.joined()
  }
}
