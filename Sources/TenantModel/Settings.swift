package import MailRecords
package import SourceText

/// What is set in the console in step 5. Each part belongs to a service of the contract.
package struct Settings: Sendable {
  package let mailProcessing: Located<MailProcessing>?
  package let lists: Located<[FilterList]>?
  package let senderAuthentication: Located<SenderAuthentication>?
  /// Fields of the filtering screens, such as the level of spam, of which no article shows values.
  package let filtering: Located<[ShownField]>?
  package let bec: Located<BECProtection>?
  package let socialEngineering: Located<SocialEngineeringProtection>?
  package let dictionaries: Located<[KeywordDictionary]>?
  /// 除外キーワード辞書
  package let exclusionDictionaries: Located<[KeywordDictionary]>?
  package let review: Located<[ReviewRule]>?
  package let reviewDelegation: Located<[Located<ReviewDelegate>]>?
  package let delay: Located<DelayedSending>?
  package let bcc: Located<BCCConversion>?
  package let zip: Located<ZIPEncryption>?
  package let attachmentLink: Located<AttachmentLink>?

  package init(
    mailProcessing: Located<MailProcessing>?, lists: Located<[FilterList]>?,
    senderAuthentication: Located<SenderAuthentication>?, filtering: Located<[ShownField]>? = nil,
    bec: Located<BECProtection>?,
    socialEngineering: Located<SocialEngineeringProtection>? = nil,
    dictionaries: Located<[KeywordDictionary]>?,
    exclusionDictionaries: Located<[KeywordDictionary]>? = nil, review: Located<[ReviewRule]>?,
    reviewDelegation: Located<[Located<ReviewDelegate>]>? = nil,
    delay: Located<DelayedSending>?, bcc: Located<BCCConversion>?,
    zip: Located<ZIPEncryption>?, attachmentLink: Located<AttachmentLink>?
  ) {
    self.mailProcessing = mailProcessing
    self.lists = lists
    self.senderAuthentication = senderAuthentication
    self.filtering = filtering
    self.bec = bec
    self.socialEngineering = socialEngineering
    self.dictionaries = dictionaries
    self.exclusionDictionaries = exclusionDictionaries
    self.review = review
    self.reviewDelegation = reviewDelegation
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

/// A field of a screen and what is set there, both in the words that the customer's console shows:
/// no article of the vendor's shows them.
package struct ShownField: Sendable {
  package let field: Located<TextLine>
  package let value: Located<TextLine>

  package init(field: Located<TextLine>, value: Located<TextLine>) {
    self.field = field
    self.value = value
  }
}

/// Whom a list or a rule applies to.
package enum Scope: Sendable {
  case all
  case domain(Located<DomainName>)
  case group(Located<GroupPath>)
  /// One user; for lists only.
  case user(Located<EmailAddress>)
}

/// メール処理 (article 360041000051).
package struct MailProcessing: Sendable {
  package let normal: Located<NormalAction>?
  package let spam: Located<SpamAction>?
  /// ウイルスメール; no article shows its values.
  package let virus: [ShownField]
  /// 暗号化ZIPメール; no article shows its values.
  package let encryptedZip: [ShownField]
  /// 通知メール設定; no article shows its values.
  package let notices: [ShownField]

  /// The documented actions of 正常メール.
  package enum NormalAction: Sendable {
    case systemDefault
    /// 送信, with what is added to the mail.
    case deliver(Warning)
  }

  /// What is added to mail that is delivered.
  package struct Warning: Sendable {
    /// 警告タグ, a header.
    package let header: TextLine?
    /// 警告メッセージ(件名), before the subject.
    package let subject: TextLine?
    /// 警告メッセージ(本文), at the top of the body.
    package let body: TextLine?
    /// UTF-8にエンコード, recommended for Japanese.
    package let utf8: Bool

    package init(header: TextLine?, subject: TextLine?, body: TextLine?, utf8: Bool) {
      self.header = header
      self.subject = subject
      self.body = body
      self.utf8 = utf8
    }
  }

  /// The documented actions of スパムメール.
  package enum SpamAction: Sendable {
    case systemDefault
    case delete
    case changeHeader(TextLine)
    case changeSubject(TextLine)
    case personalQuarantine
    case domainQuarantine
  }

  package init(
    normal: Located<NormalAction>?, spam: Located<SpamAction>?, virus: [ShownField],
    encryptedZip: [ShownField], notices: [ShownField]
  ) {
    self.normal = normal
    self.spam = spam
    self.virus = virus
    self.encryptedZip = encryptedZip
    self.notices = notices
  }
}

/// 許可・拒否設定 of one scope (article 900005450123).
package struct FilterList: Sendable {
  package let scope: Scope
  package let allowSenders: [Located<AddressPattern>]
  package let denySenders: [Located<AddressPattern>]
  package let allowIPs: [Located<IPPrefix>]
  package let denyIPs: [Located<IPPrefix>]
  /// コンテンツフィルタ; the form of its entries is not published.
  package let allowContent: [Located<TextLine>]
  package let denyContent: [Located<TextLine>]
  package let span: SourceSpan

  package init(
    scope: Scope, allowSenders: [Located<AddressPattern>], denySenders: [Located<AddressPattern>],
    allowIPs: [Located<IPPrefix>], denyIPs: [Located<IPPrefix>],
    allowContent: [Located<TextLine>], denyContent: [Located<TextLine>], span: SourceSpan
  ) {
    self.scope = scope
    self.allowSenders = allowSenders
    self.denySenders = denySenders
    self.allowIPs = allowIPs
    self.denyIPs = denyIPs
    self.allowContent = allowContent
    self.denyContent = denyContent
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
  /// What SPF and DMARC leave out; the form of the entries is not published.
  package let spfExceptions: [Located<TextLine>]
  package let dmarcExceptions: [Located<TextLine>]

  package init(
    spf: Bool, dkim: Bool, dmarc: Bool?, imageSpam: Bool?, spfExceptions: [Located<TextLine>],
    dmarcExceptions: [Located<TextLine>]
  ) {
    self.spf = spf
    self.dkim = dkim
    self.dmarc = dmarc
    self.imageSpam = imageSpam
    self.spfExceptions = spfExceptions
    self.dmarcExceptions = dmarcExceptions
  }
}

/// BEC保護管理 (article 900003954546).
package struct BECProtection: Sendable {
  package let similarInternalDomain: BECAction?
  /// メールヘッダーセキュリティポリシーのドメインを適用
  package let similarToHeaderPolicy: Bool
  package let similarExternalDomains: [Located<DomainName>]

  package enum BECAction: String, CaseIterable, Sendable {
    case quarantine
  }

  package init(
    similarInternalDomain: BECAction?, similarToHeaderPolicy: Bool,
    similarExternalDomains: [Located<DomainName>]
  ) {
    self.similarInternalDomain = similarInternalDomain
    self.similarToHeaderPolicy = similarToHeaderPolicy
    self.similarExternalDomains = similarExternalDomains
  }
}

/// ソーシャルエンジニアリング保護 (article 900003461186).
package struct SocialEngineeringProtection: Sendable {
  /// Where links are rewritten.
  package let rewriteURLs: [Located<Place>]
  /// バイパスポリシーを適用
  package let bypassPolicy: Bool?
  /// The other fields, such as the actions; no article shows their values.
  package let shown: [ShownField]

  package enum Place: String, CaseIterable, Sendable {
    case body
    case attachments
  }

  package init(rewriteURLs: [Located<Place>], bypassPolicy: Bool?, shown: [ShownField]) {
    self.rewriteURLs = rewriteURLs
    self.bypassPolicy = bypassPolicy
    self.shown = shown
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
  /// The other fields, such as that of file names; no article shows their values.
  package let shown: [ShownField]

  package init(
    trigger: AttachmentTrigger, exceptRecipients: [Located<AddressPattern>], shown: [ShownField]
  ) {
    self.trigger = trigger
    self.exceptRecipients = exceptRecipients
    self.shown = shown
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
