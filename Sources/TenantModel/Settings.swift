package import MailRecords
package import SourceText

/// What is set in the console in step 5. Each part belongs to a service of the contract.
package struct Settings: Sendable {
  package let mailProcessing: Located<MailProcessing>?
  package let lists: Located<[FilterList]>?
  package let senderAuthentication: Located<SenderAuthentication>?
  package let bec: Located<BECProtection>?
  package let dictionaries: Located<[KeywordDictionary]>?
  package let review: Located<[ReviewRule]>?
  package let delay: Located<DelayedSending>?
  package let bcc: Located<BCCConversion>?
  package let zip: Located<ZIPEncryption>?
  package let attachmentLink: Located<AttachmentLink>?

  package init(
    mailProcessing: Located<MailProcessing>?, lists: Located<[FilterList]>?,
    senderAuthentication: Located<SenderAuthentication>?, bec: Located<BECProtection>?,
    dictionaries: Located<[KeywordDictionary]>?, review: Located<[ReviewRule]>?,
    delay: Located<DelayedSending>?, bcc: Located<BCCConversion>?,
    zip: Located<ZIPEncryption>?, attachmentLink: Located<AttachmentLink>?
  ) {
    self.mailProcessing = mailProcessing
    self.lists = lists
    self.senderAuthentication = senderAuthentication
    self.bec = bec
    self.dictionaries = dictionaries
    self.review = review
    self.delay = delay
    self.bcc = bcc
    self.zip = zip
    self.attachmentLink = attachmentLink
  }

  /// Nothing is set.
  package static let none = Settings(
    mailProcessing: nil, lists: nil, senderAuthentication: nil, bec: nil, dictionaries: nil,
    review: nil, delay: nil, bcc: nil, zip: nil, attachmentLink: nil)
}

/// Whom a list or a rule applies to.
package enum Scope: Sendable {
  case all
  case domain(Located<DomainName>)
  case group(Located<GroupPath>)
}

/// メール処理 (article 360041000051).
package struct MailProcessing: Sendable {
  package let spam: Located<SpamAction>?

  /// The documented actions of スパムメール.
  package enum SpamAction: Sendable {
    case systemDefault
    case delete
    case changeHeader(TextLine)
    case changeSubject(TextLine)
    case personalQuarantine
    case domainQuarantine
  }

  package init(spam: Located<SpamAction>?) { self.spam = spam }
}

/// 許可・拒否設定 of one scope (article 900005450123).
package struct FilterList: Sendable {
  package let scope: Scope
  package let allowSenders: [Located<AddressPattern>]
  package let denySenders: [Located<AddressPattern>]
  package let allowIPs: [Located<IPPrefix>]
  package let denyIPs: [Located<IPPrefix>]
  package let span: SourceSpan

  package init(
    scope: Scope, allowSenders: [Located<AddressPattern>], denySenders: [Located<AddressPattern>],
    allowIPs: [Located<IPPrefix>], denyIPs: [Located<IPPrefix>], span: SourceSpan
  ) {
    self.scope = scope
    self.allowSenders = allowSenders
    self.denySenders = denySenders
    self.allowIPs = allowIPs
    self.denyIPs = denyIPs
    self.span = span
  }
}

/// 送信ドメイン認証 of received mail, and the image filter on the same screen
/// (article 900004492326).
package struct SenderAuthentication: Sendable {
  package let spf: Bool
  package let dkim: Bool
  package let dmarc: Bool?
  package let imageSpam: Bool?

  package init(spf: Bool, dkim: Bool, dmarc: Bool?, imageSpam: Bool?) {
    self.spf = spf
    self.dkim = dkim
    self.dmarc = dmarc
    self.imageSpam = imageSpam
  }
}

/// BEC保護管理 (article 900003954546).
package struct BECProtection: Sendable {
  package let similarInternalDomain: BECAction?
  package let similarExternalDomains: [Located<DomainName>]

  package enum BECAction: String, CaseIterable, Sendable {
    case quarantine
  }

  package init(similarInternalDomain: BECAction?, similarExternalDomains: [Located<DomainName>]) {
    self.similarInternalDomain = similarInternalDomain
    self.similarExternalDomains = similarExternalDomains
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
    case regex(TextLine)
  }

  package init(name: Located<TextLine>, content: Located<Content>) {
    self.name = name
    self.content = content
  }
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
    package let header: Located<TextLine>?
    package let dictionary: Located<TextLine>?
    package let recipients: Recipients?
    package let sender: Located<AddressPattern>?

    package init(
      header: Located<TextLine>?, dictionary: Located<TextLine>?, recipients: Recipients?,
      sender: Located<AddressPattern>?
    ) {
      self.header = header
      self.dictionary = dictionary
      self.recipients = recipients
      self.sender = sender
    }
  }

  package enum Recipients: String, CaseIterable, Sendable {
    case external
  }

  /// The verbs of 審査ルール設定例 (article 360039832351).
  package enum Action: String, CaseIterable, Sendable {
    case allow
    case hold
    case forbid
    case selfApprove = "self-approve"
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

/// 遅延送信 (article 360041002711).
package struct DelayedSending: Sendable {
  package let minutes: Located<Int>

  package init(minutes: Located<Int>) { self.minutes = minutes }
}

/// BCC強制変換 (article 900002040203).
package struct BCCConversion: Sendable {
  /// To and Cc together; mail with more recipients than this is converted.
  package let above: Located<Int>

  package init(above: Located<Int>) { self.above = above }
}

/// What sets off an encryption or a link.
package enum AttachmentTrigger: Sendable {
  /// 特定文字列が件名の最初に一致する.
  case subjectPrefix(Located<TextLine>)
  /// 特定の送信者・受信者のメールアドレス, by sender.
  case senders([Located<AddressPattern>])
}

/// ZIP 暗号化設定 (article 360039422292).
package struct ZIPEncryption: Sendable {
  package let trigger: AttachmentTrigger
  package let exceptRecipients: [Located<AddressPattern>]

  package init(trigger: AttachmentTrigger, exceptRecipients: [Located<AddressPattern>]) {
    self.trigger = trigger
    self.exceptRecipients = exceptRecipients
  }
}

/// 添付ファイルリンク (article 900002045366).
package struct AttachmentLink: Sendable {
  package let trigger: AttachmentTrigger
  /// How long the receiver can fetch the file.
  package let days: Int

  package init(trigger: AttachmentTrigger, days: Int) {
    self.trigger = trigger
    self.days = days
  }
}
