/// A term that everything mgc writes for people uses for one thing, and the words that it does not
/// use for it.
package struct Term: Sendable {
  package let name: LocalizedText
  package let meaning: LocalizedText
  /// What there has to be for the term to mean anything.
  package let need: Need
  /// What no text of mgc's own says instead. Words of a console, which are quoted, are the
  /// console's.
  package let refused: [RefusedWord]

  package enum Need: Sendable {
    case nothing
    case cutover
    case lockdown
  }

  fileprivate init(
    _ ja: String, _ en: String, ja jaMeaning: String, en enMeaning: String,
    need: Need = .nothing, refused: [RefusedWord] = []
  ) {
    name = .init(ja: ja, en: en)
    meaning = .init(ja: jaMeaning, en: enMeaning)
    self.need = need
    self.refused = refused
  }
}

/// A word that a text must not have.
package struct RefusedWord: Sendable, ExpressibleByStringLiteral {
  package let word: String
  /// What makes it another word where it follows.
  package let continuations: [String]
  /// What makes it another word where it goes before.
  package let beginnings: [String]

  package init(stringLiteral word: String) { self.init(word) }

  fileprivate init(
    _ word: String, unless continuations: [String] = [], after beginnings: [String] = []
  ) {
    self.word = word
    self.continuations = continuations
    self.beginnings = beginnings
  }
}

/// The terms that both languages use, each for one thing.
package enum Glossary {
  package static let terms: [Term] = [
    Term(
      "提供元", "vendor", ja: "MailGatesを提供する会社です。", en: "The company that provides MailGates.",
      refused: ["ベンダー", "ベンダ", "提供会社", "サプライヤー", "supplier"]),
    Term(
      "販売店", "reseller", ja: "MailGatesをお客様に販売し、導入を手伝う会社です。",
      en: "The company that sells MailGates to the customer and helps to put it in place.",
      refused: ["リセラー", "代理店", "dealer", "distributor"]),
    Term(
      "お客様", "customer", ja: "MailGatesを契約して使う会社です。", en: "The company that uses MailGates.",
      refused: ["顧客", "クライアント企業", "end customer"]),
    Term(
      "利用者", "user", ja: "お客様の社内でメールを使う人です。", en: "A person who uses mail at the customer's.",
      refused: ["ユーザー", "ユーザ", "エンドユーザー", "end user"]),
    Term(
      "サポート窓口", "the vendor's support", ja: "提供元への問い合わせ先です。",
      en: "Where the vendor answers questions.",
      refused: [
        RefusedWord("提供元のサポート", unless: ["窓口"]), "ヘルプデスク", "カスタマーサポート", "help desk", "helpdesk",
      ]),
    Term(
      "開通通知書", "opening notice", ja: "契約の後に提供元から届く、お客様ごとの値を記した書類です。",
      en: "The document with the customer's own values that the vendor sends after the contract.",
      refused: ["開通案内", RefusedWord("開通通知", unless: ["書"]), "welcome letter"]),
    Term(
      "管理者画面", "console", ja: "MailGatesの管理者が設定をする画面です。",
      en: "The screens on which an administrator sets MailGates up.",
      refused: [
        RefusedWord("管理画面", after: ["dnsの", "dnsサービスの", "メールサーバーの"]), "MailGatesのコンソール",
        "admin screen",
        "control panel",
      ]),
    Term(
      "メールサーバー", "mail server", ja: "利用者のメールボックスがあるサーバーまたはサービスです。",
      en: "The server or service that has the users' mailboxes.",
      refused: [
        RefusedWord("メールサーバ", unless: ["ー"]), "メールホスト",
      ]),
    Term(
      "DNSサービス", "DNS service", ja: "ドメインのレコードを変更する場所です。",
      en: "Where the records of a domain are changed.",
      refused: ["DNS業者", "DNS事業者", "DNSプロバイダー", "DNS vendor"]),
    Term(
      "権威サーバー", "authoritative server", ja: "ドメインのレコードを自分で持ち、それを答えるDNSサーバーです。",
      en: "A DNS server that has the records of a domain itself and answers with them.",
      refused: [RefusedWord("権威サーバ", unless: ["ー"]), "権威DNS"]),
    Term(
      "切替", "cutover", ja: "MXを変えて、外部からのメールをMailGates経由にすることです。",
      en: "The change of the MX, from which mail from outside comes by way of MailGates.",
      need: .cutover,
      refused: [
        RefusedWord("切り替え", unless: ["る", "た", "て", "ら", "な", "ま", "ず", "よ"]), "切換", "カットオーバー",
        "cut-over", "switchover", "switch-over",
      ]),
    Term(
      "直接配送の遮断", "lockdown", ja: "MailGatesを経由しない外部からのメールを、メールサーバーが受け取らないようにすることです。",
      en: "What makes the mail server refuse mail from outside that does not come by MailGates.",
      need: .lockdown, refused: ["ロックダウン", "lock-down"]),
    Term(
      "戻し方", "way back", ja: "作業の前の状態に戻す方法です。", en: "How to be where one was before a step.",
      refused: ["ロールバック", "切り戻し", "切戻し", "fallback plan"]),
    Term(
      "許可・拒否", "allow and deny", ja: "一致するメールを必ず通す、または必ず止める設定です。",
      en: "What always lets a matching mail pass, or never.",
      refused: ["ホワイトリスト", "whitelist", "blacklist"]),
    Term(
      "メール", "mail", ja: "インターネットで送り合う電子の手紙です。", en: "A letter that is sent over the Internet.",
      refused: [
        "Eメール", "電子メール", "e-mail", "e-mails", "emails",
        RefusedWord("email", unless: [" allowlist", " messages to affect", " add-on"]),
      ]),
  ]

  /// A refused word in a text, with its term and the words around it.
  package struct Refusal: Sendable {
    package let term: Term
    package let word: String
    package let excerpt: String
  }

  /// Where a text has a refused word, letters of either case.
  package static func refusals(in text: String) -> [Refusal] {
    var words: [Unicode.Scalar: [(term: Term, refused: RefusedWord, scalars: [Unicode.Scalar])]] =
      [:]
    for term in terms {
      for refused in term.refused {
        let scalars = Array(refused.word.lowercased().unicodeScalars)
        words[scalars[0], default: []].append((term, refused, scalars))
      }
    }
    let text = Array(text.lowercased().unicodeScalars)
    var found: [Refusal] = []
    for start in text.indices {
      for (term, refused, scalars) in words[text[start]] ?? [] {
        let end = start + scalars.count
        guard end <= text.count, text[start..<end].elementsEqual(scalars) else { continue }
        let rest = text[end...].prefix(24)
        let before = text[..<start].suffix(24)
        let isOther =
          refused.continuations.contains { rest.starts(with: $0.unicodeScalars) }
          || refused.beginnings.contains { beginning in
            before.suffix(beginning.unicodeScalars.count).elementsEqual(beginning.unicodeScalars)
          }
        // A Latin word ends where its letters end.
        let isPart =
          scalars[0].isASCII
          && (start > 0 && text[start - 1].isASCIILetter || rest.first?.isASCIILetter == true)
        guard !isOther, !isPart else { continue }
        var excerpt = String.UnicodeScalarView()
        excerpt.append(contentsOf: text[max(0, start - 20)..<min(text.count, end + 20)])
        found.append(Refusal(term: term, word: refused.word, excerpt: String(excerpt)))
      }
    }
    return found
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIILetter: Bool { (0x61...0x7A).contains(value) }
}
