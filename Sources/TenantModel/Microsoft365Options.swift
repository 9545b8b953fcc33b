package import MailRecords
package import SourceText

/// How the app of Microsoft Entra is registered. The vendor publishes none of it: it is in the PDF
/// 「【Microsoft 365】 OAuth 2.0 クライアントID設定」 (article 900005830683).
package struct EntraRegistration: Sendable {
  package let accounts: Accounts
  package let platform: Platform
  /// Application permissions of Microsoft Graph, such as `User.Read.All`.
  package let application: [Located<TextLine>]
  /// Delegated permissions of Microsoft Graph, such as `User.Read`.
  package let delegated: [Located<TextLine>]
  package let span: SourceSpan

  /// Whose accounts the app takes (signInAudience of a Microsoft Graph application).
  package enum Accounts: String, CaseIterable, Sendable {
    case thisTenant = "this-tenant"
    case anyTenant = "any-tenant"
  }

  /// What kind of app the redirect URI belongs to.
  package enum Platform: String, CaseIterable, Sendable {
    case web
    case spa
  }

  package init(
    accounts: Accounts, platform: Platform, application: [Located<TextLine>],
    delegated: [Located<TextLine>], span: SourceSpan
  ) {
    self.accounts = accounts
    self.platform = platform
    self.application = application
    self.delegated = delegated
    self.span = span
  }
}

/// A copy of every mail for an archive, by a journal rule (article 360040635172).
package struct JournalArchive: Sendable {
  /// ジャーナルレポート送信先 of the opening notice.
  package let journalTo: Located<EmailAddress>
  /// 配信不能レポートの通知先: who gets a report that cannot be delivered.
  package let undeliverableTo: Located<EmailAddress>
  package let span: SourceSpan

  package init(
    journalTo: Located<EmailAddress>, undeliverableTo: Located<EmailAddress>, span: SourceSpan
  ) {
    self.journalTo = journalTo
    self.undeliverableTo = undeliverableTo
    self.span = span
  }
}
