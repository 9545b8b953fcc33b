package import MailRecords
package import SourceText

/// A regular expression as tenant.yaml has it, with the places of its bytes.
package struct Expression: Sendable, CustomStringConvertible {
  package let line: TextLine
  /// Where each byte is written, and the end; nil where the layout of the file hides it.
  private let places: [Int]?

  /// - Parameter places: one more than the text has bytes, or nil.
  package init(_ line: TextLine, places: [Int]?) {
    self.line = line
    self.places = places.flatMap { $0.count == line.text.utf8.count + 1 ? $0 : nil }
  }

  package var text: String { line.text }
  package var description: String { line.text }

  /// The place of some bytes of the text; `whole` where it is not known.
  package func span(of range: Range<Int>, in whole: SourceSpan) -> SourceSpan {
    guard let places, range.lowerBound >= 0, range.upperBound < places.count, !range.isEmpty,
      places[range.lowerBound] < places[range.upperBound]
    else { return whole }
    return SourceSpan(file: whole.file, places[range.lowerBound]..<places[range.upperBound])
  }
}

/// キーワード辞書 (article 900005108503).
package struct KeywordDictionary: Sendable {
  package let name: Located<TextLine>
  package let content: Located<Content>

  package enum Content: Sendable {
    /// テキスト / フレーズ, one a line.
    case phrases([Located<TextLine>])
    /// 正規表現, exactly one a dictionary. The vendor's dialect is not published.
    case regex(Expression)
  }

  package init(name: Located<TextLine>, content: Located<Content>) {
    self.name = name
    self.content = content
  }
}

/// To whom a group's manager may delegate the review (article 19602419385369).
package enum ReviewDelegate: Sendable {
  /// 子グループ
  case childGroups
  /// 親グループ
  case parentGroups
  /// A further choice, in the words of the customer's console; the article's list is not known
  /// whole.
  case asShown(TextLine)
}

/// A rule of メール審査 (article 900002040643). The first that matches wins.
package struct ReviewRule: Sendable {
  package let name: Located<TextLine>
  package let scope: Scope
  package let when: Condition
  package let then: Action
  package let span: SourceSpan

  /// All that is given must hold.
  package struct Condition: Sendable {
    /// メールヘッダー内容: `/regex/i`.
    package let header: Located<Expression>?
    package let dictionary: Located<TextLine>?
    /// The name of a 除外キーワード辞書.
    package let exceptDictionary: Located<TextLine>?
    package let recipients: Recipients?
    package let sender: Located<AddressPattern>?
    /// Extensions of attachments, without the dot.
    package let attachmentExtensions: [Located<TextLine>]

    package init(
      header: Located<Expression>?, dictionary: Located<TextLine>?,
      exceptDictionary: Located<TextLine>?, recipients: Recipients?,
      sender: Located<AddressPattern>?, attachmentExtensions: [Located<TextLine>]
    ) {
      self.header = header
      self.dictionary = dictionary
      self.exceptDictionary = exceptDictionary
      self.recipients = recipients
      self.sender = sender
      self.attachmentExtensions = attachmentExtensions
    }
  }

  package enum Recipients: Sendable {
    case external
    case matching([Located<AddressPattern>])

    /// As it is in lists: `external`, or the patterns.
    package var words: [String] {
      switch self {
      case .external: ["external"]
      case .matching(let patterns): patterns.map(\.value.description)
      }
    }
  }

  /// The verbs of 審査ルール設定例 (article 360039832351).
  package enum Action: Sendable {
    case allow
    case hold
    case forbid
    case selfApprove
    /// 通知する, and whom.
    case notify([Located<EmailAddress>])

    /// The word in tenant.yaml.
    package var word: String {
      switch self {
      case .allow: "allow"
      case .hold: "hold"
      case .forbid: "forbid"
      case .selfApprove: "self-approve"
      case .notify: "notify"
      }
    }

    package var isAllow: Bool { if case .allow = self { true } else { false } }
    package var isSelfApprove: Bool { if case .selfApprove = self { true } else { false } }

    /// Who is told.
    package var notified: [Located<EmailAddress>] {
      if case .notify(let addresses) = self { addresses } else { [] }
    }
  }

  package init(
    name: Located<TextLine>, scope: Scope, when: Condition, then: Action, span: SourceSpan
  ) {
    self.name = name
    self.scope = scope
    self.when = when
    self.then = then
    self.span = span
  }
}
