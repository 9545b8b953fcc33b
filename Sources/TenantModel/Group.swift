package import MailRecords
package import SourceText

/// A group in the console's グループ管理 (article 12011864025753).
package struct Group: Sendable {
  package let path: Located<GroupPath>
  /// Managers are members too.
  package let managers: [Located<EmailAddress>]
  /// The members that tenant.yaml names; reading adds those of `membersFrom`.
  package var members: [Located<EmailAddress>]
  /// A CSV file whose first column is an address.
  package let membersFrom: Located<FileReference>?
  package let span: SourceSpan

  package init(
    path: Located<GroupPath>, managers: [Located<EmailAddress>],
    members: [Located<EmailAddress>], membersFrom: Located<FileReference>?, span: SourceSpan
  ) {
    self.path = path
    self.managers = managers
    self.members = members
    self.membersFrom = membersFrom
    self.span = span
  }
}
